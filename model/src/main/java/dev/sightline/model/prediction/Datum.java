package dev.sightline.model.prediction;

import java.util.List;
import java.util.Map;

/// One value of a prediction: a feature, the output or the truth. The shapes are those of JSON.
public sealed interface Datum {
  /// Sent, but without a value. A feature that was not sent at all has no datum.
  record Missing() implements Datum {}

  /// Any double, NaN and the infinities included.
  record Amount(double value) implements Datum {}

  record Text(String value) implements Datum {}

  record Flag(boolean value) implements Datum {}

  /// A list, such as an embedding or an image's rows.
  record Items(List<Datum> values) implements Datum {
    public Items {
      values = List.copyOf(values);
    }
  }

  /// @param values in the order in which they were sent
  record Fields(Map<String, Datum> values) implements Datum {
    public Fields {
      values = FixedMap.copyOf(values);
    }
  }
}
