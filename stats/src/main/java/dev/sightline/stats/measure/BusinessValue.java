package dev.sightline.stats.measure;

/// What each kind of decision is worth, in any unit; costs are negative.
///
/// @param cells by truth, then by prediction; square
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BusinessValue(double[][] cells) {
  public BusinessValue {
    cells = cells.clone();
    for (double[] row : cells) {
      if (row.length != cells.length) {
        throw new IllegalArgumentException(
            "the matrix of values has " + cells.length + " rows and one of " + row.length);
      }
    }
  }

  /// The sum over all decisions.
  public double of(ConfusionCounts counts) {
    if (counts.classes() > cells.length) {
      for (int extra = cells.length; extra < counts.classes(); extra++) {
        if (counts.has(extra)) {
          throw new IllegalArgumentException(
              "values of " + cells.length + " classes, but class " + extra + " occurs");
        }
      }
    }
    double sum = 0;
    int shared = Math.min(cells.length, counts.classes());
    for (int truth = 0; truth < shared; truth++) {
      for (int prediction = 0; prediction < shared; prediction++) {
        sum += cells[truth][prediction] * counts.count(truth, prediction);
      }
    }
    return sum;
  }

  /// Of binary decisions, where class 1 is the positive one.
  public double of(ClassCounts counts) {
    return cells[0][0] * counts.trueNegatives()
        + cells[0][1] * counts.falsePositives()
        + cells[1][0] * counts.falseNegatives()
        + cells[1][1] * counts.truePositives();
  }
}
