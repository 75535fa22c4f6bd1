package dev.sightline.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.logql.parse.RandomLogQuery;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.model.query.Answer;
import dev.sightline.model.query.LogAnswer;
import dev.sightline.model.query.LogQueries.Options;
import dev.sightline.model.query.LogQueries.Range;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.time.SystemClock;
import dev.sightline.script.memory.MemoryLogs;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LogQueryEngineTest {
  private static final long SECOND_NS = 1_000_000_000L;

  private final MemoryLogs logs = new MemoryLogs();

  private LogQueryEngine engine(LogQueryLimits limits) {
    return new LogQueryEngine(logs, limits, new FakeClock(0));
  }

  private void add(Labels stream, long timeNs, String line, Labels metadata) {
    LogBatch batch = new LogBatch();
    batch.add(stream, timeNs, line.getBytes(StandardCharsets.UTF_8), metadata);
    logs.append(batch);
  }

  private void addRandomLines(Random random, int count) {
    for (int i = 0; i < count; i++) {
      Labels stream = Labels.of("a", "b", "app", "x" + random.nextInt(3));
      Labels metadata =
          random.nextInt(3) == 0 ? Labels.of("level", "l" + random.nextInt(2)) : Labels.EMPTY;
      String line = "v=" + random.nextInt(10) + " w=" + random.nextInt(100) / 8.0 + " k=" + i % 4;
      add(stream, random.nextInt(200) * SECOND_NS / 2, line, metadata);
    }
  }

  private static Range range(long startS, long endS, long stepS) {
    return new Range(
        startS * SECOND_NS, endS * SECOND_NS, stepS * SECOND_NS, 0, 1_000, Direction.FORWARD);
  }

  private static Map<Labels, Map<Long, Double>> samples(LogAnswer answer) {
    Map<Labels, Map<Long, Double>> samples = new TreeMap<>();
    switch (((LogAnswer.Values) answer.result()).result()) {
      case Answer.Matrix(List<Answer.Series> series) -> {
        for (Answer.Series one : series) {
          for (int i = 0; i < one.samples().size(); i++) {
            samples
                .computeIfAbsent(one.labels(), _ -> new TreeMap<>())
                .put(one.samples().timestampMs(i), rounded(one.samples().value(i)));
          }
        }
      }
      case Answer.Vector(List<Answer.Point> points) -> {
        for (Answer.Point point : points) {
          samples
              .computeIfAbsent(point.labels(), _ -> new TreeMap<>())
              .put(point.timestampMs(), rounded(point.value()));
        }
      }
      case Answer.Scalar _, Answer.Text _ -> throw new IllegalStateException();
    }
    return samples;
  }

  private static double rounded(double value) {
    return Math.round(value * 1e9) / 1e9;
  }

  @Test
  void aRangeIsMadeOfItsMoments() {
    String[] functions = {
      "count_over_time(%s[%s])",
      "sum by (level) (rate(%s[%s]))",
      "sum_over_time(%s | logfmt w | unwrap w [%s])",
      "avg_over_time(%s | logfmt w, k | unwrap w [%s]) by (k)",
      "max_over_time(%s | logfmt v | unwrap v [%s]) by (app)",
      "min_over_time(%s | logfmt v | unwrap v [%s])",
      "stddev_over_time(%s | logfmt w | unwrap w [%s]) without (level)",
      "quantile_over_time(0.3, %s | logfmt w | unwrap w [%s]) by (level)",
      "bytes_over_time(%s |= \"5\" [%s] offset 3s)",
      "rate_counter(%s | logfmt v | unwrap v [%s])",
      "absent_over_time(%s[%s])"
    };
    String[] ranges = {"1s", "5s", "7s", "10s", "13s", "60s", "100s", "300s"};
    Seeds.check(
        400,
        seed -> {
          Random random = new Random(seed);
          logs.clear();
          addRandomLines(random, random.nextInt(60));
          String query =
              String.format(
                  functions[random.nextInt(functions.length)],
                  "{a=\"b\"}",
                  ranges[random.nextInt(ranges.length)]);
          LogQueryEngine engine = engine(LogQueryLimits.DEFAULT);
          long startS = random.nextInt(60);
          long stepS = 1 + random.nextInt(20);
          int count = 1 + random.nextInt(12);
          long endS = startS + stepS * (count - 1);
          Map<Labels, Map<Long, Double>> expected = new TreeMap<>();
          for (long at = startS; at <= endS; at += stepS) {
            samples(engine.instant(query, at * SECOND_NS, Options.DEFAULT))
                .forEach(
                    (labels, values) ->
                        expected.computeIfAbsent(labels, _ -> new TreeMap<>()).putAll(values));
          }
          assertThat(samples(engine.range(query, range(startS, endS, stepS), Options.DEFAULT)))
              .as("%s from %d to %d by %d", query, startS, endS, stepS)
              .isEqualTo(expected);
        });
  }

  @Test
  void aWindowCountsTheLinesThatLieInIt() {
    Seeds.check(
        300,
        seed -> {
          Random random = new Random(seed);
          logs.clear();
          addRandomLines(random, random.nextInt(60));
          long atS = random.nextInt(120);
          long rangeS = 1 + random.nextInt(120);
          LogQueryEngine engine = engine(LogQueryLimits.DEFAULT);
          Range inside = range(atS - rangeS, atS, 1);
          Range shifted =
              new Range(inside.startNs() + 1, inside.endNs() + 1, 1, 0, 1_000, Direction.BACKWARD);
          LogAnswer lines = engine.range("{a=\"b\"} |~ `v=[3-6]`", shifted, Options.DEFAULT);
          int expected = ((LogAnswer.Lines) lines.result()).entries().size();
          String count = "sum(count_over_time({a=\"b\"} |~ `v=[3-6]` [" + rangeS + "s]))";
          Map<Labels, Map<Long, Double>> counted =
              samples(engine.instant(count, atS * SECOND_NS, Options.DEFAULT));
          assertThat(counted)
              .isEqualTo(
                  expected == 0
                      ? Map.of()
                      : Map.of(Labels.EMPTY, Map.of(atS * 1_000, (double) expected)));
        });
  }

  @Test
  void anyQueryIsAnsweredOrRefused() {
    addRandomLines(new Random(1), 50);
    LogQueryEngine engine = engine(LogQueryLimits.DEFAULT);
    Seeds.check(
        3_000,
        seed -> {
          String query = new RandomLogQuery(new Random(seed)).any(3);
          try {
            assertThat(engine.range(query, range(0, 100, 10), Options.DEFAULT)).isNotNull();
          } catch (QueryException refused) {
            assertThat(refused).hasMessageNotContaining("BUG");
          }
        });
  }

  private void refused(LogQueryLimits limits, String query, Range range, String message) {
    assertThatThrownBy(() -> engine(limits).range(query, range, Options.DEFAULT))
        .isInstanceOf(QueryException.class)
        .hasMessage(message);
  }

  @Test
  void holdsItsLimits() {
    addRandomLines(new Random(1), 200);
    LogQueryLimits few = new LogQueryLimits(10, 2, Duration.ofMinutes(2), 100, 4_096);
    refused(
        few,
        "{a=\"b\"}",
        range(0, 10, 1),
        "max entries limit per query exceeded, limit > max_entries_limit_per_query (1000 > 10)");
    refused(
        few,
        "vector(1)",
        range(0, 121, 60),
        "the query time range exceeds the limit (query length: 2m1s, limit: 2m)");
    refused(
        few,
        "vector(1)",
        range(0, 101, 1),
        "exceeded maximum resolution of 100 points per time series. Try increasing the value of"
            + " the step parameter");
    refused(
        few,
        "sum by (k) (count_over_time({a=\"b\"} | logfmt [1m]))",
        range(60, 60, 60),
        "maximum number of series (2) reached for a single query; consider reducing query"
            + " cardinality by adding more specific stream selectors, reducing the time range, or"
            + " aggregating results with functions like sum(), count() or topk()");
    refused(
        few,
        "sum by (w) (count_over_time({a=\"b\"} | logfmt [1m]))",
        range(0, 100, 1),
        "the query would need more than the 0 MiB of memory that one may have; consider fewer"
            + " labels, a shorter range or a longer step");
  }

  @Test
  void endsWhenItsTimeIsUp() {
    Labels stream = Labels.of("a", "b");
    LogBatch batch = new LogBatch();
    byte[] line = "x".repeat(2_000).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 2_000; i++) {
      batch.add(stream, i, line, Labels.EMPTY);
    }
    logs.append(batch);
    LogQueryEngine engine = new LogQueryEngine(logs, LogQueryLimits.DEFAULT, new SystemClock());
    assertThatThrownBy(
            () -> engine.range("{a=\"b\"} |= \"y\"", range(0, 1, 1), new Options(Duration.ZERO)))
        .isInstanceOf(QueryException.TimedOut.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> engine.range("{a=\"b\"} |= \"y\"", range(0, 1, 1), Options.DEFAULT))
        .isInstanceOf(QueryException.Canceled.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void thinsLinesOut() {
    addRandomLines(new Random(1), 200);
    Range tenSeconds = new Range(0, 100 * SECOND_NS, 1, 10 * SECOND_NS, 100, Direction.BACKWARD);
    LogAnswer answer =
        engine(LogQueryLimits.DEFAULT).range("{a=\"b\"}", tenSeconds, Options.DEFAULT);
    List<LogAnswer.Entry> entries = ((LogAnswer.Lines) answer.result()).entries();
    assertThat(entries).hasSizeBetween(8, 10);
    for (int i = 1; i < entries.size(); i++) {
      assertThat(entries.get(i - 1).timestampNs() - entries.get(i).timestampNs())
          .isGreaterThanOrEqualTo(10 * SECOND_NS);
    }
  }
}
