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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
  private final Set<Integer> damagedFiles = new HashSet<>();
  private final Coverage inBlocks;
  private final Head head;
  private long nextSequence;

  private Recovery(Coverage inBlocks) {
    this.inBlocks = inBlocks;
    this.head = new Head(0);
    this.nextSequence = inBlocks.endSequence();
  }

  static Recovery of(FileSystem files, Path directory, Coverage inBlocks) {
    Recovery recovery = new Recovery(inBlocks);
    ReplayReport report = WalReader.replay(files, directory, 0, recovery::accept);
    for (ReplayReport.Damage damage : report.damages()) {
      if (!damage.tornTail()) {
        LOG.error("logs: {} in file {} at {}", damage.what(), damage.file(), damage.offset());
        recovery.damagedFiles.add(damage.file());
      }
    }
    recovery.fill();
    return recovery;
  }

  private void accept(int file, ByteBuffer record) {
    byte[] bytes = new byte[record.remaining()];
    record.get(bytes);
    try {
      records.add(LinesRecord.parse(bytes));
    } catch (BadBytesException bad) {
      damagedFiles.add(file);
      LOG.error("logs: a record in file {}: {}", file, bad.getMessage());
    }
  }

  private void fill() {
    records.sort(
        Comparator.comparingLong(LinesRecord::firstSequence)
            .thenComparingLong(LinesRecord::arrivalMs));
    for (LinesRecord record : records) {
      BitSet left = head.repeated(record);
      for (int row = 0; row < record.size(); row++) {
        if (inBlocks.covers(record.timestampNs(row), record.firstSequence() + row)) {
          left.set(row);
        }
      }
      if (left.cardinality() < record.size()) {
        head.add(record, row -> !left.get(row));
      }
      nextSequence = Math.max(nextSequence, record.endSequence());
    }
    records.clear();
  }

  /// The lines that are in no block.
  Head head() {
    return head;
  }

  long nextSequence() {
    return nextSequence;
  }

  /// Files of the log of which something could not be read.
  Set<Integer> damagedFiles() {
    return damagedFiles;
  }
}
