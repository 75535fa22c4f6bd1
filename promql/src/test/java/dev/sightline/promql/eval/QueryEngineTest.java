package dev.sightline.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.query.Answer;
import dev.sightline.model.query.MetricQueries.Options;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.query.RunningQueries;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.SeriesSource;
import dev.sightline.model.time.Clock;
import dev.sightline.script.memory.MemorySeries;
import dev.sightline.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryEngineTest {
  private final MemorySeries series = new MemorySeries();
  private final QueryEngine engine = new QueryEngine(series, QueryLimits.DEFAULT, new FakeClock(0));

  private void load(int seriesCount, int samples) {
    for (int i = 0; i < seriesCount; i++) {
      Labels labels = Labels.of("__name__", "requests_total", "instance", "i" + i, "job", "scorer");
      for (int t = 0; t <= samples; t++) {
        series.add(labels, t * 15_000L, t * (i + 1.0));
      }
    }
  }

  @Test
  void answersAtAMoment() {
    load(2, 40);
    Answer answer =
        engine.instant("sum by (job) (rate(requests_total[1m]))", 300_000, Options.DEFAULT);
    assertThat(answer.result())
        .isEqualTo(
            new Answer.Vector(
                List.of(new Answer.Point(Labels.of("job", "scorer"), 300_000, 3 / 15.0))));
    assertThat(answer.warnings()).isEmpty();
    assertThat(engine.instant("2 + 2", 7, Options.DEFAULT).result())
        .isEqualTo(new Answer.Scalar(7, 4));
    assertThat(engine.instant("'text'", 7, Options.DEFAULT).result())
        .isEqualTo(new Answer.Text(7, "text"));
  }

  @Test
  void answersOverARangeSortedByLabels() {
    load(3, 40);
    Answer.Matrix matrix =
        (Answer.Matrix)
            engine.range("-requests_total", 0, 60_000, 30_000, Options.DEFAULT).result();
    assertThat(matrix.series())
        .extracting(s -> s.labels().get("instance"))
        .containsExactly("i0", "i1", "i2");
    Answer.Series last = matrix.series().getLast();
    assertThat(last.labels().metricName()).isNull();
    assertThat(last.samples().size()).isEqualTo(3);
    assertThat(last.samples().timestampMs(2)).isEqualTo(60_000);
    assertThat(last.samples().value(2)).isEqualTo(-12);
  }

  @Test
  void refusesMoreStepsThanTheLimit() {
    assertThatThrownBy(() -> engine.range("1", 0, 11_001, 1, Options.DEFAULT))
        .isInstanceOf(QueryException.BadQuery.class)
        .hasMessage(
            "exceeded maximum resolution of 11,000 points per timeseries."
                + " Try decreasing the query resolution (?step=XX)");
    assertThatThrownBy(() -> engine.range("1", 0, 1, 0, Options.DEFAULT))
        .isInstanceOf(QueryException.BadQuery.class);
    assertThatThrownBy(() -> engine.range("requests_total[5m]", 0, 1, 1, Options.DEFAULT))
        .hasMessage(
            "invalid expression type \"range vector\" for range query, must be Scalar or instant"
                + " Vector");
  }

  @Test
  void refusesToLoadMoreSamplesThanTheLimit() {
    load(10, 40);
    QueryEngine small =
        new QueryEngine(series, QueryLimits.DEFAULT.withSamples(100), new FakeClock(0));
    assertThatThrownBy(
            () -> small.instant("sum(rate(requests_total[5m]))", 600_000, Options.DEFAULT))
        .isInstanceOf(QueryException.LimitExceeded.class)
        .hasMessageContaining("too many samples");
    assertThatThrownBy(
            () -> small.instant("max_over_time(vector(1)[100y:1ms])", 600_000, Options.DEFAULT))
        .isInstanceOf(QueryException.LimitExceeded.class);
  }

  @Test
  void manySeriesAreReadAheadInOrder() {
    load(500, 40);
    Answer.Matrix all =
        (Answer.Matrix)
            engine.range("requests_total + 0", 0, 60_000, 30_000, Options.DEFAULT).result();
    assertThat(all.series()).hasSize(500);
    for (Answer.Series one : all.series()) {
      int number = Integer.parseInt(one.labels().get("instance").substring(1));
      assertThat(one.samples().value(2)).isEqualTo(4 * (number + 1));
    }
    assertThat(engine.instant("count(requests_total)", 0, Options.DEFAULT).result())
        .isEqualTo(new Answer.Vector(List.of(new Answer.Point(Labels.EMPTY, 0, 500))));
  }

  @Test
  void whatFailsWhileReadingAheadFailsTheQuery() {
    load(500, 40);
    int[] open = {0};
    SeriesSource broken =
        new ForwardingSource(series) {
          @Override
          public Selection select(List<Matcher> matchers, long startMs, long endMs) {
            open[0]++;
            return new BreakingSelection(super.select(matchers, startMs, endMs), 300, open);
          }
        };
    QueryEngine engine = new QueryEngine(broken, QueryLimits.DEFAULT, new FakeClock(0));
    assertThatThrownBy(() -> engine.instant("sum(requests_total)", 0, Options.DEFAULT))
        .isInstanceOf(QueryException.Failed.class)
        .hasMessage("series 300 cannot be read");
    assertThat(open[0]).as("selections that are open").isZero();
    // What fails where the values are used ends the reading, too.
    QueryEngine small =
        new QueryEngine(broken, QueryLimits.DEFAULT.withSamples(50), new FakeClock(0));
    assertThatThrownBy(() -> small.instant("sum(requests_total)", 0, Options.DEFAULT))
        .isInstanceOf(QueryException.LimitExceeded.class);
    assertThat(open[0]).isZero();
  }

  @Test
  void refusesToHoldMoreMemoryThanTheLimit() {
    load(100, 40);
    QueryEngine small =
        new QueryEngine(series, QueryLimits.DEFAULT.withBytes(50_000), new FakeClock(0));
    // A sum needs the memory of one series, a join that of all.
    small.range("sum(requests_total)", 0, 600_000, 10_000, Options.DEFAULT);
    for (String query :
        List.of(
            "requests_total",
            "requests_total / requests_total",
            "topk(90, requests_total)",
            "sum by (instance) (requests_total)",
            "quantile(0.5, requests_total)",
            "label_replace(requests_total, 'x', '$1', 'instance', '(.*)')")) {
      assertThatThrownBy(() -> small.range(query, 0, 600_000, 10_000, Options.DEFAULT))
          .as(query)
          .isInstanceOf(QueryException.LimitExceeded.class)
          .hasMessage("query needs more than 50000 bytes of memory, which is the limit");
    }
  }

  @Test
  void refusesSelectorsThatFindTooManySeries() {
    load(5, 1);
    QueryLimits few = new QueryLimits(1_000, 4, 1 << 20, 100, Duration.ofMinutes(1));
    assertThatThrownBy(
            () ->
                new QueryEngine(series, few, new FakeClock(0))
                    .instant("count({__name__=~'.+'})", 0, Options.DEFAULT))
        .isInstanceOf(QueryException.LimitExceeded.class)
        .hasMessage("a selector finds 5 series (the limit is 4)");
  }

  @Test
  void queriesAreListedAndCanBeEnded() {
    load(1, 4);
    FakeClock time = new FakeClock(5_000);
    RunningQueries[] running = new RunningQueries[1];
    List<RunningQueries.Running> seen = new ArrayList<>();
    SeriesSource endsItsQuery =
        new ForwardingSource(series) {
          @Override
          public Selection select(List<Matcher> matchers, long startMs, long endMs) {
            seen.addAll(running[0].running());
            assertThat(running[0].end(seen.getFirst().id())).isTrue();
            return super.select(matchers, startMs, endMs);
          }
        };
    QueryEngine engine = new QueryEngine(endsItsQuery, QueryLimits.DEFAULT, time);
    running[0] = engine.running();
    assertThatThrownBy(() -> engine.instant("requests_total", 0, Options.DEFAULT))
        .isInstanceOf(QueryException.Canceled.class);
    assertThat(seen).containsExactly(new RunningQueries.Running(1, "requests_total", 5_000));
    assertThat(engine.running().running()).isEmpty();
    assertThat(engine.running().end(1)).isFalse();
  }

  @Test
  void saysWhatAnAnswerTook() {
    load(3, 40);
    Answer answer = engine.instant("sum(rate(requests_total[5m]))", 600_000, Options.DEFAULT);
    assertThat(answer.cost().samples()).isEqualTo(60);
    assertThat(answer.cost().heldBytes()).isPositive();
  }

  @Test
  void stopsWhenTheTimeIsUp() {
    load(3, 40);
    FakeClock time = new FakeClock(0);
    Clock hurrying =
        new Clock() {
          @Override
          public long nowMs() {
            return time.nowMs();
          }

          @Override
          public long monotonicNs() {
            time.advance(Duration.ofSeconds(1));
            return time.monotonicNs();
          }
        };
    QueryEngine engine = new QueryEngine(series, QueryLimits.DEFAULT, hurrying);
    Options options = new Options(Duration.ofSeconds(2), Duration.ofMinutes(5));
    assertThatThrownBy(
            () -> engine.range("requests_total + requests_total", 0, 60_000_000, 6_000, options))
        .isInstanceOf(QueryException.TimedOut.class)
        .hasMessage("query timed out in expression evaluation");
  }

  @Test
  void stopsWhenItsThreadIsInterrupted() {
    load(1, 4);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> engine.instant("requests_total", 0, Options.DEFAULT))
          .isInstanceOf(QueryException.Canceled.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /// A source that asks another.
  private static class ForwardingSource implements SeriesSource {
    private final SeriesSource source;

    ForwardingSource(SeriesSource source) {
      this.source = source;
    }

    @Override
    public Selection select(List<Matcher> matchers, long startMs, long endMs) {
      return source.select(matchers, startMs, endMs);
    }

    @Override
    public List<Labels> series(List<Matcher> matchers, long startMs, long endMs) {
      return source.series(matchers, startMs, endMs);
    }

    @Override
    public List<String> labelNames(List<Matcher> matchers, long startMs, long endMs) {
      return source.labelNames(matchers, startMs, endMs);
    }

    @Override
    public List<String> labelValues(String name, List<Matcher> matchers, long startMs, long endMs) {
      return source.labelValues(name, matchers, startMs, endMs);
    }
  }

  /// A selection of which one series cannot be read.
  private record BreakingSelection(SeriesSource.Selection selection, int broken, int[] open)
      implements SeriesSource.Selection {
    @Override
    public List<? extends SeriesSource.SelectedSeries> series() {
      List<SeriesSource.SelectedSeries> all = new ArrayList<>(selection.series());
      SeriesSource.SelectedSeries whole = all.get(broken);
      all.set(
          broken,
          new SeriesSource.SelectedSeries() {
            @Override
            public Labels labels() {
              return whole.labels();
            }

            @Override
            public void read(SampleColumns into) {
              throw new QueryException.Failed("series " + broken + " cannot be read");
            }
          });
      return all;
    }

    @Override
    public void close() {
      open[0]--;
      selection.close();
    }
  }
}
