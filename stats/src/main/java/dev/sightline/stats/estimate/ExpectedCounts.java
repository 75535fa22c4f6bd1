package dev.sightline.stats.estimate;

import dev.sightline.stats.measure.Interval;
import dev.sightline.stats.measure.Measured;
import dev.sightline.stats.probability.Tails;

/// What the counts of a binary classifier will be once the truth arrives, from calibrated
/// probabilities alone: confidence-based performance estimation (CBPE), as NannyML coded it.
///
/// Six sums that merge hour with hour. Owned by one thread.
public final class ExpectedCounts {
  /*
   * A case predicted positive with probability p is a true positive with chance p and a false one with
   * chance 1 - p; one predicted negative is a false negative with chance p. Sums of these are the
   * expected counts. How far realised values will lie from the estimate follows from the same
   * probabilities: truths are independent coins with variance p (1 - p), and each measure is a ratio
   * of sums of them, so that (delta method) Var(A / B) is about
   *     sum p (1 - p) (a - (A / B) b)² / B²
   * with a and b what one positive truth adds to A and to B. The band holds if the calibration does:
   * it knows nothing of concept drift.
   */
  private double positives;
  private double negatives;
  private double hitsOfPositives;
  private double hitsOfNegatives;
  private double varianceOfPositives;
  private double varianceOfNegatives;

  /// @param probability calibrated, that the case is positive
  /// @param predicted whether the model said so
  public void add(double probability, boolean predicted) {
    if (predicted) {
      positives++;
      hitsOfPositives += probability;
      varianceOfPositives += probability * (1 - probability);
    } else {
      negatives++;
      hitsOfNegatives += probability;
      varianceOfNegatives += probability * (1 - probability);
    }
  }

  public void merge(ExpectedCounts other) {
    positives += other.positives;
    negatives += other.negatives;
    hitsOfPositives += other.hitsOfPositives;
    hitsOfNegatives += other.hitsOfNegatives;
    varianceOfPositives += other.varianceOfPositives;
    varianceOfNegatives += other.varianceOfNegatives;
  }

  public long n() {
    return (long) (positives + negatives);
  }

  public double truePositives() {
    return hitsOfPositives;
  }

  public double falsePositives() {
    return positives - hitsOfPositives;
  }

  public double falseNegatives() {
    return hitsOfNegatives;
  }

  public double trueNegatives() {
    return negatives - hitsOfNegatives;
  }

  public Measured accuracy(double level) {
    return ratio(truePositives() + trueNegatives(), positives + negatives, 1, -1, 0, level);
  }

  public Measured precision(double level) {
    return ratio(truePositives(), positives, 1, 0, 0, level);
  }

  public Measured recall(double level) {
    return ratio(truePositives(), truePositives() + falseNegatives(), 1, 0, 1, level);
  }

  public Measured specificity(double level) {
    return ratio(trueNegatives(), trueNegatives() + falsePositives(), 0, -1, -1, level);
  }

  public Measured f1(double level) {
    double whole = 2 * truePositives() + falsePositives() + falseNegatives();
    return ratio(2 * truePositives(), whole, 2, 0, 1, level);
  }

  /// The worth of all decisions: by truth and prediction, each 0 or 1.
  public double businessValue(double[][] worth) {
    return worth[0][0] * trueNegatives()
        + worth[0][1] * falsePositives()
        + worth[1][0] * falseNegatives()
        + worth[1][1] * truePositives();
  }

  /// @param byPositive what one more positive truth among predicted positives adds to the numerator
  /// @param byNegative the same among predicted negatives
  /// @param toWhole what either adds to the denominator
  private Measured ratio(
      double part,
      double whole,
      double byPositive,
      double byNegative,
      double toWhole,
      double level) {
    if (n() == 0) {
      return new Measured.NotEnough(0, 1);
    }
    if (whole <= 0) {
      return new Measured.Undefined(n(), "it would divide by zero");
    }
    double value = part / whole;
    double variance =
        varianceOfPositives * square(byPositive - value * toWhole)
            + varianceOfNegatives * square(byNegative - value * toWhole);
    double half = Tails.normalQuantile(0.5 + level / 2) * Math.sqrt(variance) / whole;
    return new Measured.Known(
        value,
        n(),
        new Interval(
            Math.max(0, value - half),
            Math.min(1, value + half),
            level,
            Interval.Kind.CALIBRATION));
  }

  private static double square(double value) {
    return value * value;
  }
}
