package dev.sightline.predictions.part;

import java.nio.file.Path;

/// Told where a file could not be read, and what is lost by it.
@FunctionalInterface
public interface Damage {
  /// @param what in a sentence that names no path
  void found(Path file, String what);
}
