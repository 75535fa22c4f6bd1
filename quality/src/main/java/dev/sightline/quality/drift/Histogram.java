package dev.sightline.quality.drift;

import dev.sightline.quality.baseline.FeatureColumn;
import dev.sightline.stats.column.Bins;
import dev.sightline.stats.column.PairedCounts;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.drift.Separation;
import dev.sightline.stats.sketch.NumberSketch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// How both windows are distributed over the same bins or words, for the eye.
///
/// @param bounds of bins, one more than counts; empty for words
/// @param words the most frequent of both, then the rest together; empty for numbers
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Histogram(double[] bounds, List<String> words, long[] reference, long[] current) {
  private static final int BINS = 20;
  private static final int MOST_WORDS = 20;

  /// So much lies beyond the outer bins' inner bounds: those bins reach to the extremes.
  private static final double TAIL = 0.01;

  public static final Histogram NONE =
      new Histogram(new double[0], List.of(), new long[0], new long[0]);

  public Histogram {
    words = List.copyOf(words);
  }

  static Histogram of(FeatureColumn reference, FeatureColumn current) {
    if (reference instanceof FeatureColumn.Words first
        && current instanceof FeatureColumn.Words second) {
      return ofWords(first, second);
    }
    boolean none = reference.n() == 0 && current.n() == 0;
    if (none
        || reference instanceof FeatureColumn.Vectors
        || reference instanceof FeatureColumn.Sentences) {
      return NONE;
    }
    Side first = side(reference);
    Side second = side(current);
    double[] bounds = bounds(first, second);
    return new Histogram(bounds, List.of(), first.counts(bounds), second.counts(bounds));
  }

  /// Of texts and vectors: how sure a classifier is that rows are current.
  static Histogram ofChances(Separation separation) {
    double[] bounds = Bins.equalWidth(0, 1, BINS);
    return new Histogram(
        bounds,
        List.of(),
        Bins.counts(SortedColumn.of(separation.reference()), bounds),
        Bins.counts(SortedColumn.of(separation.current()), bounds));
  }

  private static Histogram ofWords(FeatureColumn.Words reference, FeatureColumn.Words current) {
    List<String> words = Pairs.words(reference, current);
    PairedCounts counts = Pairs.counts(reference, current);
    int[] order =
        IntStream.range(0, words.size())
            .boxed()
            .sorted(
                Comparator.comparingLong(
                    word -> -(counts.reference()[word] + counts.current()[word])))
            .mapToInt(Integer::intValue)
            .toArray();
    int shown = Math.min(MOST_WORDS, order.length);
    boolean more = order.length > shown;
    long[] first = new long[shown + (more ? 1 : 0)];
    long[] second = new long[first.length];
    List<String> names = new ArrayList<>();
    for (int place = 0; place < order.length; place++) {
      int into = Math.min(place, first.length - 1);
      first[into] += counts.reference()[order[place]];
      second[into] += counts.current()[order[place]];
      if (place < shown) {
        names.add(words.get(order[place]));
      }
    }
    if (more) {
      names.add(FeatureColumn.OTHER);
    }
    return new Histogram(new double[0], names, first, second);
  }

  /// Of equal width between the tails; where nearly all values are one, over the whole range.
  private static double[] bounds(Side first, Side second) {
    double min = Math.min(first.quantile(0), second.quantile(0));
    double max = Math.max(first.quantile(1), second.quantile(1));
    double low = Math.min(first.quantile(TAIL), second.quantile(TAIL));
    double high = Math.max(first.quantile(1 - TAIL), second.quantile(1 - TAIL));
    double[] bounds = low < high ? Bins.equalWidth(low, high, BINS) : Bins.equalWidth(min, max, 5);
    bounds[0] = Math.min(bounds[0], min);
    bounds[bounds.length - 1] = Math.max(bounds[bounds.length - 1], max);
    return bounds;
  }

  private static Side side(FeatureColumn column) {
    return switch (column) {
      case FeatureColumn.Numbers(SortedColumn values, long _) -> new Rows(values);
      case FeatureColumn.Sketched _ -> new Sketch(FeatureSketch.of(column));
      case FeatureColumn.Words _, FeatureColumn.Sentences _, FeatureColumn.Vectors _ ->
          throw new IllegalArgumentException("BUG: no numbers");
    };
  }

  /// The numbers of one window.
  private interface Side {
    /// Infinite, away from everything, where there are none.
    double quantile(double probability);

    long[] counts(double[] bounds);
  }

  private record Rows(SortedColumn values) implements Side {
    @Override
    public double quantile(double probability) {
      if (values.n() == 0) {
        return probability < 0.5 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      }
      return values.quantile(probability);
    }

    @Override
    public long[] counts(double[] bounds) {
      return Bins.counts(values, bounds);
    }
  }

  private record Sketch(NumberSketch sketch) implements Side {
    @Override
    public double quantile(double probability) {
      return sketch.quantile(probability);
    }

    @Override
    public long[] counts(double[] bounds) {
      double[] shares = sketch.sharesUpTo(bounds);
      long[] counts = new long[bounds.length - 1];
      long before = 0;
      for (int bin = 0; bin < counts.length; bin++) {
        long upTo = Math.round(shares[bin + 1] * sketch.n());
        counts[bin] = upTo - before;
        before = upTo;
      }
      return counts;
    }
  }
}
