package dev.sightline.quality.performance;

import dev.sightline.model.prediction.PredictionSource.ModelSummary;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.quality.rows.SegmentBy;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.rows.TimeOf;
import dev.sightline.quality.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The scores of one model over one window that ends now, made anew only when they may have
/// changed, and at most a twentieth of the time. Used by one thread.
final class RecentScores {
  /*
   * What changes a score: a row or a truth that came (the summary counts both), a row that grew too old for the
   * window (the oldest one says when), one whose time has come, another setting. A corrected truth changes no
   * count; so that it is seen all the same, nothing is kept for longer than KEPT.
   */
  private static final Duration KEPT = Duration.ofMinutes(10);

  /// How many times as long as it took to make them scores are kept at least.
  private static final int REST = 20;

  private final String model;
  private final String window;
  private final TimeOf time;
  private final ScoreSeries.Parts parts;
  private List<Score> scores = List.of();
  private @Nullable ModelSummary seen;
  private @Nullable Wish wish;
  private @Nullable String trouble;
  private long madeMs;
  private long madeNs;
  private long costNs;
  private long oldestMs;

  /// What is wanted of a window.
  ///
  /// @param segments that have series of their own
  record Wish(Duration length, long minimumN, List<SegmentBy> segments) {}

  /// @param window as the series call it
  RecentScores(String model, String window, TimeOf time, ScoreSeries.Parts parts) {
    this.model = model;
    this.window = window;
    this.time = time;
    this.parts = parts;
  }

  List<Score> scores() {
    return scores;
  }

  boolean isDue(ModelSummary now, Wish wish, long nowMs) {
    ModelSummary before = seen;
    if (before == null || !wish.equals(this.wish)) {
      return true;
    }
    long restedNs = parts.clock().monotonicNs() - madeNs;
    if (restedNs < REST * costNs) {
      return false;
    }
    return !now.equals(before)
        || now.lastPredictionMs() >= madeMs
        || oldestMs < nowMs - wish.length().toMillis()
        || restedNs > KEPT.toNanos();
  }

  /// @throws dev.sightline.model.query.QueryException if there are none
  void compute(ModelSummary now, Wish wish, long nowMs, Deadline deadline) {
    long startNs = parts.clock().monotonicNs();
    Selection selection =
        new Selection(
            model, null, List.of(), Windows.whole(nowMs - wish.length().toMillis(), nowMs), time);
    RowScan scan = new RowScan(selection, deadline);
    VersionGrouping versions = new VersionGrouping(scan);
    ModelShape shape =
        ModelShape.of(parts.source(), selection, parts.tasks().get().getOrDefault(model, ""));
    GroupPass whole = pass(shape, scan, versions, VersionGrouping.MOST);
    SegmentPasses segments =
        new SegmentPasses(
            scan,
            versions,
            wish.segments(),
            whole,
            (grouping, groups) -> pass(shape, scan, grouping, groups));
    scan.run(parts.columns(), segments);
    List<Score> made = new ArrayList<>();
    for (int version = 0; version < versions.names().size(); version++) {
      made.addAll(whole.scores(version, writer(versions, version, "", wish)));
    }
    made.addAll(segments.scores((version, segment) -> writer(versions, version, segment, wish)));
    trouble = segments.trouble();
    scores = List.copyOf(made);
    seen = now;
    this.wish = wish;
    madeMs = nowMs;
    oldestMs = versions.oldestMs();
    madeNs = parts.clock().monotonicNs();
    costNs = madeNs - startNs;
  }

  private GroupPass pass(ModelShape shape, RowScan scan, Grouping grouping, int groups) {
    return switch (shape.task()) {
      case CLASSIFICATION -> new ClassPass(scan, model, shape.scores(), grouping, groups);
      case REGRESSION, RANKING, GENERATION ->
          MeanPass.of(shape.task(), scan, grouping, MeasureVariants.USUAL, groups);
    };
  }

  /// What a reader of the log should know about segments; null where there is nothing.
  @Nullable String trouble() {
    return trouble;
  }

  /// As if there never had been any.
  void forget() {
    scores = List.of();
    seen = null;
  }

  /// @param segment its text; empty for the whole
  private ScoreLabels writer(VersionGrouping versions, int version, String segment, Wish wish) {
    return new ScoreLabels(
        Map.of(
            "model",
            model,
            "version",
            versions.names().get(version),
            "window",
            window,
            "segment",
            segment,
            "time",
            time == TimeOf.TRUTH ? "truth" : ""),
        wish.minimumN());
  }
}
