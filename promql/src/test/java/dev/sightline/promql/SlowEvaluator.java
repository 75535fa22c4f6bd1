package dev.sightline.promql;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.series.Staleness;
import dev.sightline.promql.ast.Aggregation;
import dev.sightline.promql.ast.BinaryOperator;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.Function;
import dev.sightline.promql.ast.Matching;
import dev.sightline.promql.ast.Shift;
import dev.sightline.promql.ast.Span;
import dev.sightline.promql.ast.ValueType;
import dev.sightline.promql.parse.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Evaluates PromQL as its definition reads: one moment at a time, every sample looked at anew.
///
/// Slow and plain on purpose; it shares nothing with the engine but the tree.
final class SlowEvaluator {
  static final long LOOKBACK_MS = 300_000;

  /// Thrown where the language says that a query fails.
  static final class Fails extends RuntimeException {
    Fails(String message) {
      super(message);
    }
  }

  /// One element of a vector.
  ///
  /// @param dropName whether the name goes at the end of the query
  record Element(Labels labels, boolean dropName, double value) {}

  /// A sample of a window.
  private record Sample(long timeMs, double value) {}

  private final Map<Labels, NavigableMap<Long, Double>> data;
  private final long startMs;
  private final long endMs;

  /// @param startMs of the query, which `@ start()` names
  SlowEvaluator(Map<Labels, NavigableMap<Long, Double>> data, long startMs, long endMs) {
    this.data = data;
    this.startMs = startMs;
    this.endMs = endMs;
  }

  /// The value of the whole query at a moment, by labels.
  Map<Labels, Double> result(Expr expr, long atMs) {
    Map<Labels, Double> result = new TreeMap<>();
    for (Element element : elements(expr, atMs)) {
      Labels labels = element.dropName ? element.labels.without(Label.METRIC_NAME) : element.labels;
      if (result.put(labels, element.value) != null) {
        throw new Fails("two series of the same labels");
      }
    }
    return result;
  }

  private List<Element> elements(Expr expr, long atMs) {
    return expr.type() == ValueType.SCALAR
        ? List.of(new Element(Labels.EMPTY, false, scalar(expr, atMs)))
        : vector(expr, atMs);
  }

  private double scalar(Expr expr, long atMs) {
    return switch (expr) {
      case Expr.NumberLiteral n -> n.value();
      case Expr.Parenthesized p -> scalar(p.inner(), atMs);
      case Expr.Unary u -> u.negative() ? -scalar(u.operand(), atMs) : scalar(u.operand(), atMs);
      case Expr.Binary b -> number(b.operator(), scalar(b.left(), atMs), scalar(b.right(), atMs));
      case Expr.Call c when c.function() == Function.TIME -> atMs / 1000.0;
      case Expr.Call c when c.function() == Function.SCALAR -> {
        List<Element> elements = vector(c.arguments().getFirst(), atMs);
        yield elements.size() == 1 ? elements.getFirst().value : Double.NaN;
      }
      default -> throw new IllegalArgumentException("no scalar here: " + expr);
    };
  }

  private List<Element> vector(Expr expr, long atMs) {
    return switch (expr) {
      case Expr.Parenthesized p -> vector(p.inner(), atMs);
      case Expr.VectorSelector s -> instant(s, atMs);
      case Expr.Unary u -> u.negative() ? negated(u, atMs) : vector(u.operand(), atMs);
      case Expr.Binary b -> binary(b, atMs);
      case Expr.Aggregate a -> aggregate(a, atMs);
      case Expr.Call c -> call(c, atMs);
      default -> throw new IllegalArgumentException("no vector here: " + expr);
    };
  }

  private long moment(Shift shift, long atMs) {
    long base =
        switch (shift.at()) {
          case null -> atMs;
          case Shift.Moment(long ms) -> ms;
          case Shift.QueryStart _ -> startMs;
          case Shift.QueryEnd _ -> endMs;
        };
    return shift.offset() == null ? base : base - Math.round(seconds(shift.offset()) * 1000);
  }

  private static double seconds(Span span) {
    return switch (span) {
      case Span.Fixed(double s) -> s;
      case Span.Negated(Span inner) -> -seconds(inner);
      default -> throw new IllegalArgumentException("no such span here: " + span);
    };
  }

