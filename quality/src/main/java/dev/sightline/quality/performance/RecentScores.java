package dev.sightline.quality.performance;

import dev.sightline.model.prediction.PredictionSource.ModelSummary;
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
  private final ScoreSeries.Parts parts;
  private List<Score> scores = List.of();
  private @Nullable ModelSummary seen;
  private Duration length = Duration.ZERO;
  private long minimumN;
  private long madeMs;
  private long madeNs;
  private long costNs;
  private long oldestMs;

  /// @param window as the series call it
  RecentScores(String model, String window, ScoreSeries.Parts parts) {
    this.model = model;
    this.window = window;
    this.parts = parts;
  }

  List<Score> scores() {
    return scores;
  }

  boolean isDue(ModelSummary now, Duration length, long minimumN, long nowMs) {
    ModelSummary before = seen;
    if (before == null || !length.equals(this.length) || minimumN != this.minimumN) {
      return true;
    }
    long restedNs = parts.clock().monotonicNs() - madeNs;
    if (restedNs < REST * costNs) {
      return false;
    }
    return !now.equals(before)
        || now.lastPredictionMs() >= madeMs
        || oldestMs < nowMs - length.toMillis()
        || restedNs > KEPT.toNanos();
  }

  /// @throws dev.sightline.model.query.QueryException if there are none
  void compute(ModelSummary now, Duration length, long minimumN, long nowMs, Deadline deadline) {
    long startNs = parts.clock().monotonicNs();
    Selection selection =
        new Selection(
            model,
            null,
            List.of(),
            Windows.whole(nowMs - length.toMillis(), nowMs),
            TimeOf.PREDICTION);
    RowScan scan = new RowScan(selection, deadline);
    VersionGrouping versions = new VersionGrouping(scan);
    ModelShape shape =
        ModelShape.of(parts.source(), selection, parts.tasks().get().getOrDefault(model, ""));
    List<Score> made = new ArrayList<>();
    switch (shape.task()) {
      case CLASSIFICATION -> {
        ClassPass pass = new ClassPass(scan, model, shape.scores(), versions, VersionGrouping.MOST);
        pass.run(parts.columns());
        List<ClassTable> tables = ClassTable.of(pass, versions.names().size());
        for (int version = 0; version < tables.size(); version++) {
          made.addAll(writer(versions, version, minimumN).of(tables.get(version)));
        }
      }
      case REGRESSION -> {
        NumberPass pass = new NumberPass(scan, versions, VersionGrouping.MOST);
        pass.run(parts.columns());
        for (int version = 0; version < versions.names().size(); version++) {
          made.addAll(writer(versions, version, minimumN).of(pass.group(version)));
        }
      }
    }
    scores = List.copyOf(made);
    seen = now;
    this.length = length;
    this.minimumN = minimumN;
    madeMs = nowMs;
    oldestMs = versions.oldestMs();
    madeNs = parts.clock().monotonicNs();
    costNs = madeNs - startNs;
  }

  /// As if there never had been any.
  void forget() {
    scores = List.of();
    seen = null;
  }

  private ScoreLabels writer(VersionGrouping versions, int version, long minimumN) {
    return new ScoreLabels(
        Map.of("model", model, "version", versions.names().get(version), "window", window),
        minimumN);
  }
}
