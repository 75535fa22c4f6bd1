package dev.sightline.quality;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.quality.baseline.WindowBaselines;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.MemoryColumns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Predictions of model `m` in memory.
public final class ModelRows implements PredictionSource {
  private final List<Labelled> rows = new ArrayList<>();

  /// @param features by name: numbers, texts, flags or data
  public ModelRows add(long timeMs, Map<String, ?> features, Object output) {
    return add(timeMs, features, output, null, null);
  }

  /// @param confidence null for none
  /// @param truth null for none
  public ModelRows add(
      long timeMs,
      Map<String, ?> features,
      Object output,
      @Nullable Double confidence,
      @Nullable Object truth) {
    String id = "id" + rows.size();
    Map<String, Datum> data = new LinkedHashMap<>();
    features.forEach((name, value) -> data.put(name, datum(value)));
    Prediction prediction =
        new Prediction(
            id, "m", "1", timeMs, data, datum(output), confidence, Map.of(), null, Map.of());
    rows.add(
        new Labelled(
            prediction, truth == null ? null : new GroundTruth("m", id, datum(truth), timeMs)));
    return this;
  }

  private static Datum datum(Object value) {
    return switch (value) {
      case Datum datum -> datum;
      case Number number -> new Datum.Amount(number.doubleValue());
      case Boolean flag -> new Datum.Flag(flag);
      default -> new Datum.Text(value.toString());
    };
  }

  public void clear() {
    rows.clear();
  }

  public MemoryColumns columns() {
    return new MemoryColumns(() -> List.copyOf(rows));
  }

  public WindowBaselines baselines() {
    return new WindowBaselines(columns(), this, Map::of);
  }

  public static Deadline deadline() {
    return Deadline.in(Duration.ofMinutes(1), new FakeClock(0));
  }

  @Override
  public List<ModelSummary> models() {
    long labelled = rows.stream().filter(row -> row.truth() != null).count();
    long lastMs = rows.stream().mapToLong(row -> row.prediction().timeMs()).max().orElse(0);
    return rows.isEmpty()
        ? List.of()
        : List.of(new ModelSummary("m", List.of("1"), lastMs, rows.size(), labelled));
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
    Comparator<Labelled> byTime = Comparator.comparingLong(row -> row.prediction().timeMs());
    List<Labelled> fitting =
        rows.stream()
            .filter(row -> row.prediction().timeMs() >= query.startMs())
            .filter(row -> row.prediction().timeMs() < query.endMs())
            .filter(row -> query.version() == null || query.version().equals("1"))
            .sorted(query.falling() ? byTime.reversed() : byTime)
            .toList();
    return new Page(fitting.subList(0, Math.min(query.limit(), fitting.size())), null);
  }
}