  private List<Element> instant(Expr.VectorSelector selector, long atMs) {
    long nowMs = moment(selector.shift(), atMs);
    List<Element> found = new ArrayList<>();
    data.forEach(
        (labels, samples) -> {
          Map.Entry<Long, Double> last = samples.floorEntry(nowMs);
          boolean fits =
              selector.matchers().stream().allMatch(m -> m.matches(labels.get(m.name())));
          if (fits
              && last != null
              && last.getKey() > nowMs - LOOKBACK_MS
              && !Staleness.isMarker(last.getValue())) {
            found.add(new Element(labels, false, last.getValue()));
          }
        });
    return found;
  }

  private List<Element> negated(Expr.Unary unary, long atMs) {
    return vector(unary.operand(), atMs).stream()
        .map(e -> new Element(e.labels, true, -e.value))
        .toList();
  }

  // ---- windows

  /// The windows of a range vector, one for each series that has samples in it.
  private record Windowed(Labels labels, boolean dropName, List<Sample> samples) {}

  private List<Windowed> windows(Expr expr, long atMs) {
    return switch (expr.bare()) {
      case Expr.MatrixSelector m -> selected(m, atMs);
      case Expr.Subquery s -> subquery(s, atMs);
      default -> throw new IllegalArgumentException("no range here: " + expr);
    };
  }

  private List<Windowed> selected(Expr.MatrixSelector matrix, long atMs) {
    long end = moment(matrix.selector().shift(), atMs);
    long start = end - Math.round(seconds(matrix.range()) * 1000);
    List<Windowed> found = new ArrayList<>();
    data.forEach(
        (labels, samples) -> {
          boolean fits =
              matrix.selector().matchers().stream().allMatch(m -> m.matches(labels.get(m.name())));
          List<Sample> inside = new ArrayList<>();
          samples
              .subMap(start, false, end, true)
              .forEach(
                  (timeMs, value) -> {
                    if (!Staleness.isMarker(value)) {
                      inside.add(new Sample(timeMs, value));
                    }
                  });
          if (fits && !inside.isEmpty()) {
            found.add(new Windowed(labels, false, inside));
          }
        });
    return found;
  }

  private List<Windowed> subquery(Expr.Subquery subquery, long atMs) {
    long end = moment(subquery.shift(), atMs);
    long start = end - Math.round(seconds(subquery.range()) * 1000);
    long step = subquery.step() == null ? 60_000 : Math.round(seconds(subquery.step()) * 1000);
    Map<Labels, List<Sample>> kept = new TreeMap<>();
    Map<Labels, Boolean> drops = new TreeMap<>();
    for (long t = Math.floorDiv(start, step) * step + step; t <= end; t += step) {
      for (Element element : elements(subquery.inner(), t)) {
        List<Sample> samples = kept.computeIfAbsent(element.labels, _ -> new ArrayList<>());
        if (!samples.isEmpty() && samples.getLast().timeMs == t) {
          throw new Fails("two series of the same labels");
        }
        samples.add(new Sample(t, element.value));
        drops.merge(element.labels, element.dropName, Boolean::logicalOr);
      }
    }
    List<Windowed> windows = new ArrayList<>();
    kept.forEach(
        (labels, samples) -> windows.add(new Windowed(labels, drops.get(labels), samples)));
    return windows;
  }

  private List<Element> overWindows(Expr.Call call, Expr range, long atMs) {
    boolean keeps =
        call.function() == Function.LAST_OVER_TIME || call.function() == Function.FIRST_OVER_TIME;
    List<Element> result = new ArrayList<>();
    for (Windowed window : windows(range, atMs)) {
      double value = ofWindow(call, range, window.samples, atMs);
      if (!Staleness.isMarker(value)) {
        result.add(new Element(window.labels, window.dropName || !keeps, value));
      }
    }
    return result;
  }

  private double ofWindow(Expr.Call call, Expr range, List<Sample> s, long atMs) {
    double[] v = s.stream().mapToDouble(Sample::value).toArray();
    int n = v.length;
    return switch (call.function()) {
      case SUM_OVER_TIME -> sum(v);
      case AVG_OVER_TIME -> sum(v) / n;
      case COUNT_OVER_TIME -> n;
      case PRESENT_OVER_TIME -> 1;
      case MIN_OVER_TIME -> extreme(v, false);
      case MAX_OVER_TIME -> extreme(v, true);
      case FIRST_OVER_TIME -> v[0];
      case LAST_OVER_TIME -> v[n - 1];
      case STDVAR_OVER_TIME -> variance(v);
      case STDDEV_OVER_TIME -> Math.sqrt(variance(v));
      case QUANTILE_OVER_TIME -> quantile(v, scalar(call.arguments().getFirst(), atMs));
      case CHANGES -> {
        int changes = 0;
        for (int i = 1; i < n; i++) {
          boolean nans = Double.isNaN(v[i]) && Double.isNaN(v[i - 1]);
          changes += v[i] != v[i - 1] && !nans ? 1 : 0;
        }
        yield changes;
      }
      case RESETS -> {
        int resets = 0;
        for (int i = 1; i < n; i++) {
          resets += v[i] < v[i - 1] ? 1 : 0;
        }
        yield resets;
      }
      case IRATE, IDELTA -> lastStep(call.function(), s);
      case RATE, INCREASE, DELTA -> growth(call.function(), range, s, atMs);
      default -> throw new IllegalArgumentException("no such function here: " + call);
    };
  }

