package dev.sightline.storage.fs;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/// A file that is open. Every method but [#close] throws [StorageException] when the disk refuses.
///
/// Reading is safe for any number of threads; writing belongs to one.
public interface OpenFile extends AutoCloseable {
  Path path();

  long sizeBytes();

  /// Reads until the buffer is full or the file ends.
  ///
  /// @return how many bytes were read; 0 at or behind the end of the file
  int read(ByteBuffer into, long offset);

  /// Writes all that remains in the buffer. After a failure any part of it may have been written.
  void write(ByteBuffer from, long offset);

  /// Writes at the end of the file.
  default void append(ByteBuffer from) {
    write(from, sizeBytes());
  }

  /// Returns when everything written so far would survive a power cut.
  ///
  /// If it fails, what was written since the sync before may be lost, and a second call may succeed
  /// all the same: the data has to be written anew, to another file.
  void sync();

  /// Cuts off what is behind `sizeBytes`.
  void truncate(long sizeBytes);

  /// Never throws: whoever needs to know that data is safe has called [#sync].
  @Override
  void close();
}
