package dev.sightline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.alerting.rule.Condition;
import dev.sightline.alerting.rule.Condition.Breach;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.logql.eval.LogQueryEngine;
import dev.sightline.logql.eval.LogQueryLimits;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.query.QueryException;
import dev.sightline.script.memory.MemoryLogs;
import dev.sightline.testkit.FakeClock;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Rules watch log lines.
class LogqlConditionsTest {
  private static final long NOW_MS = 1_700_000_000_000L;

  private final MemoryLogs logs = new MemoryLogs();
  private final QueryPool pool = new QueryPool(QueryPool.Limits.DEFAULT);
  private final LogqlConditions conditions =
      new LogqlConditions(
          new LogQueryEngine(logs, LogQueryLimits.DEFAULT, new FakeClock(NOW_MS)), pool);

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void aBreachIsWhatTheExpressionYields() {
    LogBatch batch = new LogBatch();
    for (int i = 0; i < 3; i++) {
      byte[] line = (i == 0 ? "level=info" : "level=error").getBytes(StandardCharsets.UTF_8);
      batch.add(Labels.of("app", "a"), (NOW_MS - i) * 1_000_000, line, Labels.EMPTY);
    }
    logs.append(batch);
    Condition condition =
        conditions.read("sum by (app) (count_over_time({app=\"a\"}|=\"error\"[5m]))>1");
    assertThat(condition.text())
        .isEqualTo("sum by (app) (count_over_time({app=\"a\"} |= \"error\" [5m])) > 1");
    assertThat(condition.evaluate(NOW_MS)).containsExactly(new Breach(Labels.of("app", "a"), 2));
    assertThat(condition.evaluate(NOW_MS + 3_600_000)).isEmpty();
  }

  @Test
  void linesAreNoCondition() {
    assertThatThrownBy(() -> conditions.read("{app=\"a\"} |= \"error\""))
        .isInstanceOf(QueryException.BadQuery.class)
        .hasMessageContaining("a rule needs a number");
  }
}
