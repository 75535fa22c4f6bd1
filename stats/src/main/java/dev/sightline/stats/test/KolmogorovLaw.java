package dev.sightline.stats.test;

/// The distribution of the largest distance between an empirical distribution and the one it was
/// drawn from.
final class KolmogorovLaw {
  /*
   * No one formula is both fast and exact everywhere. Following R. Simard and P. L'Ecuyer, "Computing
   * the two-sided Kolmogorov-Smirnov distribution" (2011), with the limits that SciPy chose:
   * 1. n d² large: twice the one-sided tail of Smirnov, a sum of positive terms, so that small
   *    probabilities keep their digits.
   * 2. few values or small d: the power of a matrix of G. Marsaglia, W. Tsang, J. Wang, "Evaluating
   *    Kolmogorov's distribution" (2003), exact.
   * 3. else: the expansion of W. Pelz and I. Good, "Approximating the lower tail-areas of the
   *    Kolmogorov-Smirnov one-sample statistic" (1976).
   */
  private static final double NOTHING_LEFT = 370;

  private KolmogorovLaw() {}

  /// P(D >= d) for n values.
  static double tail(double d, long n) {
    double t = n * d;
    double square = t * d;
    if (d <= 0 || t <= 0.5) {
      return 1;
    }
    if (d >= 1 || square >= NOTHING_LEFT) {
      return 0;
    }
    if (t >= n - 1) {
      return 2 * Math.pow(1 - d, (double) n);
    }
    if (d >= 0.5 || square > (n <= 140 ? 4 : 2.2)) {
      return Math.min(1, 2 * oneSidedTail(d, n));
    }
    boolean small = n <= 140 || (n <= 100_000 && n * Math.pow(d, 1.5) <= 1.4);
    return 1 - (small ? byMatrix(d, (int) n) : byExpansion(d, n));
  }

  /// N. Smirnov (1944): P(D+ >= d) = d sum over v of C(n,v) (d + v/n)^(v-1) (1 - d - v/n)^(n-v).
  private static double oneSidedTail(double d, long n) {
    long last = (long) Math.floor(n * (1 - d));
    double logBinomial = 0;
    double sum = 0;
    for (long v = 0; v <= last; v++) {
      double rest = 1 - d - (double) v / n;
      if (rest > 0) {
        double log =
            logBinomial + (v - 1) * Math.log(d + (double) v / n) + (n - v) * Math.log(rest);
        sum += Math.exp(log);
      }
      logBinomial += Math.log((double) (n - v) / (v + 1));
    }
    return sum * d;
  }

  private static double byMatrix(double d, int n) {
    int k = (int) (n * d) + 1;
    int size = 2 * k - 1;
    double h = k - n * d;
    double[][] matrix = new double[size][size];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        matrix[row][column] = row - column + 1 < 0 ? 0 : 1;
      }
    }
    for (int edge = 0; edge < size; edge++) {
      matrix[edge][0] -= Math.pow(h, edge + 1);
      matrix[size - 1][edge] -= Math.pow(h, size - edge);
    }
    matrix[size - 1][0] += 2 * h - 1 > 0 ? Math.pow(2 * h - 1, size) : 0;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column <= row; column++) {
        for (int factor = 1; factor <= row - column + 1; factor++) {
          matrix[row][column] /= factor;
        }
      }
    }
    return scaledPower(matrix, n, k - 1);
  }

  /// n!/n^n times an element of the n-th power, scaled on the way so that nothing overflows.
  private static double scaledPower(double[][] matrix, int n, int element) {
    double[][] power = identity(matrix.length);
    double[][] base = matrix;
    int powerScale = 0;
    int baseScale = 0;
    for (int bits = n; bits > 0; bits >>= 1) {
      if ((bits & 1) == 1) {
        power = product(power, base);
        powerScale += baseScale + scaleDown(power);
      }
      if (bits > 1) {
        base = product(base, base);
        baseScale = 2 * baseScale + scaleDown(base);
      }
    }
    double result = power[element][element];
    for (int factor = 1; factor <= n; factor++) {
      result = result * factor / n;
      if (result < 1e-140) {
        result *= 1e140;
        powerScale -= 140;
      }
    }
    return result * Math.pow(10, powerScale);
  }

  /// @return by how many powers of ten
  private static int scaleDown(double[][] matrix) {
    if (matrix[matrix.length / 2][matrix.length / 2] <= 1e140) {
      return 0;
    }
    for (double[] row : matrix) {
      for (int column = 0; column < row.length; column++) {
        row[column] *= 1e-140;
      }
    }
    return 140;
  }

  private static double[][] identity(int size) {
    double[][] matrix = new double[size][size];
    for (int each = 0; each < size; each++) {
      matrix[each][each] = 1;
    }
    return matrix;
  }

  private static double[][] product(double[][] left, double[][] right) {
    int size = left.length;
    double[][] product = new double[size][size];
    for (int row = 0; row < size; row++) {
      for (int middle = 0; middle < size; middle++) {
        double factor = left[row][middle];
        for (int column = 0; column < size; column++) {
          product[row][column] += factor * right[middle][column];
        }
      }
    }
    return product;
  }

  private static double byExpansion(double d, long n) {
    double root = Math.sqrt((double) n);
    double z = root * d;
    double z2 = z * z;
    double z4 = z2 * z2;
    double z6 = z4 * z2;
    double pi2 = Math.PI * Math.PI;
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    double evenThird = 0;
    double evenFourth = 0;
    // Half-integers and integers from both signs; 20 terms are far beyond the last digit for z < 2.
    for (int k = 20; k >= 0; k--) {
      double half = pi2 * (k + 0.5) * (k + 0.5);
      double weight = 2 * Math.exp(-half / (2 * z2));
      first += weight;
      second += (half - z2) * weight;
      third += (6 * z6 + 2 * z4 + half * (2 * z4 - 5 * z2) + half * half * (1 - 2 * z2)) * weight;
      fourth +=
          (half * half * half * (5 - 30 * z2)
                  + half * half * (-60 * z2 + 212 * z4)
                  + half * (135 * z4 - 96 * z6)
                  - (30 * z6 + 90 * z4 * z4))
              * weight;
      double whole = pi2 * k * k;
      double even = 2 * Math.exp(-whole / (2 * z2));
      evenThird += whole * even;
      evenFourth += (3 * whole * z2 - whole * whole) * even;
    }
    double factor = Math.sqrt(Math.PI / 2);
    double k0 = factor / z * first;
    double k1 = factor * second / (6 * z4);
    double k2 = factor * (third / (72 * z6 * z) - evenThird / (36 * z2 * z));
    double k3 = factor * (fourth / (6480 * z6 * z4) + evenFourth / (216 * z6));
    return Math.clamp(k0 + k1 / root + k2 / n + k3 / (n * root), 0, 1);
  }
}
