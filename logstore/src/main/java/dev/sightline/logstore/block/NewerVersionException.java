package dev.sightline.logstore.block;

import java.nio.file.Path;

/// A block was written by a later version of this program: it is left as it is.
public final class NewerVersionException extends RuntimeException {
  NewerVersionException(Path path, int version) {
    super(
        "%s has version %d of the format, this program reads version %d"
            .formatted(path, version, BlockFormat.VERSION));
  }
}