  private static double lastStep(Function function, List<Sample> samples) {
    if (samples.size() < 2) {
      return Staleness.MARKER;
    }
    Sample last = samples.getLast();
    Sample before = samples.get(samples.size() - 2);
    boolean rate = function == Function.IRATE;
    double growth = rate && last.value < before.value ? last.value : last.value - before.value;
    return rate ? growth / ((last.timeMs - before.timeMs) / 1000.0) : growth;
  }

  private double growth(Function function, Expr range, List<Sample> samples, long atMs) {
    if (samples.size() < 2) {
      return Staleness.MARKER;
    }
    Expr bare = range.bare();
    Span span = bare instanceof Expr.MatrixSelector m ? m.range() : ((Expr.Subquery) bare).range();
    Shift shift =
        bare instanceof Expr.MatrixSelector m
            ? m.selector().shift()
            : ((Expr.Subquery) bare).shift();
    double rangeS = Math.round(seconds(span) * 1000) / 1000.0;
    double end = moment(shift, atMs) / 1000.0;
    boolean counter = function != Function.DELTA;
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    double growth = last.value - first.value;
    for (int i = 1; counter && i < samples.size(); i++) {
      growth += samples.get(i).value < samples.get(i - 1).value ? samples.get(i - 1).value : 0;
    }
    double sampled = (last.timeMs - first.timeMs) / 1000.0;
    double average = sampled / (samples.size() - 1);
    double before = first.timeMs / 1000.0 - (end - rangeS);
    double after = end - last.timeMs / 1000.0;
    before = before >= average * 1.1 ? average / 2 : before;
    after = after >= average * 1.1 ? average / 2 : after;
    if (counter && growth > 0 && first.value >= 0) {
      before = Math.min(before, sampled * (first.value / growth));
    }
    double extrapolated = growth * (sampled + before + after) / sampled;
    return function == Function.RATE ? extrapolated / rangeS : extrapolated;
  }

  // ---- functions

  private List<Element> call(Expr.Call call, long atMs) {
    for (Expr argument : call.arguments()) {
      if (argument.type() == ValueType.MATRIX) {
        return call.function() == Function.ABSENT_OVER_TIME
            ? absent(windows(argument, atMs).isEmpty())
            : overWindows(call, argument, atMs);
      }
    }
    Expr argument = call.arguments().getFirst();
    return switch (call.function()) {
      case VECTOR -> List.of(new Element(Labels.EMPTY, false, scalar(argument, atMs)));
      case ABSENT -> absent(vector(argument, atMs).isEmpty());
      case ABS, CEIL, FLOOR, SQRT, SGN -> mapped(call.function(), vector(argument, atMs));
      case CLAMP_MAX -> {
        double max = scalar(call.arguments().get(1), atMs);
        yield vector(argument, atMs).stream()
            .map(e -> new Element(e.labels, true, Math.min(e.value, max)))
            .toList();
      }
      default -> throw new IllegalArgumentException("no such function here: " + call);
    };
  }

  private static List<Element> absent(boolean absent) {
    return absent ? List.of(new Element(Labels.EMPTY, false, 1)) : List.of();
  }

  private static List<Element> mapped(Function function, List<Element> elements) {
    List<Element> result = new ArrayList<>();
    for (Element e : elements) {
      double value =
          switch (function) {
            case ABS -> Math.abs(e.value);
            case CEIL -> Math.ceil(e.value);
            case FLOOR -> Math.floor(e.value);
            case SQRT -> Math.sqrt(e.value);
            default -> Math.signum(e.value);
          };
      result.add(new Element(e.labels, true, value));
    }
    return result;
  }

  // ---- operators

