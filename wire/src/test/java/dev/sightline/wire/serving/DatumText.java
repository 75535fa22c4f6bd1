package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes data for golden files: like JSON, with `missing` for missing values.
final class DatumText {
  private DatumText() {}

  static String of(Datum datum) {
    return switch (datum) {
      case Datum.Missing _ -> "missing";
      case Datum.Amount(double value) -> Double.toString(value);
      case Datum.Text(String value) -> '"' + value + '"';
      case Datum.Flag(boolean value) -> Boolean.toString(value);
      case Datum.Items(List<Datum> values) ->
          values.stream().map(DatumText::of).collect(Collectors.joining(", ", "[", "]"));
      case Datum.Fields(Map<String, Datum> values) -> of(values);
    };
  }

  static String of(Map<String, Datum> values) {
    return values.entrySet().stream()
        .map(e -> '"' + e.getKey() + "\": " + of(e.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
