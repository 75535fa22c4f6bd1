package dev.sightline.wire.backfill;

import dev.sightline.model.series.Staleness;

/// Values as Prometheus writes them.
final class SampleNumber {
  private static final int LONGEST = 400;

  private SampleNumber() {}

  /// @throws NumberFormatException if it is none
  static double parse(String text) {
    return switch (text) {
      case "NaN" -> Double.longBitsToDouble(Staleness.NORMAL_NAN_BITS);
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        // letters that only Java knows, such as the d of 1d, or words such as Infinity
        if (text.length() > LONGEST || !text.matches("[0-9eE+.-]+")) {
          throw new NumberFormatException(text);
        }
        yield Double.parseDouble(text);
      }
    };
  }
}
