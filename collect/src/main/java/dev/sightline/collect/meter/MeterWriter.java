package dev.sightline.collect.meter;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterFamily;
import dev.sightline.model.meter.MeterSample;
import dev.sightline.model.meter.MeterType;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SeriesSink;
import dev.sightline.model.series.SeriesSink.Durability;
import dev.sightline.model.series.Staleness;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes families of meters into the store of metrics, again and again.
///
/// A series that is no longer among the meters is ended with a staleness marker. Writing can be
/// paused, for the time in which the same meters are scraped; that ends every series, too.
public final class MeterWriter implements AutoCloseable {
  /*
   * rate() needs two samples, so a counter that is first seen at 5 would lose those 5. Where counting began in this
   * process, the value before was 0, and that is written first, at the time of the write before. After a pause nobody
   * knows when a new counter began, so nothing is invented then.
   */
  private static final Logger LOG = LoggerFactory.getLogger(MeterWriter.class);

  /// Where the counters of the source began to count.
  public enum Origin {
    /// In this process: a counter that appears was 0 before.
    THIS_PROCESS,
    /// Somewhere else, such as in the kernel: a counter that appears may have any history.
    ELSEWHERE
  }

  private final Supplier<List<MeterFamily>> source;
  private final Origin origin;
  private final Labels added;
  private final SeriesSink sink;
  private final Clock clock;
  private final Scheduler.Repeating writing;
  private final Duration period;

  // guarded by this
  private final SampleBatch batch = new SampleBatch();
  private final Map<Key, Series> known = new HashMap<>();
  private long lastMs = Long.MIN_VALUE / 2;
  private long round;
  private boolean paused;
  private boolean originKnown;

  private record Key(String name, Labels labels) {}

  private static final class Series {
    private final Labels labels;
    private long seenInRound;

    Series(Labels labels) {
      this.labels = labels;
    }
  }

  /// Where the samples go, and when.
  ///
  /// @param added to the labels of every series: `job`, `instance`
  public record Target(SeriesSink sink, Labels added, Duration period) {
    /// Every five seconds.
    public Target(SeriesSink sink, Labels added) {
      this(sink, added, Duration.ofSeconds(5));
    }
  }

  /// Starts writing; the first time after one period.
  public MeterWriter(
      Supplier<List<MeterFamily>> source,
      Origin origin,
      Target target,
      Clock clock,
      Scheduler scheduler) {
    this.source = source;
    this.origin = origin;
    this.added = target.added();
    this.sink = target.sink();
    this.period = target.period();
    this.clock = clock;
    this.originKnown = origin == Origin.THIS_PROCESS;
    this.writing = scheduler.every("meters", period, period, this::write);
  }

  /// Ends all series and writes nothing more until [#resume].
  public synchronized void pause() {
    if (!paused) {
      paused = true;
      round++;
      endUnseen(Math.max(clock.nowMs(), lastMs + 1));
      send();
    }
  }

  public synchronized void resume() {
    if (paused) {
      paused = false;
      originKnown = false;
    }
  }

  public synchronized boolean isPaused() {
    return paused;
  }

  /// Writes the meters as they stand now.
  private synchronized void write() {
    if (paused) {
      return;
    }
    long nowMs = clock.nowMs();
    long beforeMs = lastMs < nowMs && lastMs >= nowMs - 2 * period.toMillis() ? lastMs : -1;
    if (beforeMs < 0) {
      beforeMs = nowMs - period.toMillis();
    }
    round++;
    for (MeterFamily family : source.get()) {
      boolean counts = family.type() != MeterType.GAUGE;
      for (MeterSample sample : family.samples()) {
        add(sample, counts, beforeMs, nowMs);
      }
    }
    endUnseen(nowMs);
    send();
    lastMs = nowMs;
    originKnown = origin == Origin.THIS_PROCESS;
  }

  private void add(MeterSample sample, boolean counts, long beforeMs, long nowMs) {
    Key key = new Key(sample.name(), sample.labels());
    Series series = known.get(key);
    if (series == null) {
      series = new Series(labelsOf(sample));
      known.put(key, series);
      if (counts && originKnown) {
        batch.add(series.labels, beforeMs, 0);
      }
    }
    series.seenInRound = round;
    batch.add(series.labels, nowMs, sample.value());
  }

  /// Labels of the meter win over those that are added.
  private Labels labelsOf(MeterSample sample) {
    Labels.Builder labels = added.toBuilder();
    for (Label label : sample.labels().toList()) {
      labels.set(label.name(), label.value());
    }
    return labels.set(Label.METRIC_NAME, sample.name()).build();
  }

  private void endUnseen(long nowMs) {
    known
        .values()
        .removeIf(
            series -> {
              boolean gone = series.seenInRound != round;
              if (gone) {
                batch.add(series.labels, nowMs, Staleness.MARKER);
              }
              return gone;
            });
  }

  private void send() {
    try {
      sink.append(batch, Durability.WITHIN_A_SECOND);
    } catch (StoreUnavailableException failure) {
      LOG.warn("meters were not stored: {}", failure.getMessage());
    } finally {
      batch.clear();
    }
  }

  /// Writes once more, so that the last values are not lost, and ends.
  @Override
  public void close() {
    writing.close();
    write();
  }
}
