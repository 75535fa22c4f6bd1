package dev.sightline.promql.eval;

import dev.sightline.model.label.Labels;
import dev.sightline.model.query.QueryException;
import dev.sightline.promql.ast.Aggregation;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.parse.Numbers;
import dev.sightline.promql.parse.Quoting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Evaluates `sum by (…) (…)` and the like.
final class Aggregator {
  /// Up to how many best elements are kept in order while the series pass by.
  private static final int MOST_RANKED = 100;

  private final Evaluator evaluator;
  private final Expr.Aggregate aggregate;
  private final Signature signature;
  private final int steps;

  Aggregator(Evaluator evaluator, Expr.Aggregate aggregate) {
    this.evaluator = evaluator;
    this.aggregate = aggregate;
    this.signature = Signature.of(aggregate.grouping());
    this.steps = evaluator.grid().count();
  }

  void evaluate(ColumnSink sink) {
    switch (aggregate.aggregation()) {
      case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR -> accumulate(sink);
      case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO -> select(sink);
      case QUANTILE -> quantile(sink);
      case COUNT_VALUES -> countValues(sink);
    }
  }

  private Expr parameter() {
    Expr parameter = aggregate.parameter();
    if (parameter == null) {
      throw new IllegalStateException("BUG: no parameter: " + aggregate);
    }
    return parameter;
  }

  private void accumulate(ColumnSink sink) {
    Budget budget = evaluator.run().budget();
    Map<Labels, Accumulator> groups = new LinkedHashMap<>();
    evaluator.vector(
        aggregate.operand(),
        (labels, _, column) -> {
          Labels key = signature.of(labels);
          Accumulator group = groups.get(key);
          if (group == null) {
            budget.charge(steps);
            group = Accumulator.of(aggregate.aggregation(), steps);
            groups.put(key, group);
          }
          group.add(column);
          budget.work(steps);
        });
    groups.forEach((labels, group) -> sink.accept(labels, false, group.result()));
  }

  private Map<Labels, List<Row>> rowsByGroup() {
    Map<Labels, List<Row>> groups = new LinkedHashMap<>();
    for (Row row : evaluator.rows(aggregate.operand())) {
      groups.computeIfAbsent(signature.of(row.labels()), _ -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  private void select(ColumnSink sink) {
    double[] parameter = evaluator.scalar(parameter());
    Selection selection =
        new Selection(aggregate.aggregation(), parameter, evaluator.run().budget());
    for (double value : parameter) {
      selection.check(value, evaluator.run().notes(), parameter().position());
    }
    int[] counts = Arrays.stream(parameter).mapToInt(k -> (int) Math.max(k, 0)).toArray();
    int most = Arrays.stream(counts).max().orElse(0);
    if (most <= MOST_RANKED && isRanking()) {
      rank(counts, most, sink);
      return;
    }
    for (List<Row> rows : rowsByGroup().values()) {
      selection.select(rows, sink);
    }
  }

  private boolean isRanking() {
    return aggregate.aggregation() == Aggregation.TOPK
        || aggregate.aggregation() == Aggregation.BOTTOMK;
  }

  private void rank(int[] counts, int most, ColumnSink sink) {
    Budget budget = evaluator.run().budget();
    Map<Labels, Ranking> groups = new LinkedHashMap<>();
    evaluator.vector(
        aggregate.operand(),
        (labels, dropName, column) -> {
          Labels key = signature.of(labels);
          Ranking group = groups.get(key);
          if (group == null) {
            budget.charge((long) steps * most);
            group = new Ranking(aggregate.aggregation() == Aggregation.TOPK, counts, most);
            groups.put(key, group);
          }
          group.add(labels, dropName, column);
          budget.work(steps);
        });
    groups.values().forEach(group -> group.result(budget, sink));
  }

  private void quantile(ColumnSink sink) {
    double[] quantiles = evaluator.scalar(parameter());
    for (double quantile : quantiles) {
      if (!(quantile >= 0 && quantile <= 1)) {
        evaluator.run().notes().badQuantile(quantile, parameter().position());
      }
    }
    rowsByGroup()
        .forEach(
            (labels, rows) -> {
              double[] result = new double[steps];
              double[] values = new double[rows.size()];
              for (int i = 0; i < steps; i++) {
                int size = valuesAt(rows, i, values);
                result[i] = size == 0 ? Absent.VALUE : Quantiles.of(values, size, quantiles[i]);
                evaluator.run().budget().work(size);
              }
              sink.accept(labels, false, result);
            });
  }

  private static int valuesAt(List<Row> rows, int step, double[] into) {
    int size = 0;
    for (Row row : rows) {
      if (!Absent.is(row.column()[step])) {
        into[size++] = row.column()[step];
      }
    }
    return size;
  }

  private void countValues(ColumnSink sink) {
    String label = evaluator.text(parameter());
    if (label.isEmpty() || !Quoting.isValid(label)) {
      throw new QueryException.Failed("invalid label name " + Quoting.quote(label));
    }
    Map<Labels, Map<Double, double[]>> groups = new LinkedHashMap<>();
    evaluator.vector(
        aggregate.operand(),
        (labels, _, column) ->
            countInto(groups.computeIfAbsent(signature.of(labels), _ -> new HashMap<>()), column));
    Map<Labels, double[]> counts = new LinkedHashMap<>();
    groups.forEach(
        (labels, byValue) ->
            byValue.forEach(
                (value, column) ->
                    counts.merge(
                        labels.with(label, Numbers.format(value)), column, Aggregator::added)));
    counts.forEach((labels, column) -> sink.accept(labels, false, column));
  }

  private void countInto(Map<Double, double[]> byValue, double[] column) {
    evaluator.run().budget().work(column.length);
    for (int i = 0; i < column.length; i++) {
      if (Absent.is(column[i])) {
        continue;
      }
      double[] counts = byValue.get(column[i]);
      if (counts == null) {
        evaluator.run().budget().charge(column.length);
        counts = Absent.column(column.length);
        byValue.put(column[i], counts);
      }
      counts[i] = Absent.is(counts[i]) ? 1 : counts[i] + 1;
    }
  }

  /// Groups that differ only in the label that the value has overwritten count together.
  private static double[] added(double[] one, double[] other) {
    for (int i = 0; i < one.length; i++) {
      if (!Absent.is(other[i])) {
        one[i] = Absent.is(one[i]) ? other[i] : one[i] + other[i];
      }
    }
    return one;
  }
}
