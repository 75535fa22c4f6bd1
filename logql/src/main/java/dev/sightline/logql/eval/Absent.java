package dev.sightline.logql.eval;

import dev.sightline.model.series.Staleness;
import java.util.Arrays;

/// The value of a step at which a series has none: the staleness marker, which no computation
/// yields.
final class Absent {
  static final double VALUE = Staleness.MARKER;

  private Absent() {}

  static boolean is(double value) {
    return Double.isNaN(value) && Staleness.isMarker(value);
  }

  /// A column without any value.
  static double[] column(int steps) {
    double[] column = new double[steps];
    Arrays.fill(column, VALUE);
    return column;
  }
}