  private List<Element> binary(Expr.Binary b, long atMs) {
    boolean scalarLeft = b.left().type() == ValueType.SCALAR;
    boolean scalarRight = b.right().type() == ValueType.SCALAR;
    if (scalarLeft || scalarRight) {
      double scalar = scalar(scalarLeft ? b.left() : b.right(), atMs);
      List<Element> result = new ArrayList<>();
      for (Element e : vector(scalarLeft ? b.right() : b.left(), atMs)) {
        double left = scalarLeft ? scalar : e.value;
        double right = scalarLeft ? e.value : scalar;
        boolean filters = b.operator().isComparison() && !b.bool();
        if (!filters) {
          result.add(new Element(e.labels, true, number(b.operator(), left, right)));
        } else if (number(b.operator(), left, right) == 1) {
          result.add(e);
        }
      }
      return result;
    }
    List<Element> left = vector(b.left(), atMs);
    List<Element> right = vector(b.right(), atMs);
    return b.operator().isSet() ? set(b, left, right) : matched(b, left, right);
  }

  private static Labels signature(Matching matching, Labels labels) {
    if (matching.on()) {
      return labels.keeping(matching.labels());
    }
    return labels.without(Label.METRIC_NAME).without(matching.labels().toArray(new String[0]));
  }

  private static List<Element> set(Expr.Binary b, List<Element> left, List<Element> right) {
    TreeSet<Labels> lefts = new TreeSet<>();
    TreeSet<Labels> rights = new TreeSet<>();
    left.forEach(e -> lefts.add(signature(b.matching(), e.labels)));
    right.forEach(e -> rights.add(signature(b.matching(), e.labels)));
    List<Element> result = new ArrayList<>();
    for (Element e : left) {
      boolean partner = rights.contains(signature(b.matching(), e.labels));
      if (b.operator() == BinaryOperator.OR || partner == (b.operator() == BinaryOperator.AND)) {
        result.add(e);
      }
    }
    if (b.operator() == BinaryOperator.OR) {
      right.stream()
          .filter(e -> !lefts.contains(signature(b.matching(), e.labels)))
          .forEach(result::add);
    }
    return result;
  }

