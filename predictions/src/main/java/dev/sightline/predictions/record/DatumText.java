package dev.sightline.predictions.record;

import dev.sightline.model.prediction.Datum;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A datum as one text: texts as they are, numbers as JSON writes them and whole ones without a
/// fraction, lists and fields as JSON.
public final class DatumText {
  private static final double WHOLE_LIMIT = 1L << 53;

  private DatumText() {}

  /// @return null for what is missing
  public static @Nullable String of(Datum datum) {
    return switch (datum) {
      case Datum.Missing() -> null;
      case Datum.Text(String value) -> value;
      case Datum.Amount(double value) -> number(value);
      case Datum.Flag(boolean value) -> Boolean.toString(value);
      case Datum.Items _, Datum.Fields _ -> {
        StringBuilder json = new StringBuilder();
        write(datum, json);
        yield json.toString();
      }
    };
  }

  /// Numbers that are no JSON, such as NaN, as Java writes them.
  public static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < WHOLE_LIMIT
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static void write(Datum datum, StringBuilder into) {
    switch (datum) {
      case Datum.Missing() -> into.append("null");
      case Datum.Flag(boolean value) -> into.append(value);
      case Datum.Amount(double value) ->
          into.append(Double.isFinite(value) ? number(value) : "null");
      case Datum.Text(String value) -> quote(value, into);
      case Datum.Items(List<Datum> values) -> {
        into.append('[');
        for (int i = 0; i < values.size(); i++) {
          into.append(i == 0 ? "" : ",");
          write(values.get(i), into);
        }
        into.append(']');
      }
      case Datum.Fields(Map<String, Datum> values) -> {
        into.append('{');
        String comma = "";
        for (Map.Entry<String, Datum> value : values.entrySet()) {
          into.append(comma);
          quote(value.getKey(), into);
          into.append(':');
          write(value.getValue(), into);
          comma = ",";
        }
        into.append('}');
      }
    }
  }

  private static void quote(String text, StringBuilder into) {
    into.append('"');
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == '"' || unit == '\\') {
        into.append('\\').append(unit);
      } else if (unit < ' ') {
        into.append(String.format("\\u%04x", (int) unit));
      } else {
        into.append(unit);
      }
    }
    into.append('"');
  }
}
