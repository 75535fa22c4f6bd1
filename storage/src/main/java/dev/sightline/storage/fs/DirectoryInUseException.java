package dev.sightline.storage.fs;

import java.nio.file.Path;

/// Another process works in the directory already.
public final class DirectoryInUseException extends RuntimeException {
  /// @param holder who has it, such as "process 4711"
  public DirectoryInUseException(Path directory, String holder) {
    super("the directory " + directory + " is in use by " + holder);
  }
}
