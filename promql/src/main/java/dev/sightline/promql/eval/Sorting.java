package dev.sightline.promql.eval;

import dev.sightline.model.label.Labels;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.Function;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `sort` and its relatives. Series of a range query are always in the order of their labels, so
/// there they say only that they do nothing.
final class Sorting {
  private final Evaluator evaluator;

  Sorting(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  void evaluate(Expr.Call call, ColumnSink sink) {
    if (evaluator.run().isRange()) {
      evaluator.run().notes().sortHasNoEffect(call.position());
      // By value only floats are sorted; histograms fall away.
      boolean floats = call.function() == Function.SORT || call.function() == Function.SORT_DESC;
      evaluator.vector(Calls.argument(call, 0), floats ? new FloatsAlone(sink) : sink);
      return;
    }
    List<Row> rows = evaluator.rows(Calls.argument(call, 0));
    if (call.function() == Function.SORT || call.function() == Function.SORT_DESC) {
      rows.removeIf(row -> Absent.is(row.column()[0]));
    }
    rows.sort(order(call));
    rows.forEach(row -> sink.pass(row.labels(), row.dropName(), row.column(), row.histograms()));
  }

  private Comparator<Row> order(Expr.Call call) {
    return switch (call.function()) {
      case SORT -> byValue(false);
      case SORT_DESC -> byValue(true);
      case SORT_BY_LABEL -> byLabels(labels(call));
      case SORT_BY_LABEL_DESC -> byLabels(labels(call)).reversed();
      default -> throw new IllegalStateException("BUG: no sorting: " + call.function());
    };
  }

  private List<String> labels(Expr.Call call) {
    List<String> labels = new ArrayList<>();
    for (Expr argument : call.arguments().subList(1, call.arguments().size())) {
      labels.add(evaluator.text(argument));
    }
    return labels;
  }

  /// NaN last, in both directions.
  private static Comparator<Row> byValue(boolean descending) {
    return (a, b) -> {
      double left = a.column()[0];
      double right = b.column()[0];
      if (Double.isNaN(left) || Double.isNaN(right)) {
        return Boolean.compare(Double.isNaN(left), Double.isNaN(right));
      }
      return descending ? Double.compare(right, left) : Double.compare(left, right);
    };
  }

  private static Comparator<Row> byLabels(List<String> names) {
    return (a, b) -> {
      for (String name : names) {
        int order = NaturalOrder.compare(a.labels().get(name), b.labels().get(name));
        if (order != 0) {
          return order;
        }
      }
      return a.labels().compareTo(b.labels());
    };
  }

  /// Lets the floats of series through.
  private record FloatsAlone(ColumnSink sink) implements ColumnSink {
    @Override
    public void accept(Labels labels, boolean dropName, double[] column) {
      sink.accept(labels, dropName, column);
    }
  }
}
