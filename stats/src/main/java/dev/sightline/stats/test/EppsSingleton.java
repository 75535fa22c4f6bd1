package dev.sightline.stats.test;

import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.probability.Tails;

/// Compares characteristic functions at two points, for continuous and for discrete values: T. Epps
/// and K. Singleton, "An omnibus test for the two-sample problem using the empirical characteristic
/// function" (1986), as `scipy.stats.epps_singleton_2samp`.
public final class EppsSingleton {
  private static final double[] POINTS = {0.4, 0.8};
  private static final int SIZE = 4;
  private static final int SMALL = 25;

  private EppsSingleton() {}

  /// @return p 1 where the middle half of all values is one value: the test cannot be scaled then
  public static TestResult test(SortedColumn reference, SortedColumn current) {
    double scale = interquartileRange(reference, current) / 2;
    if (scale == 0) {
      return new TestResult(0, 1, "not applicable: the middle half is one value");
    }
    double n = (double) reference.n() + current.n();
    double[] first = new double[SIZE];
    double[] second = new double[SIZE];
    double[][] covariance = new double[SIZE][SIZE];
    addCovariance(reference, scale, first, covariance, n / reference.n());
    addCovariance(current, scale, second, covariance, n / current.n());
    double[] difference = new double[SIZE];
    for (int row = 0; row < SIZE; row++) {
      difference[row] = first[row] - second[row];
    }
    double[] form = SymmetricMatrix.inverseForm(covariance, difference);
    double statistic = n * form[0];
    if (Math.max(reference.n(), current.n()) < SMALL) {
      statistic *=
          1
              / (1
                  + Math.pow(n, -0.45)
                  + 10.1 * (Math.pow(reference.n(), -1.7) + Math.pow(current.n(), -1.7)));
    }
    return new TestResult(statistic, Tails.chiSquare(statistic, form[1]), "t 0.4 and 0.8");
  }

  private static double interquartileRange(SortedColumn reference, SortedColumn current) {
    double[] both = new double[reference.n() + current.n()];
    for (int row = 0; row < both.length; row++) {
      both[row] = row < reference.n() ? reference.at(row) : current.at(row - reference.n());
    }
    SortedColumn all = SortedColumn.of(both);
    return all.quantile(0.75) - all.quantile(0.25);
  }

  private static void addCovariance(
      SortedColumn column, double scale, double[] means, double[][] covariance, double weight) {
    double[] row = new double[SIZE];
    double[][] products = new double[SIZE][SIZE];
    for (int place = 0; place < column.n(); place++) {
      for (int point = 0; point < POINTS.length; point++) {
        double angle = POINTS[point] / scale * column.at(place);
        row[point] = Math.cos(angle);
        row[POINTS.length + point] = Math.sin(angle);
      }
      for (int one = 0; one < SIZE; one++) {
        means[one] += row[one] / column.n();
        for (int two = 0; two <= one; two++) {
          products[one][two] += row[one] * row[two];
        }
      }
    }
    for (int one = 0; one < SIZE; one++) {
      for (int two = 0; two <= one; two++) {
        double value = weight * (products[one][two] / column.n() - means[one] * means[two]);
        covariance[one][two] += value;
        covariance[two][one] = covariance[one][two];
      }
    }
  }
}
