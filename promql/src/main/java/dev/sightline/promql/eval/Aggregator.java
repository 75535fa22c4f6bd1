package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.series.HistogramText;
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
import org.jspecify.annotations.Nullable;

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
    Map<Labels, Group> groups = new LinkedHashMap<>();
    evaluator.vector(
        aggregate.operand(),
        (MixedSink)
            (labels, dropName, column, histograms) -> {
              Labels key = signature.of(labels);
              Group group = groups.get(key);
              if (group == null) {
                budget.charge(steps);
                group = new Group(Accumulator.of(aggregate.aggregation(), steps));
                groups.put(key, group);
              }
              group.dropName |= dropName;
              if (histograms == null) {
                group.floats.add(column);
              } else {
                addMixed(group, labels, column, histograms);
              }
              budget.work(steps);
            });
    groups.forEach(
        (labels, group) -> {
          double[] floats = group.floats.result();
          HistogramTotals totals = group.histograms;
          sink.pass(labels, group.dropName, floats, totals == null ? null : totals.result(floats));
        });
  }

  /// What is known of a group; its histograms from the first one on.
  private static final class Group {
    private final Accumulator floats;
    private @Nullable HistogramTotals histograms;

    /// whether the name of any series in it is to fall away
    private boolean dropName;

    Group(Accumulator floats) {
      this.floats = floats;
    }
  }

  private void addMixed(
      Group group, Labels labels, double[] column, @Nullable NativeHistogram[] histograms) {
    Notes notes = evaluator.run().notes();
    switch (aggregate.aggregation()) {
      case COUNT, GROUP -> group.floats.add(HistogramColumns.marked(column, histograms));
      case SUM, AVG -> {
        group.floats.add(column);
        HistogramTotals totals = group.histograms;
        if (totals == null) {
          boolean average = aggregate.aggregation() == Aggregation.AVG;
          evaluator.run().budget().charge(steps + HistogramColumns.size(histograms));
          totals = new HistogramTotals(average, steps, notes, aggregate.operand().position());
          group.histograms = totals;
        }
        totals.add(labels.get(Label.METRIC_NAME), histograms);
      }
      default -> {
        group.floats.add(column);
        noteIgnored(histograms, aggregate.operand().position());
      }
    }
  }

  private void noteIgnored(@Nullable NativeHistogram @Nullable [] histograms, Position position) {
    if (HistogramColumns.any(histograms)) {
      evaluator.run().notes().ignoredInAggregation(aggregate.aggregation().text(), position);
    }
  }

  private Map<Labels, List<Row>> rowsByGroup() {
    Map<Labels, List<Row>> groups = new LinkedHashMap<>();
    for (Row row : evaluator.rows(aggregate.operand())) {
      if (aggregate.aggregation() == Aggregation.QUANTILE) {
        noteIgnored(row.histograms(), aggregate.operand().position());
      } else if (isRanking()) {
        noteIgnored(row.histograms(), aggregate.position());
      }
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
        (MixedSink)
            (labels, dropName, column, histograms) -> {
              noteIgnored(histograms, aggregate.position());
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
              sink.accept(labels, rows.stream().anyMatch(Row::dropName), result);
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
    Map<Labels, Map<String, double[]>> groups = new LinkedHashMap<>();
    evaluator.vector(
        aggregate.operand(),
        (MixedSink)
            (labels, _, column, histograms) ->
                countInto(
                    groups.computeIfAbsent(signature.of(labels), _ -> new HashMap<>()),
                    column,
                    histograms));
    Map<Labels, double[]> counts = new LinkedHashMap<>();
    groups.forEach(
        (labels, byValue) ->
            byValue.forEach(
                (value, column) ->
                    counts.merge(labels.with(label, value), column, Aggregator::added)));
    counts.forEach((labels, column) -> sink.accept(labels, false, column));
  }

  private void countInto(
      Map<String, double[]> byValue,
      double[] column,
      @Nullable NativeHistogram @Nullable [] histograms) {
    evaluator.run().budget().work(column.length);
    for (int i = 0; i < column.length; i++) {
      NativeHistogram histogram = histograms == null ? null : histograms[i];
      if (Absent.is(column[i]) && histogram == null) {
        continue;
      }
      String value = histogram == null ? Numbers.format(column[i]) : HistogramText.of(histogram);
      double[] counts = byValue.get(value);
      if (counts == null) {
        evaluator.run().budget().charge(column.length);
        counts = Absent.column(column.length);
        byValue.put(value, counts);
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
