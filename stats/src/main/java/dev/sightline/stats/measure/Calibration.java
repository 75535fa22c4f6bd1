package dev.sightline.stats.measure;

import java.util.ArrayList;
import java.util.List;

/// How well probabilities keep their word: of the cases given 0.8, about 80 % should be positive.
///
/// @param bins by rising probability; empty ones are left out
/// @param expectedError the mean distance between promise and outcome, each bin by its cases (ECE)
/// @param worstError the largest distance of one bin
public record Calibration(List<Bin> bins, Measured expectedError, Measured worstError) {
  public Calibration {
    bins = List.copyOf(bins);
  }

  /// Cases of similar probability.
  ///
  /// @param low where the bin begins
  /// @param high where it ends
  /// @param promised their mean probability
  /// @param happened the share that was positive, with its interval
  public record Bin(double low, double high, double promised, Measured happened, long n) {}

  /// Ten bins of equal width are usual. A probability on an edge belongs to the bin below, as in
  /// scikit-learn's `calibration_curve`.
  public static Calibration of(
      double[] probabilities, boolean[] positive, int binCount, Resampling intervals) {
    double[] sums = new double[binCount];
    long[] hits = new long[binCount];
    long[] cases = new long[binCount];
    for (int row = 0; row < probabilities.length; row++) {
      int bin = bin(probabilities[row], binCount);
      sums[bin] += probabilities[row];
      cases[bin]++;
      hits[bin] += positive[row] ? 1 : 0;
    }
    List<Bin> bins = new ArrayList<>();
    double error = 0;
    double worst = 0;
    for (int bin = 0; bin < binCount; bin++) {
      if (cases[bin] > 0) {
        double promised = sums[bin] / cases[bin];
        double off = Math.abs(promised - (double) hits[bin] / cases[bin]);
        error += off * cases[bin] / probabilities.length;
        worst = Math.max(worst, off);
        Measured happened = Wilson.share(hits[bin], cases[bin], 1, intervals.level());
        bins.add(
            new Bin(
                (double) bin / binCount, (bin + 1.0) / binCount, promised, happened, cases[bin]));
      }
    }
    return new Calibration(
        bins, known(error, probabilities.length), known(worst, probabilities.length));
  }

  private static int bin(double probability, int binCount) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(probability + " is not a probability");
    }
    // Start from the arithmetic guess, then let the edges themselves decide.
    int bin = Math.clamp((long) (probability * binCount), 0, binCount - 1);
    double step = 1.0 / binCount;
    while (bin > 0 && probability <= bin * step) {
      bin--;
    }
    while (bin < binCount - 1 && probability > (bin + 1) * step) {
      bin++;
    }
    return bin;
  }

  private static Measured known(double value, long n) {
    return n == 0 ? new Measured.NotEnough(0, 1) : new Measured.Known(value, n, null);
  }
}
