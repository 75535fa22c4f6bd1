package dev.sightline.tsdb.head;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.failpoint.Failpoints;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.wal.WalReader;
import dev.sightline.storage.wal.WriteAheadLog;
import dev.sightline.tsdb.block.DirectoryRemoval;
import dev.sightline.tsdb.record.RecordType;
import dev.sightline.tsdb.record.SamplesRecord;
import dev.sightline.tsdb.record.SeriesRecords;
import dev.sightline.tsdb.record.TombstonesRecord;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is left of the older files of the log once most of their samples are in blocks: a log of
/// its own in `checkpoint.N`, which stands for every file up to N.
public final class Checkpoint {
  private static final String PREFIX = "checkpoint.";
  private static final String PATTERN = "checkpoint\\.\\d{8,9}";
  private static final String UNFINISHED = ".tmp";

  private final FileSystem files;
  private final Path logDirectory;
  private final Function<Path, WriteAheadLog> openLog;

  /// @param openLog makes a new log in a directory
  public Checkpoint(FileSystem files, Path logDirectory, Function<Path, WriteAheadLog> openLog) {
    this.files = files;
    this.logDirectory = logDirectory;
    this.openLog = openLog;
  }

  /// The checkpoint that counts: the latest.
  ///
  /// @param lastFile the last file of the log that it stands for
  public record Found(Path directory, int lastFile) {}

  static @Nullable Found find(FileSystem files, Path logDirectory) {
    return all(files, logDirectory).max(Comparator.comparingInt(Found::lastFile)).orElse(null);
  }

  private static Stream<Found> all(FileSystem files, Path logDirectory) {
    return files.list(logDirectory).stream()
        .filter(path -> path.getFileName().toString().matches(PATTERN))
        .map(path -> new Found(path, number(path)));
  }

  private static int number(Path path) {
    return Integer.parseInt(path.getFileName().toString().substring(PREFIX.length()));
  }

  /// Shortens the log of a head that has been truncated; the youngest third stays as it is.
  ///
  /// @param aliases as [HeadReplay.State] has them
  public void advance(Head head, Map<Long, Long> aliases) {
    int current = head.log().all().startFile();
    Found before = find(files, logDirectory);
    int first = before == null ? firstFile() : before.lastFile + 1;
    int last = first + (current - 1 - first) * 2 / 3;
    if (first < 0 || last <= first) {
      return;
    }
    write(last, before, first, new Survivors(head, aliases));
    head.log().all().deleteFilesBelow(last + 1);
    removeOlderThan(last);
  }

  private int firstFile() {
    return files.list(logDirectory).stream()
        .map(path -> path.getFileName().toString())
        .filter(name -> name.matches("\\d{8,9}"))
        .mapToInt(Integer::parseInt)
        .min()
        .orElse(-1);
  }

  private void write(int last, @Nullable Found before, int first, Survivors survivors) {
    Path finished = logDirectory.resolve(PREFIX + String.format(Locale.ROOT, "%08d", last));
    Path unfinished = finished.resolveSibling(finished.getFileName() + UNFINISHED);
    new DirectoryRemoval(files).deleteTree(unfinished);
    try (WriteAheadLog log = openLog.apply(unfinished)) {
      Output output = new Output(log);
      SeriesRecords series = new SeriesRecords(output::add);
      survivors.series.forEach(one -> series.add(one.ref(), one.labels()));
      series.finish();
      if (before != null) {
        copy(before.directory, 0, Integer.MAX_VALUE, survivors, output);
      }
      copy(logDirectory, first, last, survivors, output);
      output.finish();
    }
    Failpoints.reach("tsdb.checkpoint.before-rename");
    files.rename(unfinished, finished);
    files.syncDirectory(logDirectory);
    Failpoints.reach("tsdb.checkpoint.after-rename");
  }

  private void copy(Path directory, int first, int last, Survivors survivors, Output output) {
    WalReader.replay(
        files,
        directory,
        first,
        (file, record) -> {
          if (file <= last) {
            copy(record, survivors, output);
          }
        });
  }

  private static void copy(ByteBuffer record, Survivors survivors, Output output) {
    try {
      ByteSource source = ByteSource.of(record);
      int type = source.u8();
      if (type == RecordType.SAMPLES) {
        SamplesRecord.read(
            source,
            (ref, timestampMs, value) -> {
              if (timestampMs >= survivors.cutMs && survivors.ref(ref) != Survivors.NOBODY) {
                output.addSample(survivors.ref(ref), timestampMs, value);
              }
            });
        output.finishRecord();
      } else if (type == RecordType.TOMBSTONES) {
        copyDeletions(source, survivors, output);
      }
    } catch (BadBytesException _) {
      // reading the log at the start says so and passes over it
    }
  }

  private static void copyDeletions(ByteSource source, Survivors survivors, Output output) {
    TombstonesRecord kept = new TombstonesRecord();
    TombstonesRecord.read(
        source,
        (ref, minMs, maxMs) -> {
          if (maxMs >= survivors.cutMs && survivors.ref(ref) != Survivors.NOBODY) {
            kept.add(survivors.ref(ref), minMs, maxMs);
          }
        });
    output.add(kept.toArray());
  }

  private void removeOlderThan(int last) {
    DirectoryRemoval removal = new DirectoryRemoval(files);
    for (Found old = older(last); old != null; old = older(last)) {
      removal.deleteTree(old.directory);
    }
    files.syncDirectory(logDirectory);
  }

  private @Nullable Found older(int last) {
    return all(files, logDirectory).filter(found -> found.lastFile < last).findAny().orElse(null);
  }

  /// Whose samples are kept, and from when on.
  private static final class Survivors {
    static final long NOBODY = -1;

    private final long cutMs;
    private final List<Head.LoggedSeries> series;
    private final RefMap<Long> refs = new RefMap<>();

    Survivors(Head head, Map<Long, Long> aliases) {
      this.cutMs = head.cutMs();
      this.series = head.loggedSeries(aliases);
      series.forEach(one -> refs.put(one.ref(), one.ref()));
      aliases.forEach(
          (alias, ref) -> {
            if (refs.get(ref) != null) {
              refs.put(alias, ref);
            }
          });
    }

    long ref(long ref) {
      Long kept = refs.get(ref);
      return kept == null ? NOBODY : kept;
    }
  }

  /// The records of the checkpoint, in the making.
  private static final class Output {
    private final WriteAheadLog log;
    private final ByteSink sink = new ByteSink();
    private final SamplesRecord samples = new SamplesRecord(sink);
    private long position;

    Output(WriteAheadLog log) {
      this.log = log;
    }

    void add(byte[] record) {
      position = log.append(List.of(record));
    }

    void addSample(long ref, long timestampMs, double value) {
      if (sink.size() == 0) {
        samples.begin();
      }
      samples.add(ref, timestampMs, value);
    }

    void finishRecord() {
      if (sink.size() > 0) {
        add(sink.toArray());
        sink.clear();
      }
    }

    void finish() {
      log.sync(position);
    }
  }
}
