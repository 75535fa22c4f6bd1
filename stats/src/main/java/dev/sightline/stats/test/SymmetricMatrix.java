package dev.sightline.stats.test;

/// Eigenvalues of small symmetric matrices, by C. Jacobi's rotations (1846).
final class SymmetricMatrix {
  /// Eigenvalues below this share of the largest are taken to be zero.
  private static final double NOTHING = 1e-15;

  private SymmetricMatrix() {}

  /// @return v' A⁺ v, and the rank of A, with A⁺ the pseudo-inverse
  static double[] inverseForm(double[][] matrix, double[] vector) {
    int size = vector.length;
    double[][] a = new double[size][];
    double[][] turned = new double[size][size];
    for (int row = 0; row < size; row++) {
      a[row] = matrix[row].clone();
      turned[row][row] = 1;
    }
    for (int sweep = 0; sweep < 60; sweep++) {
      for (int p = 0; p < size; p++) {
        for (int q = p + 1; q < size; q++) {
          if (a[p][q] != 0) {
            rotate(a, turned, p, q);
          }
        }
      }
    }
    double largest = 0;
    for (int each = 0; each < size; each++) {
      largest = Math.max(largest, Math.abs(a[each][each]));
    }
    double form = 0;
    int rank = 0;
    for (int each = 0; each < size; each++) {
      if (Math.abs(a[each][each]) > largest * NOTHING) {
        double part = 0;
        for (int row = 0; row < size; row++) {
          part += turned[row][each] * vector[row];
        }
        form += part * part / a[each][each];
        rank++;
      }
    }
    return new double[] {form, rank};
  }

  private static void rotate(double[][] a, double[][] turned, int p, int q) {
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
    double cosine = 1 / Math.hypot(t, 1);
    double sine = t * cosine;
    for (int row = 0; row < a.length; row++) {
      double one = a[row][p];
      double two = a[row][q];
      a[row][p] = cosine * one - sine * two;
      a[row][q] = sine * one + cosine * two;
    }
    for (int column = 0; column < a.length; column++) {
      double one = a[p][column];
      double two = a[q][column];
      a[p][column] = cosine * one - sine * two;
      a[q][column] = sine * one + cosine * two;
      double left = turned[column][p];
      double right = turned[column][q];
      turned[column][p] = cosine * left - sine * right;
      turned[column][q] = sine * left + cosine * right;
    }
  }
}
