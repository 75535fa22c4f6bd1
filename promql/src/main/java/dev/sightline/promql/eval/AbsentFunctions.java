package dev.sightline.promql.eval;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.MatchOperator;
import dev.sightline.model.label.Matcher;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.Function;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `absent` and `absent_over_time`: 1 where there is nothing, with the labels that it would have.
final class AbsentFunctions {
  private final Evaluator evaluator;

  AbsentFunctions(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  void evaluate(Expr.Call call, ColumnSink sink) {
    Expr argument = Calls.argument(call, 0);
    double[] ones = evaluator.constant(1);
    MixedSink remove =
        (_, _, column, histograms) -> {
          for (int i = 0; i < column.length; i++) {
            if (!Absent.is(column[i]) || (histograms != null && histograms[i] != null)) {
              ones[i] = Absent.VALUE;
            }
          }
        };
    if (call.function() == Function.ABSENT) {
      evaluator.vector(argument, remove);
    } else {
      new WindowCalls(evaluator)
          .evaluate(
              new Expr.Call(Function.PRESENT_OVER_TIME, List.of(argument), call.position()),
              remove);
    }
    if (!Arrays.stream(ones).allMatch(Absent::is)) {
      sink.accept(labels(argument), false, ones);
    }
  }

  /// The labels that a selector pins to one value.
  private static Labels labels(Expr argument) {
    List<Matcher> matchers =
        switch (argument) {
          case Expr.VectorSelector selector -> selector.matchers();
          case Expr.MatrixSelector matrix -> matrix.selector().matchers();
          default -> List.of();
        };
    Labels.Builder labels = Labels.EMPTY.toBuilder();
    Set<String> seen = new HashSet<>();
    for (Matcher matcher : matchers) {
      if (matcher.name().equals(Label.METRIC_NAME)) {
        continue;
      }
      if (matcher.operator() == MatchOperator.EQUAL && seen.add(matcher.name())) {
        labels.set(matcher.name(), matcher.value());
      } else {
        labels.remove(matcher.name());
      }
    }
    return labels.build();
  }
}
