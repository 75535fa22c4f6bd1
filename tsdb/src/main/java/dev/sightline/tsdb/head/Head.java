package dev.sightline.tsdb.head;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SeriesKeeping.HeadFacts;
import dev.sightline.model.series.SeriesSink.Durability;
import dev.sightline.model.series.SeriesSink.Outcome;
import dev.sightline.model.time.Clock;
import dev.sightline.tsdb.chunk.StoredSeries;
import dev.sightline.tsdb.record.TombstonesRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The samples of the last hours, in memory, with a log on disk.
///
/// Appending threads take turns under one lock, for long enough to judge, log and apply a batch;
/// waiting for the disk comes after it. Readers never take that lock.
public final class Head implements AutoCloseable {
  private final SeriesTable table;
  private final HeadLog log;
  private final Clock clock;
  private final HeadLimits limits;
  private final HeadMeters meters;

  private final Object lock = new Object();

  // written under lock
  private long nextRef;
  private long oldestAppendedMs;
  private volatile long newestMs;
  private volatile long oldestMs;
  private volatile long cutMs;

  /// @param state as [HeadReplay] has found it
  public Head(
      HeadReplay.State state, HeadLog log, HeadLimits limits, Clock clock, MeterRegistry meters) {
    this.table = state.table();
    this.nextRef = state.nextRef();
    this.newestMs = state.newestMs();
    this.oldestMs = state.oldestMs();
    this.cutMs = state.cutMs();
    this.log = log;
    this.limits = limits;
    this.clock = clock;
    this.meters = HeadMeters.of(meters);
    meters.gauge("sightline_tsdb_head_series", "Series in memory.", Labels.EMPTY, table::size);
  }

  /// @see dev.sightline.model.series.SeriesSink#append
  public Outcome append(SampleBatch batch, Durability durability) {
    return append(batch, durability, limits);
  }

  /// The same for samples that may lie behind others of their series by any time, as long as the
  /// head is open there; returns when they are on disk.
  public Outcome appendOfAnyAge(SampleBatch batch) {
    return append(batch, Durability.ON_DISK, limits.ofAnyAge());
  }

  /// @return why no series may have these labels, or null
  public @Nullable String problemOf(Labels labels) {
    return LabelCheck.problem(labels, limits);
  }

  private Outcome append(SampleBatch batch, Durability durability, HeadLimits limits) {
    @Nullable HeadSeries[] known = find(batch);
    BatchAppend append;
    HeadLog.Position position;
    synchronized (lock) {
      HeadBounds bounds = new HeadBounds(clock.nowMs(), newestMs, cutMs, limits);
      append = new BatchAppend(table, bounds, batch, known, nextRef);
      append.judge();
      nextRef = append.nextRef();
      position = append.writeTo(log);
      append.apply();
      newestMs = Math.max(newestMs, append.newestMs());
      oldestMs = Math.min(oldestMs, append.oldestMs());
      oldestAppendedMs = Math.min(oldestAppendedMs, append.oldestMs());
    }
    if (durability == Durability.ON_DISK) {
      log.sync(position);
    }
    meters.count(append.refusals(), batch.size());
    meters.createdSeries().add(append.createdCount());
    return append.refusals().outcome();
  }

  /// Looks series up before the lock is taken: that is most of the work.
  @SuppressWarnings("ReferenceEquality") // a row of samples of one series often shares its labels
  private @Nullable HeadSeries[] find(SampleBatch batch) {
    @Nullable HeadSeries[] found = new HeadSeries[batch.size()];
    for (int i = 0; i < found.length; i++) {
      boolean again = i > 0 && batch.labels(i) == batch.labels(i - 1);
      found[i] = again ? found[i - 1] : table.find(batch.labels(i));
    }
    return found;
  }

  /// @see dev.sightline.model.series.SeriesSink#kept
  public @Nullable Labels kept(Labels labels) {
    HeadSeries series = table.find(labels);
    return series == null ? null : series.labels();
  }

  /// The series that satisfy the matchers and may have samples in the range, both ends included, in
  /// no particular order.
  public List<StoredSeries> select(Collection<Matcher> matchers, long startMs, long endMs) {
    List<StoredSeries> selected = new ArrayList<>();
    table.select(
        matchers,
        series -> {
          SeriesSnapshot snapshot = series.snapshot();
          if (!snapshot.isEmpty() && snapshot.minMs() <= endMs && snapshot.maxMs() >= startMs) {
            selected.add(snapshot);
          }
        });
    return selected;
  }

  public boolean overlaps(long startMs, long endMs) {
    return oldestMs <= endMs && newestMs >= startMs;
  }

