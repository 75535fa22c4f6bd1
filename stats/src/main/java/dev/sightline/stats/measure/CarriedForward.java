package dev.sightline.stats.measure;

import java.util.List;

/// The days of the CLARA monitor, for comparison with its charts: a day without data repeats the
/// day before, and the first one starts from 0.75. Everywhere else gaps stay gaps.
public final class CarriedForward {
  private static final double FIRST = 0.75;

  private CarriedForward() {}

  /// @param days one value a day, in order
  public static double[] of(List<Measured> days) {
    double[] values = new double[days.size()];
    double last = FIRST;
    for (int day = 0; day < values.length; day++) {
      if (days.get(day) instanceof Measured.Known(double value, _, _)) {
        last = value;
      }
      values[day] = last;
    }
    return values;
  }
}
