package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a model answered for one row.
///
/// @param value the class, the number, or whatever else the model answers
/// @param confidence of the value, 0 to 1; null where the model gives none
/// @param probabilities by class, each 0 to 1; empty where the model gives none
public record ModelOutput(
    Datum value, @Nullable Double confidence, Map<String, Double> probabilities) {
  public ModelOutput {
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
  }

  /// The value as the name of a class: text as it is, `1` for 1.0, `true` for true; null for what
  /// cannot name a class, such as a fraction or a list.
  public @Nullable String className() {
    return className(value);
  }

  static @Nullable String className(Datum value) {
    return switch (value) {
      case Datum.Text(String text) -> text;
      case Datum.Flag(boolean flag) -> Boolean.toString(flag);
      case Datum.Amount(double amount)
          when amount == Math.rint(amount) && Math.abs(amount) < 1e15 ->
          Long.toString((long) amount);
      case Datum.Amount _ -> null;
      case Datum.Missing _ -> null;
      case Datum.Items _ -> null;
      case Datum.Fields _ -> null;
    };
  }
}
