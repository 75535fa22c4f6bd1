package dev.sightline.quality.performance;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.time.Clock;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.rows.TimeOf;
import dev.sightline.quality.window.Windows;
import dev.sightline.stats.measure.Averaging;
import dev.sightline.stats.measure.Measured;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.MemoryColumns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Predictions of model `m` in memory, with the questions that tests ask about them.
final class Rows implements PredictionSource {
  static final long END_MS = 1_000_000_000;

  private final List<Labelled> rows = new ArrayList<>();

  /// One more prediction, the row's number being its time.
  Rows add(Datum output, @Nullable Datum truth, Map<String, Double> probabilities) {
    return add(rows.size(), output, truth, rows.size(), probabilities, Map.of());
  }

  Rows add(
      long timeMs,
      Datum output,
      @Nullable Datum truth,
      long truthMs,
      Map<String, Double> probabilities,
      Map<String, Datum> features) {
    String id = "id" + rows.size();
    Prediction prediction =
        new Prediction(
            id,
            "m",
            features.containsKey("v") ? ((Datum.Text) features.get("v")).value() : "1",
            timeMs,
            features,
            output,
            null,
            probabilities,
            null,
            Map.of());
    rows.add(
        new Labelled(prediction, truth == null ? null : new GroundTruth("m", id, truth, truthMs)));
    return this;
  }

  List<Labelled> all() {
    return List.copyOf(rows);
  }

  PerformanceQueries queries() {
    return queries("");
  }

  PerformanceQueries queries(String task) {
    return new PerformanceQueries(new MemoryColumns(this::all), this, () -> Map.of("m", task));
  }

  static Selection everything() {
    return new Selection("m", null, List.of(), Windows.whole(0, END_MS), TimeOf.PREDICTION);
  }

  static MeasureRules rules(Averaging averaging) {
    return new MeasureRules(averaging, 1, null, MeasureVariants.USUAL);
  }

  static Deadline deadline() {
    Clock clock = new FakeClock(0);
    return Deadline.in(Duration.ofMinutes(1), clock);
  }

  /// The measures of everything in one window.
  WindowScores whole(Averaging averaging) {
    return queries().performance(everything(), rules(averaging), deadline()).windows().getFirst();
  }

  static double value(WindowScores scores, String measure) {
    Measured found = scores.measures().get(measure);
    if (found instanceof Measured.Known(double value, _, _)) {
      return value;
    }
    throw new AssertionError(measure + " is " + found);
  }

  @Override
  public List<ModelSummary> models() {
    long labelled = rows.stream().filter(row -> row.truth() != null).count();
    long lastMs = rows.stream().mapToLong(row -> row.prediction().timeMs()).max().orElse(0);
    List<String> versions =
        rows.stream().map(row -> row.prediction().version()).distinct().sorted().toList();
    return List.of(new ModelSummary("m", versions, lastMs, rows.size(), labelled));
  }

  @Override
  public @Nullable Labelled find(String model, String id) {
    throw new UnsupportedOperationException("no question needs it");
  }

  @Override
  public List<GroundTruth> truths(String model, String id) {
    throw new UnsupportedOperationException("no question needs it");
  }

  @Override
  public Page list(Query query) {
    List<Labelled> fitting =
        rows.stream()
            .filter(row -> row.prediction().timeMs() >= query.startMs())
            .filter(row -> row.prediction().timeMs() < query.endMs())
            .toList();
    List<Labelled> ordered = query.falling() ? fitting.reversed() : fitting;
    return new Page(ordered.subList(0, Math.min(query.limit(), ordered.size())), null);
  }
}
