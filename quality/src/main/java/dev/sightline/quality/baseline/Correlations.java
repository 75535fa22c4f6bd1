package dev.sightline.quality.baseline;

import java.util.List;

/// How the numeric inputs of a window move together: Pearson's correlation of each pair.
///
/// @param names of the features
/// @param values of pairs: that of `names[i]` and `names[j]`, `i < j`, stands at [#index]; NaN
///   where one of them is constant or there are too few rows
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Correlations(List<String> names, double[] values) {
  public static final Correlations NONE = new Correlations(List.of(), new double[0]);

  /// More features than this have too many pairs to look at.
  static final int MOST_FEATURES = 30;

  public Correlations {
    names = List.copyOf(names);
  }

  /// @param first less than `second`
  static int index(int first, int second) {
    return second * (second - 1) / 2 + first;
  }

  /// @return NaN where it is not known
  public double of(String first, String second) {
    int one = names.indexOf(first);
    int other = names.indexOf(second);
    return one < 0 || other < 0 || one == other
        ? Double.NaN
        : values[index(Math.min(one, other), Math.max(one, other))];
  }

  /// The sums that correlations are made of. Owned by one thread.
  static final class Sums {
    /// Of more rows the first are enough.
    private static final int MOST_ROWS = 50_000;

    private static final long FEWEST_ROWS = 30;
    private static final double NEARLY_NOTHING = 1e-24;

    private final List<String> names;
    private final double[] origins;
    private final double[][] sums;
    private int rows;

    Sums(List<String> names) {
      this.names = List.copyOf(names);
      this.origins = new double[names.size()];
      // Of each pair: rows, x, y, xx, yy, xy, seen from the first row.
      this.sums = new double[names.size() * (names.size() - 1) / 2][6];
    }

    void add(double[] values) {
      if (rows++ == 0) {
        for (int each = 0; each < values.length; each++) {
          origins[each] = Double.isFinite(values[each]) ? values[each] : 0;
        }
      }
      if (rows > MOST_ROWS) {
        return;
      }
      for (int second = 1; second < values.length; second++) {
        for (int first = 0; first < second; first++) {
          double x = values[first] - origins[first];
          double y = values[second] - origins[second];
          if (Double.isFinite(x) && Double.isFinite(y)) {
            double[] pair = sums[index(first, second)];
            pair[0]++;
            pair[1] += x;
            pair[2] += y;
            pair[3] += x * x;
            pair[4] += y * y;
            pair[5] += x * y;
          }
        }
      }
    }

    Correlations finish() {
      double[] values = new double[sums.length];
      for (int pair = 0; pair < values.length; pair++) {
        values[pair] = of(sums[pair]);
      }
      return new Correlations(names, values);
    }

    private static double of(double[] pair) {
      double n = pair[0];
      double xx = pair[3] - pair[1] * pair[1] / n;
      double yy = pair[4] - pair[2] * pair[2] / n;
      boolean enough = n >= FEWEST_ROWS && xx > NEARLY_NOTHING && yy > NEARLY_NOTHING;
      return enough
          ? Math.clamp((pair[5] - pair[1] * pair[2] / n) / Math.sqrt(xx * yy), -1, 1)
          : Double.NaN;
    }
  }
}
