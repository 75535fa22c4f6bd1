package dev.sightline.server;

import dev.sightline.alerting.rule.Condition;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.logql.ast.Expr;
import dev.sightline.logql.parse.LogqlParser;
import dev.sightline.logql.parse.Printer;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.Answer;
import dev.sightline.model.query.LogAnswer;
import dev.sightline.model.query.LogQueries;
import dev.sightline.model.query.LogQueries.Options;
import dev.sightline.model.query.QueryException;
import java.util.List;

/// Hangs LogQL on the rules.
final class LogqlConditions implements Condition.Language {
  private static final long NS_PER_MS = 1_000_000;

  private final LogQueries queries;
  private final QueryPool pool;

  LogqlConditions(LogQueries queries, QueryPool pool) {
    this.queries = queries;
    this.pool = pool;
  }

  /// The expression of a rule in its plainest form.
  ///
  /// @throws QueryException.BadQuery if it is none, or yields lines
  static String checked(String expression) {
    Expr expr = LogqlParser.parse(expression);
    if (expr instanceof Expr.Lines) {
      throw new QueryException.BadQuery(
          expr.position(), "a rule needs a number: rate, count_over_time and the like make one");
    }
    return Printer.print(expr);
  }

  @Override
  public Condition read(String expression) {
    String text = checked(expression);
    return new Condition() {
      @Override
      public String text() {
        return text;
      }

      @Override
      public List<Breach> evaluate(long atMs) {
        return breaches(expression, atMs);
      }
    };
  }

  private List<Condition.Breach> breaches(String expression, long atMs) {
    LogAnswer answer;
    try {
      answer = pool.run(() -> queries.instant(expression, atMs * NS_PER_MS, Options.DEFAULT));
    } catch (ApiException overloaded) {
      throw new QueryException.TimedOut(String.valueOf(overloaded.getMessage()));
    }
    return switch (answer.result()) {
      case LogAnswer.Values(Answer.Vector vector) ->
          vector.points().stream()
              .map(point -> new Condition.Breach(point.labels(), point.value()))
              .toList();
      case LogAnswer.Values(Answer.Scalar scalar) ->
          List.of(new Condition.Breach(Labels.EMPTY, scalar.value()));
      case LogAnswer.Values _, LogAnswer.Lines _ ->
          throw new QueryException.Failed("rule result is not a vector or scalar");
    };
  }
}
