package dev.sightline.storage.fs;

/// The right to be the only process that works in a directory.
@FunctionalInterface
public interface DirectoryLock extends AutoCloseable {
  /// Gives the right back. Never throws.
  @Override
  void close();
}
