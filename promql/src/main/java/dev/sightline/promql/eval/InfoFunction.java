package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.MatchOperator;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.query.QueryException;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.RangeMode;
import dev.sightline.promql.ast.Shift;
import dev.sightline.promql.ast.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `info`: adds the labels of info series, such as `target_info`, to series of the same instance
/// and job.
///
/// Info series are looked at when the series of the argument are: `@` and `offset` hold for both.
/// Info series in the argument itself stay as they are.
final class InfoFunction {
  private static final List<String> IDENTIFYING = List.of("instance", "job");

  private final Evaluator evaluator;
  private final List<Matcher> names = new ArrayList<>();
  private final List<Matcher> wanted = new ArrayList<>();

  /// by identifying labels and by name
  private final Map<Labels, Map<String, List<Row>>> infos = new LinkedHashMap<>();

  InfoFunction(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  void evaluate(Expr.Call call, ColumnSink sink) {
    Expr argument = Calls.argument(call, 0);
    if (call.arguments().size() > 1
        && Calls.argument(call, 1) instanceof Expr.VectorSelector selector) {
      for (Matcher matcher : selector.matchers()) {
        (matcher.name().equals(Label.METRIC_NAME) ? names : wanted).add(matcher);
      }
    }
    boolean onlyExcludes = !names.isEmpty() && names.stream().noneMatch(InfoFunction::isPositive);
    if (names.isEmpty()) {
      names.add(Matcher.equal(Label.METRIC_NAME, "target_info"));
    } else if (onlyExcludes) {
      names.add(new Matcher(Label.METRIC_NAME, MatchOperator.REGEX, ".+_info"));
    }
    readInfos(argument);
    evaluator.vector(
        argument,
        (MixedSink)
            (labels, dropName, column, histograms) -> {
              if (names.stream().allMatch(name -> name.matches(labels.get(Label.METRIC_NAME)))) {
                sink.pass(labels, dropName, column, histograms);
              } else {
                enrich(new Row(labels, dropName, column, histograms), sink);
              }
            });
  }

  private static boolean isPositive(Matcher matcher) {
    return matcher.operator() == MatchOperator.EQUAL || matcher.operator() == MatchOperator.REGEX;
  }

  /// The columns of these rows hold the times of the samples.
  private void readInfos(Expr argument) {
    List<Matcher> matchers = Stream.concat(names.stream(), wanted.stream()).toList();
    Expr.VectorSelector selector =
        new Expr.VectorSelector(matchers, shift(argument), RangeMode.PLAIN, argument.position());
    new Selectors(evaluator.run(), evaluator.grid())
        .instant(
            selector,
            Selectors.Part.TIME_OF_FLOAT,
            (labels, dropName, column) -> {
              evaluator.run().budget().charge(column.length);
              infos
                  .computeIfAbsent(labels.keeping(IDENTIFYING), _ -> new TreeMap<>())
                  .computeIfAbsent(labels.get(Label.METRIC_NAME), _ -> new ArrayList<>())
                  .add(new Row(labels, dropName, column.clone()));
            });
  }

  private void enrich(Row series, ColumnSink sink) {
    Labels labels = series.labels();
    double[] column = series.column();
    Map<String, List<Row>> byName = infos.getOrDefault(labels.keeping(IDENTIFYING), Map.of());
    Map<Labels, Row> results = new LinkedHashMap<>();
    Row[] before = {};
    Row target = null;
    boolean looked = false;
    for (int i = 0; i < column.length; i++) {
      if (!series.hasValueAt(i)) {
        continue;
      }
      Row[] latest = latest(byName, i);
      if (!looked || !Arrays.equals(latest, before)) {
        looked = true;
        before = latest;
        boolean dropped = latest.length == 0 && !wanted.stream().allMatch(Matcher::matchesEmpty);
        target =
            dropped
                ? null
                : results.computeIfAbsent(
                    enriched(labels, latest), enriched -> empty(enriched, series));
      }
      if (target != null) {
        target.column()[i] = column[i];
        @Nullable NativeHistogram[] histograms = target.histograms();
        if (histograms != null) {
          histograms[i] = series.histogramAt(i);
        }
      }
    }
    for (Row row : results.values()) {
      sink.pass(row.labels(), row.dropName(), row.column(), row.histograms());
    }
  }

  private static Row empty(Labels labels, Row like) {
    int steps = like.column().length;
    return new Row(
        labels,
        like.dropName(),
        Absent.column(steps),
        like.histograms() == null ? null : new NativeHistogram[steps]);
  }

  /// Of each info metric the series with the latest sample at a step.
  private static Row[] latest(Map<String, List<Row>> byName, int step) {
    List<Row> latest = new ArrayList<>();
    for (List<Row> rows : byName.values()) {
      Row last = null;
      for (Row row : rows) {
        if (row.hasValueAt(step) && (last == null || row.column()[step] > last.column()[step])) {
          last = row;
        }
      }
      if (last != null) {
        latest.add(last);
      }
    }
    return latest.toArray(new Row[0]);
  }

  private Labels enriched(Labels labels, Row[] infoRows) {
    Set<String> only = new HashSet<>();
    wanted.forEach(matcher -> only.add(matcher.name()));
    Labels.Builder result = labels.toBuilder();
    for (Row info : infoRows) {
      for (Label label : info.labels().toList()) {
        boolean adds =
            !label.name().equals(Label.METRIC_NAME)
                && !IDENTIFYING.contains(label.name())
                && !labels.has(label.name())
                && (only.isEmpty() || only.contains(label.name()));
        if (!adds) {
          continue;
        }
        String known = result.get(label.name());
        if (!known.isEmpty() && !known.equals(label.value())) {
          throw new QueryException.Failed(
              "conflicting label: " + label.name() + " comes from more than one info metric");
        }
        result.set(label.name(), label.value());
      }
    }
    return result.build();
  }

  /// Where the first selector of an expression looks, relative to the step.
  private static Shift shift(Expr expr) {
    return switch (expr) {
      case Expr.VectorSelector selector -> selector.shift();
      case Expr.MatrixSelector matrix -> matrix.selector().shift();
      case Expr.Subquery subquery -> shift(subquery.inner()).within(subquery.shift());
      case Expr.Parenthesized(Expr inner, _) -> shift(inner);
      case Expr.Unary unary -> shift(unary.operand());
      case Expr.Binary binary -> shift(binary.left());
      case Expr.Aggregate aggregate -> shift(aggregate.operand());
      case Expr.Call call ->
          call.arguments().stream()
              .filter(argument -> argument.type() != ValueType.SCALAR)
              .findFirst()
              .map(InfoFunction::shift)
              .orElse(Shift.NONE);
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> Shift.NONE;
    };
  }
}
