package dev.sightline.storage.wal;

import java.time.Duration;

/// How a log is written.
///
/// @param name in meters, thread names and messages, such as "metrics"
/// @param fileBytes after which the next file is started; a multiple of 32 KiB
/// @param snappy whether records that get shorter by it are compressed
/// @param maxUnsyncedBytes of records that wait for the disk; appending waits when there are more
/// @param patience how long a caller waits for a disk that does not answer
public record LogOptions(
    String name, long fileBytes, boolean snappy, long maxUnsyncedBytes, Duration patience) {
  private static final long DEFAULT_FILE_BYTES = 128L << 20;
  private static final long DEFAULT_MAX_UNSYNCED_BYTES = 64L << 20;
  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

  public LogOptions {
    if (fileBytes < LogFormat.PAGE_BYTES || fileBytes % LogFormat.PAGE_BYTES != 0) {
      throw new IllegalArgumentException(
          "BUG: log files of " + fileBytes + " bytes, which is no multiple of 32 KiB");
    }
  }

  /// Uncompressed files of 128 MiB.
  public static LogOptions named(String name) {
    return new LogOptions(
        name, DEFAULT_FILE_BYTES, false, DEFAULT_MAX_UNSYNCED_BYTES, DEFAULT_PATIENCE);
  }

  public LogOptions withSnappy() {
    return new LogOptions(name, fileBytes, true, maxUnsyncedBytes, patience);
  }

  public LogOptions withFileBytes(long fileBytes) {
    return new LogOptions(name, fileBytes, snappy, maxUnsyncedBytes, patience);
  }

  /// The longest record that fits into a file.
  long maxRecordBytes() {
    return Math.min(LogFormat.roomForRecord(0, fileBytes), maxUnsyncedBytes);
  }
}
