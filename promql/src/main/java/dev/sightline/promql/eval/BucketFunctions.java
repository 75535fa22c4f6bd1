package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.series.ValueText;
import dev.sightline.promql.ast.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// `histogram_quantile` and `histogram_fraction` over classic histograms: series whose label `le`
/// is the upper bound of a bucket that counts all below it.
final class BucketFunctions {
  private static final String BOUND_LABEL = "le";

  private final Evaluator evaluator;
  private final int steps;

  BucketFunctions(Evaluator evaluator) {
    this.evaluator = evaluator;
    this.steps = evaluator.grid().count();
  }

  void evaluate(Expr.Call call, ColumnSink sink) {
    switch (call.function()) {
      case HISTOGRAM_QUANTILE -> quantile(call, sink);
      case HISTOGRAM_QUANTILES -> quantiles(call, sink);
      case HISTOGRAM_FRACTION -> fraction(call, sink);
      default -> throw new IllegalStateException("BUG: no buckets: " + call.function());
    }
  }

  private void quantile(Expr.Call call, ColumnSink sink) {
    double[] quantiles = quantileColumn(Calls.argument(call, 0));
    Expr buckets = Calls.argument(call, 1);
    eachHistogram(
        buckets,
        (labels, histogram) ->
            sink.accept(labels, true, quantileOf(histogram, quantiles, labels, buckets)));
  }

  private void quantiles(Expr.Call call, ColumnSink sink) {
    Expr buckets = Calls.argument(call, 0);
    String label = evaluator.text(Calls.argument(call, 1));
    List<double[]> columns = new ArrayList<>();
    for (Expr argument : call.arguments().subList(2, call.arguments().size())) {
      columns.add(quantileColumn(argument));
    }
    eachHistogram(
        buckets,
        (labels, histogram) -> {
          for (double[] quantiles : columns) {
            sink.accept(
                labels.with(label, ValueText.withFraction(quantiles[0])),
                true,
                quantileOf(histogram, quantiles, labels, buckets));
          }
        });
  }

  private void fraction(Expr.Call call, ColumnSink sink) {
    double[] lower = evaluator.scalar(Calls.argument(call, 0));
    double[] upper = evaluator.scalar(Calls.argument(call, 1));
    Expr buckets = Calls.argument(call, 2);
    eachHistogram(
        buckets,
        (labels, histogram) -> {
          double[] result = new double[steps];
          for (int i = 0; i < steps; i++) {
            NativeHistogram one = histogram.moveTo(i);
            result[i] =
                one != null
                    ? quantileOf(one, labels, buckets).fraction(lower[i], upper[i])
                    : histogram.isPresent()
                        ? histogram.classic().fraction(lower[i], upper[i])
                        : Absent.VALUE;
          }
          sink.accept(labels, true, result);
        });
  }

  private double[] quantileColumn(Expr argument) {
    double[] quantiles = evaluator.scalar(argument);
    for (double quantile : quantiles) {
      if (!(quantile >= 0 && quantile <= 1)) {
        evaluator.run().notes().badQuantile(quantile, argument.position());
      }
    }
    return quantiles;
  }

  private double[] quantileOf(
      Candidate histogram, double[] quantiles, Labels labels, Expr buckets) {
    double[] result = new double[steps];
    for (int i = 0; i < steps; i++) {
      NativeHistogram one = histogram.moveTo(i);
      if (one != null) {
        result[i] = quantileOf(one, labels, buckets).quantile(quantiles[i]);
      } else if (histogram.isPresent()) {
        result[i] = classic(histogram.classic(), quantiles[i], i, labels, buckets);
      } else {
        result[i] = Absent.VALUE;
      }
    }
    evaluator.run().budget().work(steps);
    return result;
  }

  private double classic(
      Histogram histogram, double quantile, int step, Labels labels, Expr buckets) {
    double result = histogram.quantile(quantile);
    Flattening flattening = histogram.flattening(evaluator.grid().timeMs(step));
    if (flattening != null) {
      String metric = labels.get(Label.METRIC_NAME);
      evaluator.run().notes().bucketsNotMonotonic(metric, buckets.position(), flattening);
    }
    return result;
  }

