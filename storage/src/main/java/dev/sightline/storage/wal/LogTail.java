package dev.sightline.storage.wal;

import dev.sightline.storage.fs.OpenFile;
import dev.sightline.storage.fs.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cuts off what a crash left half-written at the end of the last file, and makes the rest safe.
///
/// Our own reader passes over a torn end; Prometheus would delete every later file because of it.
/// What lies before a whole record is never touched.
///
/// After the end of a process alone, the files may hold records that no sync has reached. A store
/// that has read them answers from them, so they must survive a power cut from now on.
final class LogTail {
  private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

  private LogTail() {}

  static void repair(LogFiles logFiles) {
    boolean last = true;
    for (int number : logFiles.numbers().reversed()) {
      try (OpenFile file = logFiles.files().openForWriting(logFiles.path(number))) {
        if (last && file.sizeBytes() > 0) {
          cut(file, number);
          last = false;
        }
        file.sync();
      } catch (StorageException failure) {
        LOG.warn("a file of the log is left as it is: {}", failure.getMessage());
        last = false;
      }
    }
    logFiles.files().syncDirectory(logFiles.directory());
  }

  private static void cut(OpenFile file, int number) {
    FileScan.Result found = new FileScan(file, number, _ -> {}).run();
    if (found.hasTornTail()) {
      LOG.info(
          "{} ends in the middle of a record: cut from {} to {} bytes",
          file.path(),
          file.sizeBytes(),
          found.goodEnd());
      file.truncate(found.goodEnd());
    }
  }
}
