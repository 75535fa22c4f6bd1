package dev.sightline.storage.wal;

import dev.sightline.storage.fs.OpenFile;
import dev.sightline.storage.fs.StorageException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cuts off what a crash left half-written at the end of the last file.
///
/// Our own reader passes over it; Prometheus would delete every later file because of it. What lies
/// before a whole record is never touched.
final class LogTail {
  private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

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
        LOG.warn("the end of the log is left as it is: {}", failure.getMessage());
        return;
      }
    }
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
      file.sync();
    }
  }
}
