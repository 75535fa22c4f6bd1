package dev.sightline.storage.fs;

import java.io.IOException;
import java.nio.file.Path;

/// A file could not be read or written. The only form in which `IOException` leaves this module.
public final class StorageException extends RuntimeException {
  private final Path path;

  /// @param what was attempted, as a verb: "write", "sync", "open"
  public StorageException(Path path, String what, IOException cause) {
    super(what + " " + path + ": " + cause.getMessage(), cause);
    this.path = path;
  }

  public Path path() {
    return path;
  }
}
