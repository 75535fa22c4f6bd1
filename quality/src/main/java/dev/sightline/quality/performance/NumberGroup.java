package dev.sightline.quality.performance;

import dev.sightline.stats.measure.ErrorSums;

/// What is kept of the rows of one group whose model predicts numbers.
final class NumberGroup {
  private final MeasureVariants variants;
  private final ErrorSums sums;
  private final ScoredRows rows;
  private long n;

  NumberGroup(int limit, MeasureVariants variants) {
    this.variants = variants;
    sums = new ErrorSums(variants.quantile());
    rows = new ScoredRows(2, limit);
  }

  void addPrediction() {
    n++;
  }

  /// @param pair truth and prediction
  void add(double[] pair) {
    sums.add(pair[0], pair[1]);
    rows.add(0, 0, pair);
  }

  /// All predictions, with and without truth.
  long n() {
    return n;
  }

  MeasureVariants variants() {
    return variants;
  }

  ErrorSums sums() {
    return sums;
  }

  boolean isSampled() {
    return rows.seen() > rows.kept();
  }

  double[] truths() {
    return column(0);
  }

  double[] predictions() {
    return column(1);
  }

  private double[] column(int column) {
    double[] values = new double[rows.kept()];
    for (int row = 0; row < values.length; row++) {
      values[row] = rows.score(row, column);
    }
    return values;
  }
}
