package dev.sightline.storage.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file could not be read or written. The only form in which `IOException` leaves this module.
public final class StorageException extends RuntimeException {
  private final Path path;

  /// @param what was attempted, as a verb: "write", "sync", "open"
  public StorageException(Path path, String what, IOException cause) {
    super("cannot " + what + " " + path + ": " + reason(cause), cause);
    this.path = path;
  }

  public Path path() {
    return path;
  }

  /// What was wrong, for people who should not learn where files lie.
  public String reason() {
    return getCause() instanceof IOException cause ? String.valueOf(reason(cause)) : "disk failure";
  }

  /// The system repeats the path where a sentence is expected; this says what is wrong instead.
  private static @Nullable String reason(IOException cause) {
    return switch (cause) {
      case NoSuchFileException _ -> "there is no such file or directory";
      case FileAlreadyExistsException _ -> "it exists already";
      case AccessDeniedException _ -> "permission denied";
      default -> cause.getMessage();
    };
  }
}
