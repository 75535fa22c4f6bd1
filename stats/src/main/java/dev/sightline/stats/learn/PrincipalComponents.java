package dev.sightline.stats.learn;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/// The few directions in which rows differ most: K. Pearson, "On lines and planes of closest fit to
/// systems of points in space" (1901). Features are taken in deviations from their means.
///
/// Unchangeable.
public final class PrincipalComponents {
  private final double[] means;
  private final double[] deviations;
  private final double[][] directions;

  private PrincipalComponents(double[] means, double[] deviations, double[][] directions) {
    this.means = means;
    this.deviations = deviations;
    this.directions = directions;
  }

  /// @param features by feature, then by row; all finite
  /// @param share so many directions are kept that they tell more than this of all variance
  public static PrincipalComponents of(double[][] features, double share) {
    int size = features.length;
    int n = features[0].length;
    double[] means = new double[size];
    double[] deviations = new double[size];
    double[][] scaled = new double[size][n];
    for (int feature = 0; feature < size; feature++) {
      double mean = 0;
      for (double value : features[feature]) {
        mean += value / n;
      }
      double squares = 0;
      for (double value : features[feature]) {
        squares += (value - mean) * (value - mean) / n;
      }
      means[feature] = mean;
      deviations[feature] = squares > 0 ? Math.sqrt(squares) : 1;
      for (int row = 0; row < n; row++) {
        scaled[feature][row] = (features[feature][row] - mean) / deviations[feature];
      }
    }
    return new PrincipalComponents(means, deviations, directions(scaled, share));
  }

  private static double[][] directions(double[][] scaled, double share) {
    int size = scaled.length;
    double[][] together = new double[size][size];
    for (int one = 0; one < size; one++) {
      for (int other = 0; other <= one; other++) {
        double sum = 0;
        for (int row = 0; row < scaled[one].length; row++) {
          sum += scaled[one][row] * scaled[other][row];
        }
        together[one][other] = sum / (scaled[one].length - 1);
        together[other][one] = together[one][other];
      }
    }
    EigenDecompositionSymmetric found =
        new EigenDecompositionSymmetric(new Array2DRowRealMatrix(together, false));
    double[] variances = found.getEigenvalues(); // falling
    double all = 0;
    for (double variance : variances) {
      all += Math.max(0, variance);
    }
    int kept = 0;
    double told = 0;
    while (kept < size && (kept == 0 || told <= share * all)) {
      told += Math.max(0, variances[kept++]);
    }
    double[][] directions = new double[kept][];
    for (int each = 0; each < kept; each++) {
      directions[each] = found.getEigenvector(each).toArray();
    }
    return directions;
  }

  /// How many directions were kept.
  public int size() {
    return directions.length;
  }

  /// What of a row the directions do not tell, by feature, in deviations.
  ///
  /// @param features of any rows, by feature, then by row
  /// @param residual filled
  /// @return its length
  public double residual(double[][] features, int row, double[] residual) {
    for (int feature = 0; feature < means.length; feature++) {
      residual[feature] = (features[feature][row] - means[feature]) / deviations[feature];
    }
    double[] scaled = residual.clone();
    for (double[] direction : directions) {
      double along = 0;
      for (int feature = 0; feature < means.length; feature++) {
        along += direction[feature] * scaled[feature];
      }
      for (int feature = 0; feature < means.length; feature++) {
        residual[feature] -= along * direction[feature];
      }
    }
    double squares = 0;
    for (double off : residual) {
      squares += off * off;
    }
    return Math.sqrt(squares);
  }
}
