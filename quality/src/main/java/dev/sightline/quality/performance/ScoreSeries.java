package dev.sightline.quality.performance;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Counter;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.prediction.PredictionSource.ModelSummary;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SeriesSink;
import dev.sightline.model.series.SeriesSink.Durability;
import dev.sightline.model.series.Staleness;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.SegmentBy;
import dev.sightline.quality.rows.TimeOf;
import dev.sightline.quality.window.OwnThread;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes how well every model does as series, over windows that end now, so that history, charts
/// and alerts need nothing of their own.
///
/// A series ends where there are too few labelled rows: it is never 0 for want of them.
public final class ScoreSeries implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScoreSeries.class);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Parts parts;
  private final Supplier<ScoreOptions> options;
  private final Counter failures;
  private final Counter computed;
  private final Counter spentNs;
  private final Scheduler.Repeating schedule;

  /// Of the thread that evaluates.
  private final Map<Key, RecentScores> recent = new HashMap<>();

  /// Models of which the log was told that not all of their segments have series.
  private final Set<String> told = new HashSet<>();

  /// What was written last time, so that what is missing now can be ended.
  private Set<Labels> written = new HashSet<>();

  /// @param window by its name
  private record Key(String model, String window, TimeOf time) {}

  /// What the scores are made of, and where they go.
  ///
  /// @param tasks of the models that are configured now, by name
  /// @param segments of models that have series of their own, by name
  public record Parts(
      PredictionColumns columns,
      PredictionSource source,
      Supplier<Map<String, String>> tasks,
      Supplier<Map<String, List<SegmentBy>>> segments,
      SeriesSink sink,
      Clock clock,
      Scheduler scheduler,
      MeterRegistry meters) {}

  private ScoreSeries(Parts parts, Supplier<ScoreOptions> options) {
    this.parts = parts;
    this.options = options;
    MeterRegistry meters = parts.meters();
    failures =
        meters.counter(
            "sightline_quality_failures_total",
            "Windows of models whose measures could not be made.",
            Labels.EMPTY);
    computed =
        meters.counter(
            "sightline_quality_windows_total",
            "Windows of models whose measures were made anew.",
            Labels.EMPTY);
    spentNs =
        meters.counter(
            "sightline_quality_nanoseconds_total", "Time spent on measures.", Labels.EMPTY);
    Duration every = options.get().every();
    schedule =
        parts
            .scheduler()
            .every("scores of models", every, every, () -> OwnThread.run("quality", this::run));
  }

  /// @param options asked at each evaluation; how often is settled now
  public static ScoreSeries start(Parts parts, Supplier<ScoreOptions> options) {
    return new ScoreSeries(parts, options);
  }

  private void run() {
    ScoreOptions now = options.get();
    long nowMs = parts.clock().nowMs();
    Map<String, List<SegmentBy>> segments = parts.segments().get();
    SampleBatch batch = new SampleBatch();
    Set<Labels> current = new HashSet<>();
    Set<Key> known = new HashSet<>();
    for (ModelSummary model : parts.source().models()) {
      for (Map.Entry<String, Duration> window : now.windows().entrySet()) {
        RecentScores.Wish wish =
            new RecentScores.Wish(
                window.getValue(), now.minimumN(), segments.getOrDefault(model.name(), List.of()));
        for (TimeOf time : now.times()) {
          Key key = new Key(model.name(), window.getKey(), time);
          known.add(key);
          for (Score score : scores(key, model, wish, nowMs)) {
            current.add(score.labels());
            batch.add(score.labels(), nowMs, score.value());
          }
        }
      }
    }
    recent.keySet().retainAll(known);
    written.stream()
        .filter(labels -> !current.contains(labels))
        .forEach(labels -> batch.add(labels, nowMs, Staleness.MARKER));
    written = current;
    if (batch.size() > 0) {
      parts.sink().append(batch, Durability.WITHIN_A_SECOND);
    }
  }

  private List<Score> scores(Key key, ModelSummary model, RecentScores.Wish wish, long nowMs) {
    RecentScores scores =
        recent.computeIfAbsent(
            key, _ -> new RecentScores(model.name(), key.window(), key.time(), parts));
    if (!scores.isDue(model, wish, nowMs)) {
      return scores.scores();
    }
    long startNs = parts.clock().monotonicNs();
    try {
      scores.compute(model, wish, nowMs, Deadline.in(LONGEST, parts.clock()));
      computed.increment();
      tell(model.name(), scores.trouble());
      return scores.scores();
    } catch (QueryException | StoreUnavailableException failure) {
      failures.increment();
      LOG.warn(
          "no measures of model {} over {}: {}", key.model(), wish.length(), failure.getMessage());
      scores.forget();
      return List.of();
    } finally {
      spentNs.add(Math.max(0, parts.clock().monotonicNs() - startNs));
    }
  }

  private void tell(String model, @Nullable String trouble) {
    if (trouble != null && told.add(model)) {
      LOG.warn("model {}: {}", model, trouble);
    }
  }

  @Override
  public void close() {
    schedule.close();
  }
}
