package dev.sightline.stats.measure;

/// How much each of some rows moves a statistic, and so how far it is off by chance: F. Hampel,
/// "The influence curve and its role in robust estimation" (1974).
///
/// Owned by one thread.
final class Influences {
  /*
   * With phi the influence of a row, the statistic of n rows differs from the true one by the mean of phi, so that
   * its variance is that of phi over n. Influences of a sum of statistics add up row by row; what they have in
   * common is thereby counted as it should. The variance of phi needs no more rows than MOST: with so many, its
   * root is off by about one per cent.
   */
  private static final int MOST = 10_000;

  private final int rows;
  private final double[] ofRow;

  /// @param rows that the statistic stands on
  Influences(int rows) {
    this.rows = rows;
    this.ofRow = new double[Math.min(rows, MOST)];
  }

  /// How many rows are asked.
  int size() {
    return ofRow.length;
  }

  /// The number of a row that is asked; spread evenly over all.
  int row(int place) {
    return (int) ((long) place * rows / ofRow.length);
  }

  void add(int place, double influence) {
    ofRow[place] += influence;
  }

  /// The standard error of the statistic. What is added to each influence alike changes nothing.
  double deviation() {
    double mean = 0;
    for (double each : ofRow) {
      mean += each / ofRow.length;
    }
    double squares = 0;
    for (double each : ofRow) {
      squares += (each - mean) * (each - mean);
    }
    return ofRow.length < 2 ? 0 : Math.sqrt(squares / (ofRow.length - 1) / rows);
  }
}
