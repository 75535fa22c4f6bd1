package dev.sightline.promql.eval;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.sightline.model.label.BadPatternException;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Replacement;
import dev.sightline.model.label.WholeMatch;
import dev.sightline.model.query.QueryException;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.Function;
import dev.sightline.promql.parse.Quoting;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `label_replace` and `label_join`: the same values under other labels.
final class LabelFunctions {
  private final Evaluator evaluator;

  LabelFunctions(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  void evaluate(Expr.Call call, ColumnSink sink) {
    ColumnSink unique = unique(sink);
    if (call.function() == Function.LABEL_REPLACE) {
      replace(call, unique);
    } else {
      join(call, unique);
    }
  }

  private void replace(Expr.Call call, ColumnSink sink) {
    String target = target(call);
    String replacement = text(call, 2);
    String source = text(call, 3);
    Pattern pattern = pattern(text(call, 4));
    evaluator.vector(
        Calls.argument(call, 0),
        (MixedSink)
            (labels, dropName, column, histograms) -> {
              Matcher matcher = pattern.matcher(labels.get(source));
              if (!matcher.matches()) {
                sink.pass(labels, dropName, column, histograms);
                return;
              }
              String value = Replacement.expand(replacement, matcher, pattern);
              boolean dropsName = dropName && !target.equals(Label.METRIC_NAME);
              sink.pass(labels.with(target, value), dropsName, column, histograms);
            });
  }

  private void join(Expr.Call call, ColumnSink sink) {
    String target = target(call);
    String separator = text(call, 2);
    List<String> sources = new ArrayList<>();
    for (int i = 3; i < call.arguments().size(); i++) {
      String source = text(call, i);
      checkName(source, "source", call.function());
      sources.add(source);
    }
    evaluator.vector(
        Calls.argument(call, 0),
        (MixedSink)
            (labels, dropName, column, histograms) -> {
              String value = String.join(separator, sources.stream().map(labels::get).toList());
              boolean dropsName = dropName && !target.equals(Label.METRIC_NAME);
              sink.pass(labels.with(target, value), dropsName, column, histograms);
            });
  }

  /// Fails where two series come out with the same labels and a value at the same step.
  private static ColumnSink unique(ColumnSink sink) {
    Map<Labels, BitSet> taken = new HashMap<>();
    return (MixedSink)
        (labels, dropName, column, histograms) -> {
          BitSet steps = taken.computeIfAbsent(labels, _ -> new BitSet());
          BitSet present = HistogramColumns.presence(column, histograms);
          if (steps.intersects(present)) {
            throw SeriesCollector.duplicate();
          }
          steps.or(present);
          sink.pass(labels, dropName, column, histograms);
        };
  }

  private String target(Expr.Call call) {
    String target = text(call, 1);
    checkName(target, "destination", call.function());
    return target;
  }

  private static void checkName(String name, String role, Function function) {
    if (name.isEmpty() || !Quoting.isValid(name)) {
      throw new QueryException.Failed(
          "invalid " + role + " label name in " + function.text() + "(): " + name);
    }
  }

  private static Pattern pattern(String regex) {
    try {
      return WholeMatch.of(regex).pattern();
    } catch (BadPatternException bad) {
      throw new QueryException.Failed(
          "invalid regular expression in label_replace(): " + bad.getMessage());
    }
  }

  private String text(Expr.Call call, int index) {
    return evaluator.text(Calls.argument(call, index));
  }
}
