package dev.sightline.stats.test;

import dev.sightline.stats.column.SortedColumn;
import java.util.List;

/// Whether k windows share one distribution, with weight on the tails: F. Scholz and M. Stephens,
/// "K-sample Anderson-Darling tests" (1987), midrank form, as `scipy.stats.anderson_ksamp`.
public final class AndersonDarling {
  private static final double[] LEVELS = {0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001};
  // Table 2 of the paper: critical values are b0 + b1 / sqrt(m) + b2 / m with m = k - 1.
  private static final double[] B0 = {0.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085};
  private static final double[] B1 = {-0.245, 0.25, 0.678, 1.149, 1.822, 2.364, 3.615};
  private static final double[] B2 = {-0.105, -0.305, -0.362, -0.391, -0.396, -0.345, -0.154};

  private AndersonDarling() {}

  /// The p-value is interpolated in the paper's table, and never outside of 0.001 to 0.25.
  ///
  /// @param windows at least two, none empty, together at least four values, not all equal
  public static TestResult test(List<SortedColumn> windows) {
    int k = windows.size();
    double n = windows.stream().mapToDouble(SortedColumn::n).sum();
    double statistic = (midrank(windows, n) - (k - 1)) / Math.sqrt(variance(windows, n, k));
    double m = k - 1;
    double[] critical = new double[LEVELS.length];
    for (int level = 0; level < LEVELS.length; level++) {
      critical[level] = B0[level] + B1[level] / Math.sqrt(m) + B2[level] / m;
    }
    if (statistic < critical[0]) {
      return new TestResult(statistic, LEVELS[0], "midrank, p at least 0.25");
    }
    if (statistic > critical[LEVELS.length - 1]) {
      return new TestResult(statistic, LEVELS[LEVELS.length - 1], "midrank, p at most 0.001");
    }
    return new TestResult(statistic, interpolated(statistic, critical), "midrank");
  }

  private static double midrank(List<SortedColumn> windows, double n) {
    int[] below = new int[windows.size()];
    double[] sums = new double[windows.size()];
    double allBelow = 0;
    while (allBelow < n) {
      double value = smallest(windows, below);
      double here = 0;
      int[] upTo = new int[windows.size()];
      for (int window = 0; window < upTo.length; window++) {
        upTo[window] = end(windows.get(window), below[window], value);
        here += upTo[window] - below[window];
      }
      double middle = allBelow + here / 2;
      double weight = here / n / (middle * (n - middle) - n * here / 4);
      // All values equal: nothing to compare.
      weight = Double.isFinite(weight) ? weight : 0;
      for (int window = 0; window < upTo.length; window++) {
        double own = (below[window] + upTo[window]) / 2.0;
        double off = n * own - middle * windows.get(window).n();
        sums[window] += weight * off * off;
        below[window] = upTo[window];
      }
      allBelow += here;
    }
    double statistic = 0;
    for (int window = 0; window < sums.length; window++) {
      statistic += sums[window] / windows.get(window).n();
    }
    return statistic * (n - 1) / n;
  }

  private static double smallest(List<SortedColumn> windows, int[] below) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int window = 0; window < below.length; window++) {
      if (below[window] < windows.get(window).n()) {
        smallest = Math.min(smallest, windows.get(window).at(below[window]));
      }
    }
    return smallest;
  }

  private static int end(SortedColumn window, int from, double value) {
    int to = from;
    while (to < window.n() && window.at(to) == value) {
      to++;
    }
    return to;
  }

  private static double variance(List<SortedColumn> windows, double n, int k) {
    double inverse = 0;
    for (SortedColumn window : windows) {
      inverse += 1.0 / window.n();
    }
    double h = 0;
    double g = 0;
    for (long i = 2; i < n; i++) {
      h += 1.0 / (n - i + 1);
      g += h / i;
    }
    h += 1;
    double squared = (double) k * k;
    double a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * inverse;
    double b =
        (2 * g - 4) * squared + 8 * h * k + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6;
    double c =
        (6 * h + 2 * g - 2) * squared + (4 * h - 4 * g + 6) * k + (2 * h - 6) * inverse + 4 * h;
    double d = (2 * h + 6) * squared - 4 * h * k;
    return (((a * n + b) * n + c) * n + d) / ((n - 1) * (n - 2) * (n - 3));
  }

  /// A parabola through the logarithms of the levels, by least squares.
  private static double interpolated(double statistic, double[] critical) {
    double[][] normal = new double[3][4];
    for (int level = 0; level < critical.length; level++) {
      double[] powers = {1, critical[level], critical[level] * critical[level]};
      for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 3; column++) {
          normal[row][column] += powers[row] * powers[column];
        }
        normal[row][3] += powers[row] * Math.log(LEVELS[level]);
      }
    }
    double[] fit = solved(normal);
    return Math.exp(fit[0] + statistic * (fit[1] + statistic * fit[2]));
  }

  private static double[] solved(double[][] rows) {
    int size = rows.length;
    for (int pivot = 0; pivot < size; pivot++) {
      for (int row = 0; row < size; row++) {
        if (row != pivot) {
          double factor = rows[row][pivot] / rows[pivot][pivot];
          for (int column = pivot; column <= size; column++) {
            rows[row][column] -= factor * rows[pivot][column];
          }
        }
      }
    }
    double[] solution = new double[size];
    for (int row = 0; row < size; row++) {
      solution[row] = rows[row][size] / rows[row][row];
    }
    return solution;
  }
}
