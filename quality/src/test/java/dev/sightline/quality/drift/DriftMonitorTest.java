package dev.sightline.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SeriesSink;
import dev.sightline.model.series.Staleness;
import dev.sightline.quality.ModelRows;
import dev.sightline.quality.baseline.BaselineStore;
import dev.sightline.quality.baseline.WindowBaselines;
import dev.sightline.quality.integrity.IntegrityMonitor;
import dev.sightline.quality.integrity.IntegrityRules;
import dev.sightline.quality.monitor.Monitors;
import dev.sightline.quality.rows.SegmentBy;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriftMonitorTest {
  private static final long START_MS = 1_700_000_000_000L;

  private final FakeClock clock = new FakeClock(START_MS);
  private final ModelRows rows = new ModelRows();
  private Map<String, List<SegmentBy>> segments = Map.of();

  /// The newest value of each series, by its text.
  private final Map<String, Double> newest = new TreeMap<>();

  private Monitors start() {
    WindowBaselines baselines = rows.baselines();
    BaselineStore store =
        new BaselineStore(new SimulatedFileSystem(1), Path.of("/state/references"));
    References references =
        new References(baselines, store, () -> DriftOptions.DEFAULT.inAHurry(), clock);
    DriftMonitor monitor =
        new DriftMonitor(
            baselines,
            references,
            new IntegrityMonitor(() -> IntegrityRules.DEFAULT),
            () -> DriftOptions.DEFAULT.inAHurry(),
            () -> segments,
            clock);
    return Monitors.start(
        new Monitors.Parts(rows, this::keep, clock, clock, new MeterRegistry()),
        List.of(monitor),
        Duration.ofMinutes(1));
  }

  private SeriesSink.Outcome keep(SampleBatch batch, SeriesSink.Durability durability) {
    for (int sample = 0; sample < batch.size(); sample++) {
      newest.put(batch.labels(sample).toString(), batch.value(sample));
    }
    return new SeriesSink.Outcome(batch.size(), List.of(), 0);
  }

  /// A minute of rows, two a second.
  private void minute(Random random, boolean drifted) {
    for (int row = 0; row < 120; row++) {
      Map<String, Object> features = new LinkedHashMap<>();
      features.put("age", 40 + 10 * random.nextGaussian());
      features.put("income", Math.exp(random.nextGaussian()) + (drifted ? 1 : 0));
      features.put("channel", "c" + (int) Math.min(9, random.nextDouble() * 12));
      features.put("count", random.nextInt(4));
      features.put("text", sentence(random));
      rows.add(
          clock.nowMs() + row * 500L,
          features,
          random.nextInt(10) < 6 ? "yes" : "no",
          random.nextDouble(),
          random.nextInt(10) < 6 ? "yes" : "no");
    }
    clock.advance(Duration.ofMinutes(1));
  }

  /// One of some sentences, most of whose words are rare, as those of people are.
  private static String sentence(Random random) {
    Random words = new Random(random.nextInt(40));
    StringBuilder sentence = new StringBuilder();
    for (int word = 0; word < 10; word++) {
      sentence.append("w").append((int) Math.exp(8 * words.nextDouble())).append(' ');
    }
    return sentence.toString();
  }

  private List<String> drifted() {
    return newest.entrySet().stream()
        .filter(entry -> entry.getKey().contains("model_drift_verdict"))
        .filter(entry -> entry.getValue() == 2)
        .map(entry -> entry.getKey().replaceAll(".*feature=\"([^\"]*)\".*", "$1"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void rowsOfTheSameKindNeverDriftAndOthersNameTheirFeature(long seed) {
    Random random = new Random(seed);
    try (Monitors _ = start()) {
      for (int minute = 0; minute < 15; minute++) {
        minute(random, false);
        assertThat(drifted()).as("minute " + minute).isEmpty();
      }
      assertThat(newest).anySatisfy((name, _) -> assertThat(name).contains("model_drift_score"));
      for (int minute = 0; minute < 6; minute++) {
        minute(random, true);
      }
      assertThat(drifted()).containsExactly("income");
      clock.advance(Duration.ofMinutes(15));
      assertThat(drifted()).isEmpty();
      assertThat(newest.entrySet())
          .filteredOn(entry -> entry.getKey().contains("model_drift_score"))
          .allMatch(entry -> Staleness.isMarker(entry.getValue()));
    }
  }

  @Test
  void nothingIsSaidBeforeThereIsAReference() {
    try (Monitors _ = start()) {
      minute(new Random(1), false);
      assertThat(newest).isEmpty();
      minute(new Random(2), false);
      minute(new Random(3), false);
      assertThat(newest.keySet()).anyMatch(name -> name.contains("model_missing_ratio"));
    }
  }

  @Test
  void configuredSegmentsHaveSeriesOfTheirOwn() {
    segments = Map.of("m", List.of(SegmentBy.parse("side")));
    Random random = new Random(9);
    try (Monitors _ = start()) {
      for (int minute = 0; minute < 21; minute++) {
        for (int row = 0; row < 240; row++) {
          boolean left = row % 2 == 0;
          double age = 40 + 10 * random.nextGaussian() + (left && minute >= 15 ? 60 : 0);
          rows.add(
              clock.nowMs() + row * 250L,
              Map.of("age", age, "side", left ? "left" : "right"),
              "yes");
        }
        clock.advance(Duration.ofMinutes(1));
      }
      assertThat(newest.entrySet())
          .filteredOn(entry -> entry.getKey().contains("model_drift_verdict"))
          .filteredOn(entry -> entry.getKey().contains("feature=\"age\""))
          .filteredOn(entry -> entry.getKey().contains("segment="))
          .hasSize(2)
          .allMatch(entry -> (entry.getValue() == 2) == entry.getKey().contains("left"));
    }
  }
}
