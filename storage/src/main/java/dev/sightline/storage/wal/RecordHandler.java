package dev.sightline.storage.wal;

import java.nio.ByteBuffer;

/// Takes the records of a log as they are read back.
@FunctionalInterface
public interface RecordHandler {
  /// @param file the number of the log file that holds the record
  /// @param record from position to limit; valid until this returns
  void accept(int file, ByteBuffer record);
}
