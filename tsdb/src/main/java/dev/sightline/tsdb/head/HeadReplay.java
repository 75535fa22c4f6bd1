package dev.sightline.tsdb.head;

import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.wal.ReplayReport;
import dev.sightline.storage.wal.WalReader;
import dev.sightline.tsdb.record.Interner;
import dev.sightline.tsdb.record.RecordType;
import dev.sightline.tsdb.record.SamplesRecord;
import dev.sightline.tsdb.record.SeriesRecord;
import dev.sightline.tsdb.record.TombstonesRecord;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds the head from the log after a start.
///
/// A series appears with its first sample. Its labels come from the log or, where the record was
/// lost, from the log of series. A bad record costs what it says and nothing else.
public final class HeadReplay {
  private static final Logger LOG = LoggerFactory.getLogger(HeadReplay.class);

  private final SeriesTable table = new SeriesTable();
  private final ReplayLanes lanes;
  private final Interner interner = new Interner();
  private final RefMap<Labels> labelsByRef = new RefMap<>();
  private final RefMap<HeadSeries> seriesByRef = new RefMap<>();
  private final Map<Long, Long> aliases = new HashMap<>();
  private final long cutMs;
  private long highestRef;
  private long newestMs = Long.MIN_VALUE;
  private long oldestMs = Long.MAX_VALUE;
  private long badRecords;
  private long orphans;
  private long damages;

  private HeadReplay(ReplayLanes lanes, long cutMs) {
    this.lanes = lanes;
    this.cutMs = cutMs;
  }

  /// A head at the moment of its start.
  ///
  /// @param aliases further numbers that the log has for a series, each with the one that it bears
  /// @param damages spots of the logs that could not be read, and records that made no sense
  /// @param orphans samples of series that nobody knows
  public record State(
      SeriesTable table,
      long nextRef,
      long newestMs,
      long oldestMs,
      long cutMs,
      Map<Long, Long> aliases,
      long damages,
      long orphans) {}

  /// @param cutMs samples before this are in blocks
  public static State run(FileSystem files, Path logDirectory, Path seriesDirectory, long cutMs) {
    try (ReplayLanes lanes = new ReplayLanes()) {
      HeadReplay replay = new HeadReplay(lanes, cutMs);
      replay.readAll(files, logDirectory, seriesDirectory);
      return replay.state();
    }
  }

  private void readAll(FileSystem files, Path logDirectory, Path seriesDirectory) {
    read(files, seriesDirectory, 0, this::acceptSeriesOnly);
    Checkpoint.Found checkpoint = Checkpoint.find(files, logDirectory);
    int fromFile = 0;
    if (checkpoint != null) {
      read(files, checkpoint.directory(), 0, this::accept);
      fromFile = checkpoint.lastFile() + 1;
    }
    read(files, logDirectory, fromFile, this::accept);
  }

  private interface RecordReader {
    void read(int type, ByteSource source);
  }

  private void read(FileSystem files, Path directory, int fromFile, RecordReader reader) {
    ReplayReport report =
        WalReader.replay(files, directory, fromFile, (_, record) -> accept(record, reader));
    report.damages().forEach(damage -> LOG.warn("log {} damaged: {}", directory, damage));
    damages += report.damages().stream().filter(damage -> !damage.tornTail()).count();
  }

  private void accept(ByteBuffer record, RecordReader reader) {
    try {
      ByteSource source = ByteSource.of(record);
      reader.read(source.u8(), source);
    } catch (BadBytesException bad) {
      badRecords++;
      LOG.warn("a record of the log makes no sense: {}", bad.getMessage());
    }
  }

  private void acceptSeriesOnly(int type, ByteSource source) {
    if (type == RecordType.SERIES) {
      SeriesRecord.read(source, interner, this::know);
    }
  }

  private void accept(int type, ByteSource source) {
    if (type == RecordType.SERIES) {
      SeriesRecord.read(source, interner, this::know);
    } else if (type == RecordType.SAMPLES) {
      SamplesRecord.read(source, this::restore);
    } else if (type == RecordType.TOMBSTONES) {
      lanes.drain();
      TombstonesRecord.read(source, this::delete);
    }
  }

  /// What comes behind the deletion in the log stays, even at the same times.
  private void delete(long ref, long minMs, long maxMs) {
    HeadSeries series = seriesByRef.get(ref);
    if (series != null) {
      series.remove(minMs, maxMs);
    }
  }

  private void know(long ref, Labels labels) {
    labelsByRef.put(ref, labels);
    highestRef = Math.max(highestRef, ref);
  }

  private void restore(long ref, long timestampMs, double value) {
    if (timestampMs < cutMs) {
      return;
    }
    HeadSeries series = seriesByRef.get(ref);
    if (series == null) {
      series = create(ref);
      if (series == null) {
        orphans++;
        return;
      }
    }
    lanes.add(series.ref(), series, timestampMs, value);
    newestMs = Math.max(newestMs, timestampMs);
    oldestMs = Math.min(oldestMs, timestampMs);
  }

  private @Nullable HeadSeries create(long ref) {
    Labels labels = labelsByRef.get(ref);
    if (labels == null) {
      return null;
    }
    HeadSeries series = table.find(labels);
    if (series == null) {
      series = new HeadSeries(ref, labels);
      table.add(series);
    } else {
      aliases.put(ref, series.ref());
    }
    seriesByRef.put(ref, series);
    return series;
  }

  private State state() {
    lanes.finish();
    table.parts().forEach(part -> part.forEach(HeadSeries::publish));
    if (orphans > 0) {
      LOG.warn("{} samples of the log belong to series that it lost", orphans);
    }
    return new State(
        table,
        highestRef + 1,
        newestMs,
        oldestMs,
        cutMs,
        Map.copyOf(aliases),
        damages + badRecords,
        orphans);
  }
}
