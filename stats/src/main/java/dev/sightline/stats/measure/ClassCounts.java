package dev.sightline.stats.measure;

/// How one class fares against all others.
///
/// @param truePositives of the class and predicted as such
/// @param falsePositives predicted, but of another class
/// @param falseNegatives of the class, but predicted as another
/// @param trueNegatives neither
public record ClassCounts(
    long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {
  /// True cases.
  public long support() {
    return truePositives + falseNegatives;
  }

  public long predicted() {
    return truePositives + falsePositives;
  }

  public long negatives() {
    return trueNegatives + falsePositives;
  }

  double precision(ZeroDivision rule) {
    return rule.divide(truePositives, predicted());
  }

  double recall(ZeroDivision rule) {
    return rule.divide(truePositives, support());
  }

  double specificity(ZeroDivision rule) {
    return rule.divide(trueNegatives, negatives());
  }

  double jaccard(ZeroDivision rule) {
    return rule.divide(truePositives, truePositives + falsePositives + falseNegatives);
  }

  /// @param beta how much more recall counts than precision
  double fScore(double beta, ZeroDivision rule) {
    double square = beta * beta;
    return rule.divide((1 + square) * truePositives, square * support() + predicted());
  }

  public ClassCounts plus(ClassCounts other) {
    return new ClassCounts(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        falseNegatives + other.falseNegatives,
        trueNegatives + other.trueNegatives);
  }
}
