package dev.sightline.stats.measure;

import dev.sightline.stats.probability.Tails;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How well probabilities keep their word: of the cases given 0.8, about 80 % should be positive.
///
/// @param bins by rising probability; empty ones are left out
/// @param expectedError the mean distance between promise and outcome, each bin by its cases (ECE)
/// @param worstError the largest distance of one bin
public record Calibration(List<Bin> bins, Measured expectedError, Measured worstError) {
  /*
   * Both errors are sums or maxima of sizes, and so too large by chance: of a model that keeps its word they are
   * above 0 all the same, and rows that are drawn again make them larger still. With 1,000 rows in ten bins such
   * an interval never held the true 0. Therefore bounds: the shares of bins are off by at most so much, whatever
   * is true; by the triangle inequality the errors are, too. They hold at least as often as the level says.
   */
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
    Noise noise = new Noise(probabilities.length, intervals.level(), occupied(cases));
    for (int bin = 0; bin < binCount; bin++) {
      if (cases[bin] > 0) {
        double promised = sums[bin] / cases[bin];
        double off = Math.abs(promised - (double) hits[bin] / cases[bin]);
        noise.add(off, hits[bin], cases[bin]);
        Measured happened = Wilson.share(hits[bin], cases[bin], 1, intervals.level());
        bins.add(
            new Bin(
                (double) bin / binCount, (bin + 1.0) / binCount, promised, happened, cases[bin]));
      }
    }
    return new Calibration(bins, noise.expectedError(), noise.worstError());
  }

  private static int occupied(long[] cases) {
    return (int) Arrays.stream(cases).filter(each -> each > 0).count();
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

  /// Both errors, and how far they may be off.
  private static final class Noise {
    /// The mean size of a standard normal number.
    private static final double MEAN_SIZE = Math.sqrt(2 / Math.PI);

    private final long n;
    private final double level;
    private final double simultaneous;
    private double error;
    private double worst;
    private double size;
    private double variance;
    private double low;
    private double high;

    Noise(long n, double level, int bins) {
      this.n = n;
      this.level = level;
      // Bonferroni: all bins at once.
      this.simultaneous = Tails.normalQuantile(1 - (1 - level) / 2 / Math.max(1, bins));
    }

    /// @param off distance of promise and outcome in a bin
    void add(double off, long hits, long cases) {
      double share = (double) cases / n;
      // Two hits and two misses more, so that a bin without either is not certain.
      double shrunk = (hits + 2.0) / (cases + 4.0);
      double deviation = Math.sqrt(shrunk * (1 - shrunk) / cases);
      error += off * share;
      size += share * deviation * MEAN_SIZE;
      variance += share * share * deviation * deviation * (1 - MEAN_SIZE * MEAN_SIZE);
      worst = Math.max(worst, off);
      low = Math.max(low, off - simultaneous * deviation);
      high = Math.max(high, off + simultaneous * deviation);
    }

    Measured expectedError() {
      double half = size + Tails.normalQuantile(level) * Math.sqrt(variance);
      return known(error, error - half, error + half);
    }

    Measured worstError() {
      return known(worst, low, high);
    }

    private Measured known(double value, double low, double high) {
      return n == 0
          ? new Measured.NotEnough(0, 1)
          : new Measured.Known(
              value,
              n,
              new Interval(
                  Math.clamp(low, 0, value),
                  Math.clamp(high, value, 1),
                  level,
                  Interval.Kind.BOUND));
    }
  }
}
