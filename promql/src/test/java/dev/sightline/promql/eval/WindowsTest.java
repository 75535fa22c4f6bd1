package dev.sightline.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.label.Labels;
import dev.sightline.model.query.Answer;
import dev.sightline.model.query.MetricQueries.Options;
import dev.sightline.model.series.Staleness;
import dev.sightline.script.memory.MemorySeries;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Windows that move against windows that are cut out anew at each step.
class WindowsTest {
  private static final Labels LABELS = Labels.of("__name__", "x", "job", "j");

  private final Map<String, ToDoubleFunction<double[]>> definitions =
      Map.of(
          "count_over_time", values -> values.length,
          "sum_over_time", values -> Arrays.stream(values).sum(),
          "avg_over_time", values -> Arrays.stream(values).sum() / values.length,
          "min_over_time", values -> Arrays.stream(values).min().orElseThrow(),
          "max_over_time", values -> Arrays.stream(values).max().orElseThrow(),
          "last_over_time", values -> values[values.length - 1],
          "first_over_time", values -> values[0],
          "stdvar_over_time", WindowsTest::variance,
          "changes", values -> pairs(values, false),
          "resets", values -> pairs(values, true));

  @Test
  void functionsSeeExactlyTheSamplesOfEachStep() {
    Seeds.check(300, this::checkSeed);
  }

  private void checkSeed(long seed) {
    Random random = new Random(seed);
    TreeMap<Long, Double> samples = new TreeMap<>();
    MemorySeries source = new MemorySeries();
    long timeMs = random.nextInt(100);
    for (int i = random.nextInt(60); i >= 0; i--) {
      double value =
          random.nextInt(8) == 0
              ? Staleness.MARKER
              : random.nextInt(12) == 0 ? -0.0 : random.nextInt(20) - 5;
      samples.put(timeMs, value);
      source.add(LABELS, timeMs, value);
      timeMs += 1 + random.nextInt(30);
    }
    QueryEngine engine = new QueryEngine(source, QueryLimits.DEFAULT, new FakeClock(0));
    long rangeMs = 1 + random.nextInt(200);
    long offsetMs = random.nextInt(100) - 50;
    long stepMs = 1 + random.nextInt(50);
    long startMs = random.nextInt(200) - 100;
    definitions.forEach(
        (function, definition) -> {
          String query = function + "(x[" + rangeMs + "ms] offset " + offsetMs + "ms)";
          Map<Long, Double> want = new TreeMap<>();
          for (long now = startMs; now <= startMs + 1_000; now += stepMs) {
            double[] window =
                samples
                    .subMap(now - offsetMs - rangeMs, false, now - offsetMs, true)
                    .values()
                    .stream()
                    .mapToDouble(Double::doubleValue)
                    .filter(value -> !Staleness.isMarker(value))
                    .toArray();
            if (window.length > 0) {
              want.put(now, definition.applyAsDouble(window));
            }
          }
          check(
              query, want, engine.range(query, startMs, startMs + 1_000, stepMs, Options.DEFAULT));
        });
  }

  private static void check(String query, Map<Long, Double> want, Answer answer) {
    List<Answer.Series> series = ((Answer.Matrix) answer.result()).series();
    assertThat(series).as(query).hasSize(want.isEmpty() ? 0 : 1);
    List<Long> times = new ArrayList<>();
    for (Answer.Series one : series) {
      for (int i = 0; i < one.samples().size(); i++) {
        times.add(one.samples().timestampMs(i));
        assertThat(one.samples().value(i))
            .as("%s at %d", query, one.samples().timestampMs(i))
            .isCloseTo(
                want.getOrDefault(one.samples().timestampMs(i), Double.NaN), Offset.offset(1e-9));
      }
    }
    assertThat(times).as(query).containsExactlyElementsOf(want.keySet());
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
  }

  private static double pairs(double[] values, boolean falling) {
    int count = 0;
    for (int i = 1; i < values.length; i++) {
      count += (falling ? values[i] < values[i - 1] : values[i] != values[i - 1]) ? 1 : 0;
    }
    return count;
  }
}
