package dev.sightline.logstore;

import dev.sightline.logstore.head.Head;
import dev.sightline.logstore.record.LinesRecord;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.wal.ReplayReport;
import dev.sightline.storage.wal.WalReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the log held when the store was opened.
///
/// Records may come twice, and after a failure of the disk out of order. A record that nobody was
/// told of may even come back after it was gone, when its number has been given to another: so
/// lines are told apart by what they are, as those that are pushed.
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final List<LinesRecord> records = new ArrayList<>();
  private long unreadable;

  private Recovery() {}

  static Recovery of(FileSystem files, Path directory) {
    Recovery recovery = new Recovery();
    ReplayReport report = WalReader.replay(files, directory, 0, recovery::accept);
    for (ReplayReport.Damage damage : report.damages()) {
      if (!damage.tornTail()) {
        LOG.error("logs: {} in file {} at {}", damage.what(), damage.file(), damage.offset());
      }
    }
    if (recovery.unreadable > 0) {
      LOG.error("logs: {} records of the log could not be read", recovery.unreadable);
    }
    recovery.records.sort(
        Comparator.comparingLong(LinesRecord::firstSequence)
            .thenComparingLong(LinesRecord::arrivalMs));
    return recovery;
  }

  private void accept(int file, ByteBuffer record) {
    byte[] bytes = new byte[record.remaining()];
    record.get(bytes);
    try {
      records.add(LinesRecord.parse(bytes));
    } catch (BadBytesException bad) {
      unreadable++;
      LOG.warn("logs: a record in file {}: {}", file, bad.getMessage());
    }
  }

  /// Puts the lines back into memory.
  ///
  /// @return the number of the next line
  long fill(Head head) {
    long next = head.firstSequence();
    for (LinesRecord record : records) {
      BitSet repeated = head.repeated(record);
      head.add(record, row -> !repeated.get(row));
      next = Math.max(next, record.endSequence());
    }
    return next;
  }
}
