package dev.sightline.logql.eval;

import dev.sightline.logql.ast.Expr;
import dev.sightline.logql.ast.Grouping;
import dev.sightline.logql.ast.VectorFunction;
import dev.sightline.model.label.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Evaluates `sum by (…) (…)` and the like.
final class VectorAggregation {
  private final VectorFunction function;
  private final int parameter;
  private final Signature signature;
  private final Budget budget;
  private final int steps;

  VectorAggregation(Expr.VectorAggregate aggregate, Grouping grouping, Budget budget, int steps) {
    this.function = aggregate.function();
    this.parameter = aggregate.parameter() == null ? 0 : aggregate.parameter();
    this.signature = Signature.of(grouping);
    this.budget = budget;
    this.steps = steps;
  }

  List<Row> of(List<Row> rows) {
    return switch (function) {
      case SUM, AVG, COUNT, MIN, MAX, STDDEV, STDVAR -> reduced(rows);
      case TOPK, APPROX_TOPK -> ranked(rows, true);
      case BOTTOMK -> ranked(rows, false);
      case SORT -> sorted(rows, Comparator.naturalOrder());
      case SORT_DESC -> sorted(rows, Comparator.reverseOrder());
    };
  }

  private Map<Labels, List<Row>> groups(List<Row> rows) {
    Map<Labels, List<Row>> groups = new LinkedHashMap<>();
    for (Row row : rows) {
      groups.computeIfAbsent(signature.of(row.labels()), _ -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  private List<Row> reduced(List<Row> rows) {
    List<Row> results = new ArrayList<>();
    groups(rows)
        .forEach(
            (labels, group) -> {
              budget.hold(8L * steps);
              double[] column = new double[steps];
              double[] values = new double[group.size()];
              for (int step = 0; step < steps; step++) {
                int size = 0;
                for (Row row : group) {
                  double value = row.column()[step];
                  if (!Absent.is(value)) {
                    values[size++] = value;
                  }
                }
                budget.work(group.size());
                column[step] = size == 0 ? Absent.VALUE : reduced(values, size);
              }
              results.add(new Row(labels, column));
            });
    return results;
  }

  private double reduced(double[] values, int size) {
    return switch (function) {
      case SUM -> Arrays.stream(values, 0, size).sum();
      case AVG -> Arrays.stream(values, 0, size).average().orElse(Double.NaN);
      case COUNT -> size;
      case MIN -> extreme(values, size, false);
      case MAX -> extreme(values, size, true);
      case STDVAR -> variance(values, size);
      case STDDEV -> Math.sqrt(variance(values, size));
      case TOPK, BOTTOMK, APPROX_TOPK, SORT, SORT_DESC ->
          throw new IllegalStateException("BUG: passes elements on: " + function);
    };
  }

  private static double extreme(double[] values, int size, boolean largest) {
    double extreme = values[0];
    for (int i = 1; i < size; i++) {
      boolean better = largest ? values[i] > extreme : values[i] < extreme;
      extreme = better || Double.isNaN(extreme) ? values[i] : extreme;
    }
    return extreme;
  }

  /// Of the whole group, by Welford's recurrence.
  private static double variance(double[] values, int size) {
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < size; i++) {
      double distance = values[i] - mean;
      mean += distance / (i + 1);
      squares += distance * (values[i] - mean);
    }
    return squares / size;
  }

  /// The best few of each group at each step, with their own labels.
  private List<Row> ranked(List<Row> rows, boolean largest) {
    List<Row> results = new ArrayList<>();
    for (List<Row> group : groups(rows).values()) {
      double[][] kept = new double[group.size()][];
      for (int step = 0; step < steps; step++) {
        int at = step;
        budget.work(4L * group.size());
        List<Integer> present = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
          if (!Absent.is(group.get(i).column()[step])) {
            present.add(i);
          }
        }
        present.sort(
            (a, b) -> better(group.get(a).column()[at], group.get(b).column()[at], largest));
        for (int i : present.subList(0, Math.min(parameter, present.size()))) {
          if (kept[i] == null) {
            budget.hold(8L * steps);
            kept[i] = Absent.column(steps);
          }
          kept[i][step] = group.get(i).column()[step];
        }
      }
      for (int i = 0; i < kept.length; i++) {
        if (kept[i] != null) {
          results.add(new Row(group.get(i).labels(), kept[i]));
        }
      }
    }
    return steps == 1 ? byFirst(results, (a, b) -> better(a, b, largest)) : results;
  }

  /// NaN is worse than everything.
  private static int better(double a, double b, boolean largest) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Boolean.compare(Double.isNaN(a), Double.isNaN(b));
    }
    return largest ? Double.compare(b, a) : Double.compare(a, b);
  }

  /// Only an answer at one moment has an order.
  private List<Row> sorted(List<Row> rows, Comparator<Double> order) {
    return steps == 1 ? byFirst(rows, order) : rows;
  }

  private static List<Row> byFirst(List<Row> rows, Comparator<Double> order) {
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort((a, b) -> order.compare(a.column()[0], b.column()[0]));
    return sorted;
  }
}