  public Collection<String> labelNames() {
    return table.labelNames();
  }

  public Collection<String> labelValues(String name) {
    return table.labelValues(name);
  }

  /// The time of the latest sample; `Long.MIN_VALUE` if there never was one.
  public long newestMs() {
    return newestMs;
  }

  /// The time of the earliest sample; `Long.MAX_VALUE` if there are none.
  public long oldestMs() {
    return oldestMs;
  }

  /// How far a sample may lie ahead of the clock.
  public long futureMs() {
    return limits.futureMs();
  }

  /// What lies before this is refused: it is in blocks, or on its way there.
  public long cutMs() {
    return cutMs;
  }

  /// Begins a cut; nothing before `cutMs` is taken from now on.
  public void cutAt(long cutMs) {
    synchronized (lock) {
      this.cutMs = cutMs;
    }
  }

  /// Lets go of everything before [#cutMs]. Called by one thread at a time.
  ///
  /// Until the end [#oldestMs] stays too early, which sends readers to a head that has nothing for
  /// them; too late would keep them from what is there.
  public void truncate() {
    synchronized (lock) {
      oldestAppendedMs = Long.MAX_VALUE;
    }
    long oldestLeftMs = Long.MAX_VALUE;
    boolean anyEnded = false;
    for (List<HeadSeries> part : table.parts()) {
      synchronized (lock) {
        for (HeadSeries series : part) {
          anyEnded |= truncate(series);
          oldestLeftMs = Math.min(oldestLeftMs, series.minMs());
        }
      }
    }
    synchronized (lock) {
      oldestMs = Math.min(oldestLeftMs, oldestAppendedMs);
    }
    if (anyEnded) {
      table.sweep(lock);
    }
  }

  /// @return whether the series has ended by it
  private boolean truncate(HeadSeries series) {
    boolean ends = !series.ended() && series.truncate(cutMs);
    if (ends) {
      table.remove(series);
    }
    return ends;
  }

  /// Takes samples out of some series, both ends included; returns when the disk knows of it.
  ///
  /// @return how many series had samples there
  public int delete(Collection<Matcher> matchers, long startMs, long endMs) {
    List<HeadSeries> found = new ArrayList<>();
    HeadLog.Position position;
    boolean anyEnded = false;
    synchronized (lock) {
      table.select(
          matchers,
          series -> {
            SeriesSnapshot there = series.snapshot();
            boolean overlaps =
                !there.isEmpty() && there.minMs() <= endMs && there.maxMs() >= startMs;
            if (!series.ended() && overlaps) {
              found.add(series);
            }
          });
      if (found.isEmpty()) {
        return 0;
      }
      TombstonesRecord record = new TombstonesRecord();
      found.forEach(series -> record.add(series.ref(), startMs, endMs));
      position = log.append(List.of(), List.of(record.toArray()));
      for (HeadSeries series : found) {
        if (series.remove(startMs, endMs)) {
          series.end();
          table.remove(series);
          anyEnded = true;
        }
      }
    }
    log.sync(position);
    if (anyEnded) {
      table.sweep(lock);
    }
    return found.size();
  }

  /// What is in memory, and what takes most of it.
  ///
  /// @param limit how long each list may be
  public HeadFacts facts(int limit) {
    return table.facts(limit, oldestMs, newestMs);
  }

  /// Every series with its number in the log, among them all that were logged before this call.
  public List<LoggedSeries> loggedSeries() {
    List<LoggedSeries> logged = new ArrayList<>();
    synchronized (lock) {
      table.select(
          List.of(),
          series -> {
            if (!series.ended()) {
              logged.add(new LoggedSeries(series.ref(), series.labels()));
            }
          });
    }
    return logged;
  }

  /// The same, and once more under each further number: there may be samples with it in files of
  /// the log that stay.
  ///
  /// @param aliases as [HeadReplay.State] has them
  List<LoggedSeries> loggedSeries(Map<Long, Long> aliases) {
    List<LoggedSeries> logged = loggedSeries();
    Map<Long, Labels> labelsByRef = new HashMap<>();
    if (!aliases.isEmpty()) {
      logged.forEach(series -> labelsByRef.put(series.ref(), series.labels()));
    }
    aliases.forEach(
        (alias, ref) -> {
          Labels labels = labelsByRef.get(ref);
          if (labels != null) {
            logged.add(new LoggedSeries(alias, labels));
          }
        });
    return logged;
  }

  /// A series as the log knows it.
  public record LoggedSeries(long ref, Labels labels) {}

  public HeadLog log() {
    return log;
  }

  @Override
  public void close() {
    log.close();
  }
}