  private HistogramQuantile quantileOf(NativeHistogram one, Labels labels, Expr buckets) {
    return new HistogramQuantile(
        one, labels.get(Label.METRIC_NAME), evaluator.run().notes(), buckets.position());
  }

  /// All that has the same labels: the buckets of a classic histogram, a native histogram, or both
  /// by mistake. Looked at step by step.
  private final class Candidate {
    private final Histogram classic;
    private final @Nullable Row nativeRow;
    private final Labels labels;
    private final Expr buckets;
    private boolean present;

    Candidate(Labels labels, List<Histogram.Bucket> list, @Nullable Row nativeRow, Expr buckets) {
      this.labels = labels;
      this.classic = new Histogram(list);
      this.nativeRow = nativeRow;
      this.buckets = buckets;
    }

    /// Goes to a step; where both kinds stand there is nothing.
    ///
    /// @return the native histogram there, or null
    @Nullable NativeHistogram moveTo(int step) {
      present = classic.moveTo(step);
      NativeHistogram one = nativeRow == null ? null : nativeRow.histogramAt(step);
      if (present && one != null) {
        String metric = labels.get(Label.METRIC_NAME);
        evaluator.run().notes().mixedClassicAndNative(metric, buckets.position());
        present = false;
        return null;
      }
      return one;
    }

    /// Whether the classic histogram has counts at this step.
    boolean isPresent() {
      return present;
    }

    Histogram classic() {
      return classic;
    }
  }

  private void eachHistogram(Expr buckets, BiConsumer<Labels, Candidate> consumer) {
    Map<Labels, List<Histogram.Bucket>> classic = new LinkedHashMap<>();
    Map<Labels, Row> natives = new LinkedHashMap<>();
    evaluator.vector(
        buckets,
        (MixedSink)
            (labels, dropName, column, histograms) -> {
              evaluator.run().budget().charge(column.length + HistogramColumns.size(histograms));
              if (HistogramColumns.any(histograms)) {
                natives.merge(
                    labels,
                    new Row(labels, dropName, column, HistogramColumns.copy(histograms)),
                    BucketFunctions::joined);
              }
              addBucket(classic, labels, column, buckets);
            });
    Set<Labels> all = new LinkedHashSet<>(natives.keySet());
    all.addAll(classic.keySet());
    for (Labels labels : all) {
      List<Histogram.Bucket> list = classic.getOrDefault(labels, List.of());
      consumer.accept(labels, new Candidate(labels, list, natives.get(labels), buckets));
    }
  }

  /// Rows of the same labels take turns.
  private static Row joined(Row one, Row other) {
    @Nullable NativeHistogram[] histograms = one.histograms();
    for (int i = 0; histograms != null && i < histograms.length; i++) {
      histograms[i] = histograms[i] == null ? other.histogramAt(i) : histograms[i];
    }
    return one;
  }

  private void addBucket(
      Map<Labels, List<Histogram.Bucket>> classic, Labels labels, double[] column, Expr buckets) {
    if (Arrays.stream(column).allMatch(Absent::is)) {
      return;
    }
    String le = labels.get(BOUND_LABEL);
    Double bound = bound(le);
    if (bound == null) {
      String metric = labels.get(Label.METRIC_NAME);
      evaluator.run().notes().badBucketLabel(metric, le, buckets.position());
      return;
    }
    classic
        .computeIfAbsent(labels.without(BOUND_LABEL), _ -> new ArrayList<>())
        .add(new Histogram.Bucket(bound, column.clone()));
  }

  private static @Nullable Double bound(String le) {
    try {
      return switch (le) {
        case "+Inf", "Inf", "inf", "+inf" -> Double.POSITIVE_INFINITY;
        case "-Inf", "-inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.valueOf(le);
      };
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
