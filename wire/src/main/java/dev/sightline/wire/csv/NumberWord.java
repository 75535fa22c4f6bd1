package dev.sightline.wire.csv;

import java.util.Locale;

/// Reads a number of any form that pandas takes for one: with spaces around it, a plus sign, an
/// exponent, or as a word for infinity.
final class NumberWord {
  private NumberWord() {}

  /// @return NaN if it is none
  static double of(String word) {
    String text = word.strip();
    if (text.isEmpty()) {
      return Double.NaN;
    }
    for (int place = 0; place < text.length(); place++) {
      char each = text.charAt(place);
      boolean possible =
          (each >= '0' && each <= '9')
              || each == '.'
              || each == '-'
              || each == '+'
              || each == 'e'
              || each == 'E';
      if (!possible) {
        return infinity(text);
      }
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }

  private static double infinity(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> Double.NaN;
    };
  }
}
