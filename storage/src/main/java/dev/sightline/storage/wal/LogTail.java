package dev.sightline.storage.wal;

import dev.sightline.storage.fs.OpenFile;
import dev.sightline.storage.fs.StorageException;
import java.util.List;

/// Cuts off what a crash left half-written at the end of the last file.
///
/// Our own reader passes over it; Prometheus would delete every later file because of it. What lies
/// before a whole record is never touched.
final class LogTail {
  private static final System.Logger LOG = System.getLogger(LogTail.class.getName());

  private LogTail() {}

  static void repair(LogFiles logFiles) {
    List<Integer> numbers = logFiles.numbers().reversed();
    for (int number : numbers) {
      try (OpenFile file = logFiles.files().openForWriting(logFiles.path(number))) {
        if (file.sizeBytes() > 0) {
          cut(file, number);
          return;
        }
      } catch (StorageException failure) {
        LOG.log(System.Logger.Level.WARNING, "the end of the log is left as it is", failure);
        return;
      }
    }
  }

  private static void cut(OpenFile file, int number) {
    FileScan.Result found = new FileScan(file, number, _ -> {}).run();
    if (found.hasTornTail()) {
      LOG.log(
          System.Logger.Level.INFO,
          "{0} ends in the middle of a record: cut from {1} to {2} bytes",
          file.path(),
          file.sizeBytes(),
          found.goodEnd());
      file.truncate(found.goodEnd());
      file.sync();
    }
  }
}
