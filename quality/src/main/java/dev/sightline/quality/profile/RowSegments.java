package dev.sightline.quality.profile;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.quality.rows.SegmentBy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says in which of the configured segments a row is.
final class RowSegments {
  /// A longer value is a text, not the name of a segment.
  private static final int LONGEST_WORD = 200;

  private static final double LARGEST_EXACT = 1L << 53;

  private RowSegments() {}

  /// As users ask for them; a row that lacks one of the names is in none of those.
  static List<String> of(Prediction row, List<SegmentBy> configured) {
    if (configured.isEmpty()) {
      return List.of();
    }
    List<String> segments = new ArrayList<>(configured.size());
    for (SegmentBy by : configured) {
      List<String> values = new ArrayList<>(by.names().size());
      for (String name : by.names()) {
        String word = word(row, name);
        if (word == null || word.isEmpty() || word.length() > LONGEST_WORD) {
          break;
        }
        values.add(word);
      }
      if (values.size() == by.names().size()) {
        segments.add(by.text(values));
      }
    }
    return segments;
  }

  private static @Nullable String word(Prediction row, String name) {
    return switch (row.features().get(name)) {
      case Datum.Text(String text) -> text;
      case Datum.Flag(boolean flag) -> Boolean.toString(flag);
      case Datum.Amount(double amount) -> number(amount);
      case null -> row.tags().get(name);
      case Datum.Missing _, Datum.Items _, Datum.Fields _ -> null;
    };
  }

  /// As JSON writes it, whole ones without a fraction.
  private static String number(double amount) {
    return amount == Math.rint(amount) && Math.abs(amount) <= LARGEST_EXACT
        ? Long.toString((long) amount)
        : Double.toString(amount);
  }
}
