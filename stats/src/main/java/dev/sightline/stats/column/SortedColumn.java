package dev.sightline.stats.column;

import dev.sightline.stats.probability.Quantiles;
import java.util.Arrays;

/// The finite values of one feature in one window, sorted once and shared by every test and
/// distance.
///
/// Unchangeable.
public final class SortedColumn {
  private final double[] values;
  private final long missing;
  private final long infinite;
  private final double mean;
  private final double squares;
  private final int distinct;

  private SortedColumn(double[] values, long missing, long infinite) {
    this.values = values;
    this.missing = missing;
    this.infinite = infinite;
    if (!FewSorted.sort(values)) {
      Arrays.sort(values);
    }
    double sum = 0;
    int different = 0;
    for (int row = 0; row < values.length; row++) {
      sum += values[row];
      different += row == 0 || values[row] != values[row - 1] ? 1 : 0;
    }
    distinct = different;
    mean = values.length == 0 ? Double.NaN : sum / values.length;
    double distances = 0;
    for (double value : values) {
      distances += (value - mean) * (value - mean);
    }
    squares = distances;
  }

  /// NaN counts as missing; the infinities are counted too, and neither takes part in anything
  /// else.
  public static SortedColumn of(double[] values) {
    double[] finite = new double[values.length];
    int kept = 0;
    long missing = 0;
    for (double value : values) {
      if (Double.isFinite(value)) {
        // Both zeros are one value; sorting would tell them apart.
        finite[kept++] = value + 0.0;
      } else if (Double.isNaN(value)) {
        missing++;
      }
    }
    return new SortedColumn(
        kept == finite.length ? finite : Arrays.copyOf(finite, kept),
        missing,
        values.length - kept - missing);
  }

  /// Finite values.
  public int n() {
    return values.length;
  }

  public long missing() {
    return missing;
  }

  public long infinite() {
    return infinite;
  }

  public int distinct() {
    return distinct;
  }

  /// The value at a place of the rising order.
  public double at(int place) {
    return values[place];
  }

  public double min() {
    return values[0];
  }

  public double max() {
    return values[values.length - 1];
  }

  /// @return NaN without values
  public double mean() {
    return mean;
  }

  /// The sum of squared distances to the mean.
  public double squares() {
    return squares;
  }

  /// The standard deviation of these values themselves, divided by n.
  public double deviation() {
    return Math.sqrt(squares / values.length);
  }

  public double quantile(double probability) {
    return Quantiles.of(values, probability);
  }

  /// How many values are below.
  public int countBelow(double bound) {
    int from = 0;
    int to = values.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (values[middle] < bound) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /// How many values are not above.
  public int countUpTo(double bound) {
    return bound == Double.POSITIVE_INFINITY ? values.length : countBelow(Math.nextUp(bound));
  }

  /// The values, rising; the caller does not change them.
  double[] values() {
    return values;
  }

  /// A copy of the values, rising.
  public double[] toArray() {
    return values.clone();
  }
}
