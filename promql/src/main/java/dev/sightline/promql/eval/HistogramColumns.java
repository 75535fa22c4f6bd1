package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import java.util.BitSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What is done to columns of histograms, null for steps without one.
final class HistogramColumns {
  private HistogramColumns() {}

  static @Nullable NativeHistogram @Nullable [] copy(
      @Nullable NativeHistogram @Nullable [] histograms) {
    return histograms == null ? null : histograms.clone();
  }

  /// Each one changed, in place.
  static void map(@Nullable NativeHistogram[] histograms, UnaryOperator<NativeHistogram> change) {
    for (int i = 0; i < histograms.length; i++) {
      NativeHistogram histogram = histograms[i];
      if (histogram != null) {
        histograms[i] = change.apply(histogram);
      }
    }
  }

  static boolean any(@Nullable NativeHistogram @Nullable [] histograms) {
    if (histograms != null) {
      for (NativeHistogram histogram : histograms) {
        if (histogram != null) {
          return true;
        }
      }
    }
    return false;
  }

  /// How many numbers it takes to keep them, beyond one for each step.
  static long size(@Nullable NativeHistogram @Nullable [] histograms) {
    long size = 0;
    if (histograms != null) {
      for (NativeHistogram histogram : histograms) {
        size += histogram == null ? 0 : histogram.size();
      }
    }
    return size;
  }

  /// The steps with a value of either kind.
  static BitSet presence(double[] column, @Nullable NativeHistogram @Nullable [] histograms) {
    BitSet present = new BitSet(column.length);
    for (int i = 0; i < column.length; i++) {
      if (!Absent.is(column[i]) || (histograms != null && histograms[i] != null)) {
        present.set(i);
      }
    }
    return present;
  }

  /// The column with a number at each step that has a histogram: for who only counts.
  static double[] marked(double[] column, @Nullable NativeHistogram @Nullable [] histograms) {
    if (histograms == null) {
      return column;
    }
    double[] marked = column.clone();
    for (int i = 0; i < marked.length; i++) {
      if (histograms[i] != null) {
        marked[i] = 1;
      }
    }
    return marked;
  }
}