  private static List<Element> matched(Expr.Binary b, List<Element> left, List<Element> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return List.of();
    }
    boolean one = b.matching().cardinality() == Matching.Cardinality.ONE_TO_ONE;
    boolean swapped = b.matching().cardinality() == Matching.Cardinality.ONE_TO_MANY;
    Map<Labels, Element> ones = new TreeMap<>();
    for (Element e : swapped ? left : right) {
      if (ones.put(signature(b.matching(), e.labels), e) != null) {
        throw new Fails("many to many");
      }
    }
    boolean keeps = b.operator().isComparison() && !b.bool();
    TreeSet<Labels> taken = new TreeSet<>();
    List<Element> result = new ArrayList<>();
    for (Element many : swapped ? right : left) {
      Labels signature = signature(b.matching(), many.labels);
      Element partner = ones.get(signature);
      if (partner == null) {
        continue;
      }
      Labels labels = resultLabels(b, many.labels, partner.labels);
      if (!taken.add(one ? signature : labels)) {
        throw new Fails("more than one match");
      }
      double l = swapped ? partner.value : many.value;
      double r = swapped ? many.value : partner.value;
      double value = number(b.operator(), l, r);
      if (!keeps) {
        result.add(new Element(labels, true, value));
      } else if (value == 1) {
        result.add(new Element(labels, many.dropName, l));
      }
    }
    return result;
  }

  private static Labels resultLabels(Expr.Binary b, Labels many, Labels one) {
    Labels labels = b.operator().isComparison() ? many : many.without(Label.METRIC_NAME);
    Matching matching = b.matching();
    if (matching.cardinality() == Matching.Cardinality.ONE_TO_ONE) {
      return matching.on()
          ? labels.keeping(matching.labels())
          : labels.without(matching.labels().toArray(new String[0]));
    }
    for (String name : matching.include()) {
      labels = labels.without(name).with(name, one.get(name));
    }
    return labels;
  }

  private static double number(BinaryOperator operator, double left, double right) {
    return switch (operator) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> left / right;
      case MODULO -> left % right;
      case EQUAL -> left == right ? 1 : 0;
      case NOT_EQUAL -> left != right ? 1 : 0;
      case LESS -> left < right ? 1 : 0;
      case LESS_OR_EQUAL -> left <= right ? 1 : 0;
      case GREATER -> left > right ? 1 : 0;
      case GREATER_OR_EQUAL -> left >= right ? 1 : 0;
      default -> throw new IllegalArgumentException("no such operator here: " + operator);
    };
  }

  // ---- aggregations

  private List<Element> aggregate(Expr.Aggregate a, long atMs) {
    Map<Labels, List<Element>> groups = new TreeMap<>();
    for (Element e : vector(a.operand(), atMs)) {
      groups.computeIfAbsent(group(a, e.labels), _ -> new ArrayList<>()).add(e);
    }
    double parameter =
        a.parameter() == null || a.parameter().type() != ValueType.SCALAR
            ? 0
            : scalar(a.parameter(), atMs);
    List<Element> result = new ArrayList<>();
    groups.forEach(
        (labels, group) -> {
          boolean drop = group.stream().anyMatch(Element::dropName);
          double[] v = group.stream().mapToDouble(Element::value).toArray();
          switch (a.aggregation()) {
            case TOPK, BOTTOMK -> result.addAll(best(a.aggregation(), group, (int) parameter));
            case COUNT_VALUES -> countValues(a, labels, v, result);
            default -> result.add(new Element(labels, drop, of(a.aggregation(), v, parameter)));
          }
        });
    return result;
  }

  private static Labels group(Expr.Aggregate a, Labels labels) {
    return a.grouping().without()
        ? labels.without(Label.METRIC_NAME).without(a.grouping().labels().toArray(new String[0]))
        : labels.keeping(a.grouping().labels());
  }

  private static double of(Aggregation aggregation, double[] v, double parameter) {
    return switch (aggregation) {
      case SUM -> sum(v);
      case AVG -> sum(v) / v.length;
      case COUNT -> v.length;
      case GROUP -> 1;
      case MIN -> extreme(v, false);
      case MAX -> extreme(v, true);
      case STDVAR -> variance(v);
      case STDDEV -> Math.sqrt(variance(v));
      case QUANTILE -> quantile(v, parameter);
      default -> throw new IllegalArgumentException("no such aggregation here: " + aggregation);
    };
  }

  private static List<Element> best(Aggregation aggregation, List<Element> group, int k) {
    Comparator<Element> order =
        (x, y) -> {
          if (Double.isNaN(x.value) || Double.isNaN(y.value)) {
            return Boolean.compare(Double.isNaN(x.value), Double.isNaN(y.value));
          }
          int rising = Double.compare(x.value, y.value);
          return aggregation == Aggregation.TOPK ? -rising : rising;
        };
    return group.stream().sorted(order).limit(Math.max(0, k)).toList();
  }

  private void countValues(Expr.Aggregate a, Labels labels, double[] v, List<Element> into) {
    String name = ((Expr.StringLiteral) a.parameter().bare()).value();
    Map<String, Integer> counts = new TreeMap<>();
    for (double value : v) {
      counts.merge(Numbers.format(value), 1, Integer::sum);
    }
    counts.forEach((value, count) -> into.add(new Element(labels.with(name, value), false, count)));
  }

  // ---- numbers

  /// Without rounding on the way.
  private static double sum(double[] v) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : v) {
      if (!Double.isFinite(value)) {
        return Arrays.stream(v).reduce(0, Double::sum);
      }
      sum = sum.add(new BigDecimal(value));
    }
    return sum.doubleValue();
  }

  private static double extreme(double[] v, boolean largest) {
    double extreme = v[0];
    for (double value : v) {
      if (Double.isNaN(extreme) || (largest ? value > extreme : value < extreme)) {
        extreme = value;
      }
    }
    return extreme;
  }

  private static double variance(double[] v) {
    double mean = sum(v) / v.length;
    return sum(Arrays.stream(v).map(x -> (x - mean) * (x - mean)).toArray()) / v.length;
  }

  private static double quantile(double[] v, double quantile) {
    if (Double.isNaN(quantile)) {
      return Double.NaN;
    }
    if (quantile < 0 || quantile > 1) {
      return quantile < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    Double[] sorted = Arrays.stream(v).boxed().toArray(Double[]::new);
    // NaN counts as the smallest.
    Arrays.sort(sorted, Comparator.comparing((Double x) -> !x.isNaN()).thenComparing(x -> x));
    double rank = quantile * (v.length - 1);
    int lower = (int) Math.floor(rank);
    int upper = Math.min(v.length - 1, lower + 1);
    double weight = rank - lower;
    return sorted[lower] * (1 - weight) + sorted[upper] * weight;
  }
}
