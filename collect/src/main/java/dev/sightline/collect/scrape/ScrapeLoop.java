package dev.sightline.collect.scrape;

import dev.sightline.collect.scrape.TargetReader.Body;
import dev.sightline.collect.scrape.TargetStatus.Health;
import dev.sightline.collect.scrape.TargetStatus.LastScrape;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.Staleness;
import dev.sightline.model.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Scrapes one target, each time that it is told to.
///
/// A scrape is stored as a whole or not at all: when it fails, every series of the target ends, and
/// `up` is 0. The status may be read by any thread; everything else belongs to one.
final class ScrapeLoop {
  /*
   * Timestamps. Timers wake up a little late, and by another little each time, which costs the store a byte or two per
   * sample. A scrape that begins at most a hundredth of the interval (2 ms at most) after its due time is given the due
   * time.
   *
   * Pauses. If this process was stopped for a minute in the middle of a scrape, the timeout has passed when it goes on,
   * and the target is not to blame. A failure that took far longer than the timeout allows is tried once more.
   */
  private static final long MAX_ALIGNMENT_MS = 2;
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Target target;
  private final ScrapeJob job;
  private final TargetReader reader;
  private final ScrapeStore store;
  private final Clock clock;
  private final SampleLabels labels;
  private final SeriesCache cache = new SeriesCache();
  private final SampleBatch batch = new SampleBatch();
  private final Report report;
  private long dueMs;
  private volatile boolean stopped;
  private volatile LastScrape last = LastScrape.NONE;
  private volatile Map<String, FamilyMetadata> metadata = Map.of();

  /// The five series that are written about every scrape.
  private record Report(Labels up, Labels duration, Labels samples, Labels kept, Labels fresh) {
    static Report of(Labels target) {
      return new Report(
          target.with(Label.METRIC_NAME, "up"),
          target.with(Label.METRIC_NAME, "scrape_duration_seconds"),
          target.with(Label.METRIC_NAME, "scrape_samples_scraped"),
          target.with(Label.METRIC_NAME, "scrape_samples_post_metric_relabeling"),
          target.with(Label.METRIC_NAME, "scrape_series_added"));
    }

    List<Labels> all() {
      return List.of(up, duration, samples, kept, fresh);
    }
  }

  ScrapeLoop(Target target, ScrapeJob job, TargetReader reader, ScrapeStore store, Clock clock) {
    this.target = target;
    this.job = job;
    this.reader = reader;
    this.store = store;
    this.clock = clock;
    this.labels = new SampleLabels(target, job);
    this.report = Report.of(target.labels());
  }

  Target target() {
    return target;
  }

  TargetStatus status() {
    return new TargetStatus(target, last);
  }

  Map<String, FamilyMetadata> metadata() {
    return metadata;
  }

  /// Scrapes now.
  void scrape() {
    long startMs = aligned(clock.nowMs());
    long startNs = clock.monotonicNs();
    cache.beginScrape();
    ScrapedText text = new ScrapedText(job, labels, cache, batch, startMs);
    String error = "";
    try {
      text.read(fetch());
      cache.endScrape(vanished -> batch.add(vanished, startMs, Staleness.MARKER));
      metadata = Map.copyOf(text.metadata());
    } catch (ScrapeException failure) {
      batch.clear();
      if (stopped) {
        return;
      }
      error = String.valueOf(failure.getMessage());
      cache.failScrape(series -> batch.add(series, startMs, Staleness.MARKER));
    }
    double seconds = (clock.monotonicNs() - startNs) / 1e9;
    report(text, error.isEmpty(), startMs, seconds);
    store.append(batch, target.url());
    store.refused("duplicate_in_scrape", text.duplicates());
    batch.clear();
    last = new LastScrape(error.isEmpty() ? Health.UP : Health.DOWN, startMs, seconds, error);
  }

  private Body fetch() {
    Duration timeout = target.timing().timeout();
    long startNs = clock.monotonicNs();
    try {
      return reader.read(timeout);
    } catch (ScrapeException failure) {
      long tookNs = clock.monotonicNs() - startNs;
      if (tookNs > timeout.plus(PAUSE).toNanos()) {
        return reader.read(timeout);
      }
      throw failure;
    }
  }

  private long aligned(long nowMs) {
    long intervalMs = target.timing().interval().toMillis();
    if (nowMs < dueMs || nowMs - dueMs >= 10 * intervalMs) {
      dueMs = nowMs;
    }
    while (nowMs - dueMs >= intervalMs) {
      dueMs += intervalMs;
    }
    return nowMs - dueMs <= Math.min(MAX_ALIGNMENT_MS, intervalMs / 100) ? dueMs : nowMs;
  }

  private void report(ScrapedText text, boolean up, long startMs, double seconds) {
    batch.add(report.up, startMs, up ? 1 : 0);
    batch.add(report.duration, startMs, seconds);
    batch.add(report.samples, startMs, text.samples());
    batch.add(report.kept, startMs, text.kept());
    batch.add(report.fresh, startMs, text.fresh());
  }

  /// The series that the target has now, to be ended or taken over.
  List<Labels> series() {
    return cache.current();
  }

  /// Takes over the series of a loop that scraped the same target in another way.
  void inherit(ScrapeLoop before) {
    cache.inherit(before.series());
    last = before.last;
    metadata = before.metadata;
  }

  /// Ends all series of the target, which is scraped no more.
  void endSeries() {
    if (last.health() == Health.UNKNOWN) {
      return;
    }
    long nowMs = Math.max(clock.nowMs(), last.atMs() + 1);
    cache.current().forEach(series -> batch.add(series, nowMs, Staleness.MARKER));
    report.all().forEach(series -> batch.add(series, nowMs, Staleness.MARKER));
    store.append(batch, target.url());
    batch.clear();
  }

  /// Gives up a scrape that is under way, from any thread. What it has not stored yet is not
  /// stored.
  void stop() {
    stopped = true;
    reader.close();
  }
}
