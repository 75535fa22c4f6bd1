package dev.sightline.stats.learn;

/// How gradients and curvatures of some rows add up, by feature and bin: all that a cut is chosen
/// by. Those of a part are those of the whole without the other part.
final class GradientSums {
  static final int BINS = BinnedRows.MISSING + 1;
  private static final double LEAST_GAIN = 1e-9;
  private static final double LEAST_CURVATURE = 1e-3;

  private final int features;

  /// Gradient and curvature of each bin side by side, which one row adds to at once.
  private final double[] sums;

  private final int[] counts;
  private int n;

  private GradientSums(int features) {
    this.features = features;
    this.sums = new double[features * BINS * 2];
    this.counts = new int[features * BINS];
  }

  static GradientSums of(BinnedRows all, int[] rows, double[] gradients, double[] curvatures) {
    GradientSums made = new GradientSums(all.features());
    made.n = rows.length;
    for (int feature = 0; feature < made.features; feature++) {
      byte[] bins = all.bins(feature);
      int start = feature * BINS;
      for (int row : rows) {
        int place = start + (bins[row] & 0xFF);
        made.sums[2 * place] += gradients[row];
        made.sums[2 * place + 1] += curvatures[row];
        made.counts[place]++;
      }
    }
    return made;
  }

  /// Takes a part's sums away: these are the other part's from now on.
  GradientSums without(GradientSums part) {
    for (int place = 0; place < sums.length; place++) {
      sums[place] -= part.sums[place];
    }
    for (int place = 0; place < counts.length; place++) {
      counts[place] -= part.counts[place];
    }
    n -= part.n;
    return this;
  }

  /// A cut of the rows in two.
  ///
  /// @param feature negative where no cut helps
  /// @param lastLeft the last bin that goes left
  record Cut(int feature, int lastLeft, boolean missingLeft, double gain) {}

  private static final Cut NONE = new Cut(-1, 0, false, LEAST_GAIN);

  /// The cut that gains most.
  Cut best(BoostedTrees.Options options) {
    Cut best = NONE;
    if (n < 2 * options.minimum()) {
      return best;
    }
    double gradient = 0;
    double curvature = 0;
    for (int bin = 0; bin < BINS; bin++) {
      gradient += sums[2 * bin];
      curvature += sums[2 * bin + 1];
    }
    for (int feature = 0; feature < features; feature++) {
      best = best(feature, false, gradient, curvature, options, best);
      if (counts[feature * BINS + BinnedRows.MISSING] > 0) {
        best = best(feature, true, gradient, curvature, options, best);
      }
    }
    return best;
  }

  private Cut best(
      int feature,
      boolean missingLeft,
      double gradient,
      double curvature,
      BoostedTrees.Options options,
      Cut before) {
    Cut best = before;
    double whole = gradient * gradient / (curvature + options.lambda());
    int missing = feature * BINS + BinnedRows.MISSING;
    double left = missingLeft ? sums[2 * missing] : 0;
    double leftCurvature = missingLeft ? sums[2 * missing + 1] : 0;
    int lefts = missingLeft ? counts[missing] : 0;
    for (int bin = 0; bin < BinnedRows.MISSING; bin++) {
      int place = feature * BINS + bin;
      if (counts[place] == 0) {
        continue;
      }
      left += sums[2 * place];
      leftCurvature += sums[2 * place + 1];
      lefts += counts[place];
      if (n - lefts < options.minimum()) {
        break;
      }
      double rightCurvature = curvature - leftCurvature;
      if (lefts >= options.minimum()
          && Math.min(leftCurvature, rightCurvature) >= LEAST_CURVATURE) {
        double right = gradient - left;
        double gain =
            left * left / (leftCurvature + options.lambda())
                + right * right / (rightCurvature + options.lambda())
                - whole;
        if (gain > best.gain) {
          best = new Cut(feature, bin, missingLeft, gain);
        }
      }
    }
    return best;
  }
}
