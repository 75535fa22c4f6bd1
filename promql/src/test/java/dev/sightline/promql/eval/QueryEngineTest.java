package dev.sightline.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.label.Labels;
import dev.sightline.model.query.Answer;
import dev.sightline.model.query.MetricQueries.Options;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.time.Clock;
import dev.sightline.script.memory.MemorySeries;
import dev.sightline.testkit.FakeClock;
import java.time.Duration;
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
        new QueryEngine(
            series, new QueryLimits(100, 11_000, Duration.ofMinutes(1)), new FakeClock(0));
    assertThatThrownBy(
            () -> small.instant("sum(rate(requests_total[5m]))", 600_000, Options.DEFAULT))
        .isInstanceOf(QueryException.LimitExceeded.class)
        .hasMessageContaining("too many samples");
    assertThatThrownBy(
            () -> small.instant("max_over_time(vector(1)[100y:1ms])", 600_000, Options.DEFAULT))
        .isInstanceOf(QueryException.LimitExceeded.class);
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
}
