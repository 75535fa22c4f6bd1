package dev.sightline.quality.performance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.meter.MeterSample;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SeriesSink;
import dev.sightline.model.series.Staleness;
import dev.sightline.quality.rows.SegmentBy;
import dev.sightline.quality.rows.TimeOf;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.MemoryColumns;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScoreSeriesTest {
  private static final long START_MS = 1_700_000_000_000L;

  private final FakeClock clock = new FakeClock(START_MS);
  private final Rows rows = new Rows();
  private final MeterRegistry meters = new MeterRegistry();

  private Map<String, List<SegmentBy>> segments = Map.of();

  /// The newest value of each series, by its text.
  private final Map<String, Double> newest = new TreeMap<>();

  private ScoreSeries start(ScoreOptions options) {
    MemoryColumns columns = new MemoryColumns(rows::all);
    return ScoreSeries.start(
        new ScoreSeries.Parts(
            columns, rows, Map::of, () -> segments, this::keep, clock, clock, meters),
        () -> options);
  }

  private SeriesSink.Outcome keep(SampleBatch batch, SeriesSink.Durability durability) {
    for (int sample = 0; sample < batch.size(); sample++) {
      assertThat(batch.timestampMs(sample)).isEqualTo(clock.nowMs());
      newest.put(batch.labels(sample).toString(), batch.value(sample));
    }
    return new SeriesSink.Outcome(batch.size(), List.of(), 0);
  }

  private void add(int count, String output, String truth) {
    for (int row = 0; row < count; row++) {
      Datum known = truth.isEmpty() ? null : new Datum.Text(truth);
      rows.add(clock.nowMs(), new Datum.Text(output), known, 0, Map.of(), Map.of());
    }
  }

  private Double value(String name, String... labels) {
    Labels wanted =
        Labels.of(labels).with("__name__", name).with("model", "m").with("version", "1");
    return newest.get(wanted.toString());
  }

  private long computed() {
    return meters.read().stream()
        .filter(family -> family.name().equals("sightline_quality_windows_total"))
        .flatMap(family -> family.samples().stream())
        .mapToLong(sample -> (long) sample.value())
        .sum();
  }

  @Test
  void measuresOfEachVersionBecomeSeriesWithTheirCounts() {
    add(30, "a", "a");
    add(10, "a", "b");
    add(10, "b", "b");
    add(50, "b", "");
    try (ScoreSeries _ = start(ScoreOptions.DEFAULT)) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(value("model_samples", "window", "1h")).isEqualTo(100);
      assertThat(value("model_labelled", "window", "1d")).isEqualTo(50);
      assertThat(value("model_labelled_ratio", "window", "1h")).isEqualTo(0.5);
      assertThat(value("model_accuracy", "window", "1h")).isEqualTo(0.8);
      assertThat(value("model_accuracy_low", "window", "1h")).isBetween(0.6, 0.8);
      assertThat(value("model_precision", "window", "1h", "average", "macro")).isEqualTo(0.875);
      assertThat(value("model_recall", "window", "1h", "class", "a")).isEqualTo(1);
      // Ten rows are not enough for the precision of a class.
      assertThat(value("model_precision", "window", "1h", "class", "b")).isNull();
    }
  }

  @Test
  void truthsThatAreLateHaveSeriesByTheirOwnTime() {
    for (int row = 0; row < 40; row++) {
      rows.add(
          START_MS - Duration.ofHours(3).toMillis(),
          new Datum.Text("a"),
          new Datum.Text(row < 30 ? "a" : "b"),
          START_MS,
          Map.of(),
          Map.of());
    }
    ScoreOptions both =
        new ScoreOptions(
            Map.of("1h", Duration.ofHours(1)),
            Set.of(TimeOf.PREDICTION, TimeOf.TRUTH),
            30,
            Duration.ofMinutes(1));
    try (ScoreSeries _ = start(both)) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(value("model_accuracy", "window", "1h")).isNull();
      assertThat(value("model_accuracy", "window", "1h", "time", "truth")).isEqualTo(0.75);
      clock.advance(Duration.ofHours(1));
      assertThat(Staleness.isMarker(value("model_accuracy", "window", "1h", "time", "truth")))
          .isTrue();
    }
  }

  @Test
  void rankingsHaveSeriesOfEachPlace() {
    for (int row = 0; row < 40; row++) {
      rows.add(
          clock.nowMs(),
          new Datum.Items(List.of(new Datum.Text("x"), new Datum.Text("y"))),
          new Datum.Items(List.of(new Datum.Text(row % 2 == 0 ? "x" : "y"))),
          0,
          Map.of(),
          Map.of());
    }
    try (ScoreSeries _ = start(ScoreOptions.DEFAULT)) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(value("model_mrr", "window", "1h")).isEqualTo(0.75);
      assertThat(value("model_hit_rate", "window", "1h", "k", "1")).isEqualTo(0.5);
      assertThat(value("model_recall_low", "window", "1h", "k", "1")).isBetween(0.3, 0.4);
      assertThat(value("model_labelled", "window", "1h")).isEqualTo(40);
    }
  }

  @Test
  void textsHaveNoTruthThatCouldBeLate() {
    for (int row = 0; row < 40; row++) {
      Map<String, Datum> output = Map.of("finish_reason", new Datum.Text("stop"));
      rows.add(clock.nowMs(), new Datum.Fields(output), null, 0, Map.of(), Map.of());
    }
    try (ScoreSeries _ = start(ScoreOptions.DEFAULT)) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(value("model_samples", "window", "1h")).isEqualTo(40);
      assertThat(value("model_labelled_ratio", "window", "1h")).isNull();
    }
  }

  @Test
  void aSeriesEndsWhereThereAreTooFewRowsAndIsNeverZero() {
    add(29, "a", "a");
    try (ScoreSeries _ = start(ScoreOptions.DEFAULT)) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(value("model_accuracy", "window", "1h")).isNull();
      assertThat(value("model_samples", "window", "1h")).isEqualTo(29);
      add(1, "a", "a");
      clock.advance(Duration.ofMinutes(1));
      assertThat(value("model_accuracy", "window", "1h")).isEqualTo(1);
      clock.advance(Duration.ofMinutes(59));
      assertThat(Staleness.isMarker(value("model_accuracy", "window", "1h"))).isTrue();
      assertThat(value("model_accuracy", "window", "1d")).isEqualTo(1);
      clock.advance(Duration.ofDays(1));
      assertThat(Staleness.isMarker(value("model_samples", "window", "1d"))).isTrue();
    }
  }

  @Test
  void nothingIsComputedAgainUnlessItMayHaveChanged() {
    add(40, "a", "a");
    try (ScoreSeries _ = start(ScoreOptions.DEFAULT)) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(computed()).isEqualTo(2);
      clock.advance(Duration.ofMinutes(9));
      assertThat(computed()).isEqualTo(2);
      assertThat(value("model_accuracy", "window", "1h")).isEqualTo(1);
      add(40, "a", "b");
      clock.advance(Duration.ofMinutes(1));
      assertThat(computed()).isEqualTo(4);
      assertThat(value("model_accuracy", "window", "1h")).isEqualTo(0.5);
    }
  }

  @Test
  void numbersHaveSeriesOfTheirErrors() {
    for (int row = 0; row < 40; row++) {
      rows.add(
          clock.nowMs(), new Datum.Amount(row + 0.5), new Datum.Amount(row), 0, Map.of(), Map.of());
    }
    try (ScoreSeries _ = start(ScoreOptions.DEFAULT)) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(value("model_mae", "window", "1h")).isEqualTo(0.5);
      assertThat(value("model_accuracy", "window", "1h")).isNull();
    }
  }

  private void add(int count, String country, String device, String output, String truth) {
    for (int row = 0; row < count; row++) {
      Map<String, Datum> features = new HashMap<>();
      features.put("country", new Datum.Text(country));
      if (!device.isEmpty()) {
        features.put("device", new Datum.Text(device));
      }
      rows.add(clock.nowMs(), new Datum.Text(output), new Datum.Text(truth), 0, Map.of(), features);
    }
  }

  @Test
  void configuredSegmentsHaveTheSameSeries() {
    segments = Map.of("m", List.of(SegmentBy.parse("country"), SegmentBy.parse("country, device")));
    add(30, "ES", "phone", "a", "a");
    add(10, "ES", "", "a", "b");
    add(40, "D\"E", "phone", "b", "b");
    try (ScoreSeries _ = start(ScoreOptions.DEFAULT)) {
      clock.advance(Duration.ofMinutes(1));
      String spain = "country=\"ES\"";
      assertThat(value("model_accuracy", "window", "1h", "segment", spain)).isEqualTo(0.75);
      assertThat(value("model_samples", "window", "1h", "segment", spain)).isEqualTo(40);
      assertThat(value("model_accuracy_low", "window", "1h", "segment", spain)).isLessThan(0.75);
      assertThat(value("model_accuracy", "window", "1d", "segment", "country=\"D\\\"E\""))
          .isEqualTo(1);
      // Rows without a device belong to no combination.
      assertThat(value("model_samples", "window", "1h", "segment", spain + ",device=\"phone\""))
          .isEqualTo(30);
      assertThat(value("model_accuracy", "window", "1h")).isEqualTo(0.875);
      segments = Map.of();
      clock.advance(Duration.ofMinutes(1));
      assertThat(Staleness.isMarker(value("model_accuracy", "window", "1h", "segment", spain)))
          .isTrue();
    }
  }

  @Test
  void theMostFrequentSegmentsHaveSeriesOfMany() {
    segments = Map.of("m", List.of(SegmentBy.parse("country")));
    for (int country = 0; country < 60; country++) {
      add(1 + country, "c" + country, "", "a", "a");
    }
    try (ScoreSeries _ = start(ScoreOptions.DEFAULT)) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(value("model_samples", "window", "1h", "segment", "country=\"c9\"")).isNull();
      assertThat(value("model_samples", "window", "1h", "segment", "country=\"c10\""))
          .isEqualTo(11);
      assertThat(newest.keySet().stream().filter(text -> text.contains("model_samples")))
          .hasSize(2 * (SegmentPasses.MOST_SEGMENTS + 1));
    }
  }

  @Test
  void segmentsThatAreTooManyToCountDoNotHarmTheWhole() {
    segments = Map.of("m", List.of(SegmentBy.parse("country")));
    for (int row = 0; row < 600; row++) {
      add(1, "c" + row, "", "class" + row % 150, "class" + row % 150);
    }
    try (ScoreSeries _ = start(ScoreOptions.DEFAULT)) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(value("model_accuracy", "window", "1h")).isEqualTo(1);
      assertThat(newest.keySet()).noneMatch(text -> text.contains("segment"));
    }
  }

  @Test
  void aModelThatCannotBeMeasuredHarmsNoOther() {
    for (int row = 0; row <= ClassCodes.MOST; row++) {
      add(1, "class" + row, "a");
    }
    try (ScoreSeries _ = start(ScoreOptions.DEFAULT)) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(newest).isEmpty();
      assertThat(
              meters.read().stream()
                  .filter(family -> family.name().equals("sightline_quality_failures_total"))
                  .flatMap(family -> family.samples().stream())
                  .map(MeterSample::value))
          .containsExactly(2.0);
    }
  }
}
