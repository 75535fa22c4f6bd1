package dev.sightline.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sightline.model.label.Labels;
import dev.sightline.model.query.Answer;
import dev.sightline.model.query.MetricQueries.Options;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.series.Staleness;
import dev.sightline.model.time.SystemClock;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.eval.QueryEngine;
import dev.sightline.promql.eval.QueryLimits;
import dev.sightline.promql.parse.PromqlParser;
import dev.sightline.script.memory.MemorySeries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Asks the engine and [SlowEvaluator] the same random questions over the same random series.
///
/// More questions: `-Dtest.questions=10000`; the ones of a failure again: `-Dtest.seed=…`.
class DifferentialTest {
  private static final int QUESTIONS = Integer.getInteger("test.questions", 300);
  private static final long SEED = Long.getLong("test.seed", 1);
  private static final long END_MS = 1_800_000;
  private static final double TOLERANCE = 1e-7;

  @Test
  void engineAnswersAsTheDefinitionDoes() {
    int answered = 0;
    int failed = 0;
    for (long seed = SEED; seed < SEED + QUESTIONS; seed++) {
      Random random = new Random(seed);
      Map<Labels, NavigableMap<Long, Double>> data = data(random);
      String query = new RandomExpression(random).query();
      long startMs = random.nextInt((int) END_MS);
      int steps = 1 + random.nextInt(6);
      long stepMs = 1 + random.nextInt(240_000);
      String about = "-Dtest.seed=" + seed + ": " + query + " from " + startMs + " by " + stepMs;
      if (compare(data, query, startMs, stepMs, steps, about)) {
        answered++;
      } else {
        failed++;
      }
    }
    System.out.println("answered " + answered + ", failed alike " + failed);
    assertThat(answered).isGreaterThan(QUESTIONS / 2);
  }

  /// @return whether there is an answer
  private static boolean compare(
      Map<Labels, NavigableMap<Long, Double>> data,
      String query,
      long startMs,
      long stepMs,
      int steps,
      String about) {
    long endMs = startMs + stepMs * (steps - 1);
    Expr expr = PromqlParser.parse(query);
    Map<Labels, Map<Long, Double>> want = new HashMap<>();
    String wantFailure = null;
    try {
      SlowEvaluator slow = new SlowEvaluator(data, startMs, endMs);
      for (int i = 0; i < steps; i++) {
        long atMs = startMs + i * stepMs;
        slow.result(expr, atMs)
            .forEach(
                (labels, value) ->
                    want.computeIfAbsent(labels, _ -> new TreeMap<>()).put(atMs, value));
      }
    } catch (SlowEvaluator.Fails failure) {
      wantFailure = failure.getMessage();
    }
    try {
      Answer answer = engine(data).range(query, startMs, endMs, stepMs, Options.DEFAULT);
      if (wantFailure != null) {
        return fail(about + ": want the failure " + wantFailure + ", got an answer");
      }
      check(((Answer.Matrix) answer.result()).series(), want, about);
      return true;
    } catch (QueryException.Failed failure) {
      // Steps of a subquery that no window sees are evaluated all the same.
      boolean unseen = query.contains(":");
      if (wantFailure == null && !unseen) {
        return fail(about + ": " + failure.getMessage());
      }
      return false;
    }
  }

  private static void check(
      List<Answer.Series> got, Map<Labels, Map<Long, Double>> want, String about) {
    List<Labels> labels = new ArrayList<>(want.keySet());
    labels.sort(null);
    assertThat(got.stream().map(Answer.Series::labels).toList()).as(about).isEqualTo(labels);
    for (Answer.Series series : got) {
      Map<Long, Double> expected = want.getOrDefault(series.labels(), Map.of());
      assertThat(series.samples().size()).as(about + series.labels()).isEqualTo(expected.size());
      for (int i = 0; i < series.samples().size(); i++) {
        long atMs = series.samples().timestampMs(i);
        Double value = expected.get(atMs);
        boolean same = value != null && same(value, series.samples().value(i));
        assertThat(same)
            .as(
                "%s %s at %d: want %s, got %s",
                about, series.labels(), atMs, value, series.samples().value(i))
            .isTrue();
      }
    }
  }

  private static boolean same(double want, double got) {
    if (Double.isNaN(want) || Double.isInfinite(want)) {
      return Double.compare(want, got) == 0 || (Double.isNaN(want) && Double.isNaN(got));
    }
    return Math.abs(want - got) <= TOLERANCE * (1 + Math.abs(want) + Math.abs(got));
  }

  private static QueryEngine engine(Map<Labels, NavigableMap<Long, Double>> data) {
    MemorySeries series = new MemorySeries();
    data.forEach(
        (labels, samples) -> samples.forEach((timeMs, value) -> series.add(labels, timeMs, value)));
    return new QueryEngine(series, QueryLimits.DEFAULT, new SystemClock());
  }

  /// Counters that start anew and gauges, with gaps, ends, and values that are no numbers.
  private static Map<Labels, NavigableMap<Long, Double>> data(Random random) {
    Map<Labels, NavigableMap<Long, Double>> data = new TreeMap<>();
    for (String name : List.of("up_total", "temperature")) {
      for (String a : List.of("x", "y")) {
        for (String b : List.of("1", "2")) {
          Labels labels = Labels.of("__name__", name, "a", a, "b", b);
          data.put(labels, samples(random, name.endsWith("_total")));
        }
      }
    }
    return data;
  }

  private static NavigableMap<Long, Double> samples(Random random, boolean counter) {
    NavigableMap<Long, Double> samples = new TreeMap<>();
    double value = random.nextInt(50);
    long timeMs = random.nextInt(120_000);
    while (timeMs < END_MS) {
      value = counter ? value + random.nextDouble() * 10 : random.nextGaussian() * 20;
      switch (random.nextInt(40)) {
        case 0 -> timeMs += 400_000;
        case 1 -> samples.put(timeMs, Staleness.MARKER);
        case 2 -> value = counter ? random.nextDouble() : Double.NaN;
        default -> samples.put(timeMs, value);
      }
      timeMs += 10_000 + random.nextInt(30_000);
    }
    return samples;
  }
}
