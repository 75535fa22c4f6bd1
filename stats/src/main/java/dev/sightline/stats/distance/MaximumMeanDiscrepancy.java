package dev.sightline.stats.distance;

import dev.sightline.stats.probability.Seed;
import dev.sightline.stats.probability.Tails;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// How far two sets of vectors are apart in the space of a Gaussian kernel: A. Gretton et al., "A
/// kernel two-sample test" (2012). Time and memory grow with rows, not with their square.
public final class MaximumMeanDiscrepancy {
  /// So many pairs of rows set the kernel's width.
  private static final int PAIRS = 1_000;

  private MaximumMeanDiscrepancy() {}

  /// @param squared an estimate of the squared discrepancy; about 0, and then of either sign, for
  ///   one distribution
  /// @param pValue by the normal limit of the estimate
  /// @param width of the kernel: the median distance between rows
  public record Estimate(double squared, double pValue, double width) {}

  /// The linear-time estimate of section 6 of the paper: disjoint pairs of rows, each used once.
  /// Rows are taken in a seeded order; of the longer side only as many as of the shorter.
  ///
  /// @param reference at least four rows of one length
  /// @param current at least four rows of that length
  public static Estimate linear(double[][] reference, double[][] current, long seed) {
    RandomGenerator random = Seed.generator(seed);
    double width = medianDistance(reference, current, random);
    int[] first = shuffled(reference.length, random);
    int[] second = shuffled(current.length, random);
    int pairs = Math.min(first.length, second.length) / 2;
    double mean = 0;
    double squares = 0;
    for (int pair = 0; pair < pairs; pair++) {
      double[] x1 = reference[first[2 * pair]];
      double[] x2 = reference[first[2 * pair + 1]];
      double[] y1 = current[second[2 * pair]];
      double[] y2 = current[second[2 * pair + 1]];
      double h =
          kernel(x1, x2, width)
              + kernel(y1, y2, width)
              - kernel(x1, y2, width)
              - kernel(x2, y1, width);
      double off = h - mean;
      mean += off / (pair + 1);
      squares += off * (h - mean);
    }
    double error = Math.sqrt(squares / (pairs - 1) / pairs);
    double pValue = error == 0 ? (mean > 0 ? 0 : 1) : Tails.normal(mean / error);
    return new Estimate(mean, pValue, width);
  }

  /// By random Fourier features: A. Rahimi and B. Recht, "Random features for large-scale kernel
  /// machines" (2007). The unbiased squared distance of mean features; uses every row.
  ///
  /// @param features how many; the error falls with their root
  public static double byRandomFeatures(
      double[][] reference, double[][] current, int features, long seed) {
    RandomGenerator random = Seed.generator(seed);
    double width = medianDistance(reference, current, random);
    double squared = 0;
    double ofReference = 0;
    double ofCurrent = 0;
    for (int feature = 0; feature < features; feature++) {
      double[] direction = new double[reference[0].length];
      for (int place = 0; place < direction.length; place++) {
        direction[place] = random.nextGaussian() / width;
      }
      // A cosine and a sine of one direction: |z(x)|² is 1, so that the terms k(x, x) are exact.
      double[] first = meanFeature(reference, direction);
      double[] second = meanFeature(current, direction);
      squared += square(first[0] - second[0]) + square(first[1] - second[1]);
      ofReference += square(first[0]) + square(first[1]);
      ofCurrent += square(second[0]) + square(second[1]);
    }
    double n = reference.length;
    double m = current.length;
    double bias = (1 - ofReference / features) / (n - 1) + (1 - ofCurrent / features) / (m - 1);
    return squared / features - bias;
  }

  private static double[] meanFeature(double[][] rows, double[] direction) {
    double cosines = 0;
    double sines = 0;
    for (double[] row : rows) {
      double angle = 0;
      for (int place = 0; place < direction.length; place++) {
        angle += direction[place] * row[place];
      }
      cosines += Math.cos(angle);
      sines += Math.sin(angle);
    }
    return new double[] {cosines / rows.length, sines / rows.length};
  }

  private static double medianDistance(
      double[][] reference, double[][] current, RandomGenerator random) {
    int all = reference.length + current.length;
    double[] distances = new double[PAIRS];
    int count = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
      double[] one = row(reference, current, random.nextInt(all));
      double[] two = row(reference, current, random.nextInt(all));
      double distance = Math.sqrt(squaredDistance(one, two));
      if (distance > 0) {
        distances[count++] = distance;
      }
    }
    Arrays.sort(distances, 0, count);
    return count == 0 ? 1 : distances[count / 2];
  }

  private static double[] row(double[][] reference, double[][] current, int place) {
    return place < reference.length ? reference[place] : current[place - reference.length];
  }

  private static int[] shuffled(int n, RandomGenerator random) {
    int[] order = new int[n];
    for (int place = 0; place < n; place++) {
      int other = random.nextInt(place + 1);
      order[place] = order[other];
      order[other] = place;
    }
    return order;
  }

  private static double kernel(double[] one, double[] two, double width) {
    return Math.exp(-squaredDistance(one, two) / (2 * width * width));
  }

  private static double squaredDistance(double[] one, double[] two) {
    double sum = 0;
    for (int place = 0; place < one.length; place++) {
      sum += (one[place] - two[place]) * (one[place] - two[place]);
    }
    return sum;
  }

  private static double square(double value) {
    return value * value;
  }
}
