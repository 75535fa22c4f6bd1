package dev.sightline.server;

import dev.sightline.alerting.rule.Condition;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.Answer;
import dev.sightline.model.query.MetricQueries;
import dev.sightline.model.query.MetricQueries.Options;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.time.Clock;
import dev.sightline.promql.parse.Printer;
import dev.sightline.promql.parse.PromqlParser;
import dev.sightline.template.TemplateFunction.Refusal;
import dev.sightline.template.function.TemplateQueries;
import java.util.List;

/// Hangs PromQL on the rules: their conditions, and the queries in their texts.
///
/// Queries of rules have threads of their own, so that queries of people do not hold them up.
final class PromqlConditions implements Condition.Language, TemplateQueries {
  private final MetricQueries queries;
  private final QueryPool pool;
  private final Clock clock;

  PromqlConditions(MetricQueries queries, QueryPool pool, Clock clock) {
    this.queries = queries;
    this.pool = pool;
    this.clock = clock;
  }

  @Override
  public Condition read(String expression) {
    return new Promql(expression, Printer.print(PromqlParser.parse(expression)));
  }

  @Override
  public List<Element> query(String expression) {
    try {
      return breaches(expression, clock.nowMs()).stream()
          .map(breach -> new Element(breach.labels(), breach.value()))
          .toList();
    } catch (QueryException failure) {
      throw new Refusal(String.valueOf(failure.getMessage()));
    }
  }

  private List<Condition.Breach> breaches(String expression, long atMs) {
    Answer answer;
    try {
      answer = pool.run(() -> queries.instant(expression, atMs, Options.DEFAULT));
    } catch (ApiException overloaded) {
      throw new QueryException.TimedOut(String.valueOf(overloaded.getMessage()));
    }
    return switch (answer.result()) {
      case Answer.Vector vector -> vector.points().stream().map(Condition.Breach::of).toList();
      case Answer.Scalar scalar -> List.of(new Condition.Breach(Labels.EMPTY, scalar.value()));
      case Answer.Text _, Answer.Matrix _ ->
          throw new QueryException.Failed("rule result is not a vector or scalar");
    };
  }

  /// One expression.
  private final class Promql implements Condition {
    private final String expression;
    private final String text;

    Promql(String expression, String text) {
      this.expression = expression;
      this.text = text;
    }

    @Override
    public String text() {
      return text;
    }

    @Override
    public List<Breach> evaluate(long atMs) {
      return breaches(expression, atMs);
    }
  }
}
