package dev.sightline.api.models;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.FixedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The fields of one row that a client sent, read one by one with an error that names the field.
final class JsonFields {
  /// What is wrong with a row, in the user's words.
  static final class RowException extends RuntimeException {
    RowException(String message) {
      super(message, null, false, false);
    }

    String text() {
      return String.valueOf(getMessage());
    }
  }

  private static final double LARGEST_EXACT_INTEGER = 1L << 53;

  private final Map<String, Datum> fields;

  /// @param known the names that a row may have
  /// @throws RowException if the row is no object or has another field
  JsonFields(Datum row, Set<String> known) {
    if (!(row instanceof Datum.Fields(Map<String, Datum> values))) {
      throw new RowException("must be an object, not " + kind(row));
    }
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw new RowException(
            "unknown field \"" + shown(name) + "\", known are " + String.join(", ", known));
      }
    }
    this.fields = values;
  }

  /// @return null where it is absent or null
  @Nullable Datum value(String name) {
    Datum value = fields.get(name);
    return value instanceof Datum.Missing ? null : value;
  }

  Datum required(String name) {
    Datum value = value(name);
    if (value == null) {
      throw new RowException(name + ": is missing");
    }
    return value;
  }

  /// A text; a number or flag counts as the text that it was sent as.
  ///
  /// @return empty where it is absent
  String text(String name) {
    Datum value = value(name);
    return value == null ? "" : word(name, value);
  }

  private static String word(String name, Datum value) {
    return switch (value) {
      case Datum.Text(String text) -> text;
      case Datum.Flag(boolean flag) -> Boolean.toString(flag);
      case Datum.Amount(double number)
          when number == Math.rint(number) && Math.abs(number) <= LARGEST_EXACT_INTEGER ->
          Long.toString((long) number);
      case Datum.Amount _, Datum.Missing _, Datum.Items _, Datum.Fields _ ->
          throw unfit(name, "a text", value);
    };
  }

  /// Texts, as [#text].
  ///
  /// @return empty where it is absent
  Map<String, String> words(String name) {
    Map<String, String> words = new LinkedHashMap<>();
    object(name).forEach((key, value) -> words.put(key, word(name + "." + shown(key), value)));
    return words;
  }

  /// @return null where it is absent
  @Nullable Double number(String name, double min, double max, String range) {
    Datum value = value(name);
    if (value == null) {
      return null;
    }
    return between(() -> name, value, min, max, range);
  }

  /// @param nowMs what an absent time means
  long timeMs(String name, long nowMs) {
    Datum value = value(name);
    return switch (value) {
      case null -> nowMs;
      case Datum.Amount(double ms) when Math.abs(ms) <= LARGEST_EXACT_INTEGER -> (long) ms;
      case Datum.Text(String text) -> rfc3339(name, text);
      default -> throw unfit(name, "RFC 3339 or epoch milliseconds", value);
    };
  }

  /// @return empty where it is absent
  Map<String, Datum> object(String name) {
    Datum value = value(name);
    return switch (value) {
      case null -> Map.of();
      case Datum.Fields(Map<String, Datum> values) -> values;
      default -> throw unfit(name, "an object", value);
    };
  }

  /// @return empty where it is absent
  Map<String, Double> shares(String name) {
    Map<String, Datum> sent = object(name);
    if (sent.isEmpty()) {
      return Map.of();
    }
    FixedMap.Builder<Double> shares = new FixedMap.Builder<>();
    sent.forEach(
        (key, value) ->
            shares.put(
                key, between(() -> name + "." + shown(key), value, 0, 1, "a number from 0 to 1")));
    return shares.build();
  }

  /// @return empty where it is absent
  Map<String, String> texts(String name) {
    Map<String, Datum> sent = object(name);
    if (sent.isEmpty()) {
      return Map.of();
    }
    FixedMap.Builder<String> texts = new FixedMap.Builder<>();
    sent.forEach(
        (key, value) -> {
          if (!(value instanceof Datum.Text(String text))) {
            throw unfit(name + "." + shown(key), "a text", value);
          }
          texts.put(key, text);
        });
    return texts.build();
  }

  private static double between(
      Supplier<String> name, Datum value, double min, double max, String range) {
    if (value instanceof Datum.Amount(double number) && number >= min && number <= max) {
      return number;
    }
    throw unfit(name.get(), range, value);
  }

  private static long rfc3339(String name, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException _) {
      throw new RowException(
          name
              + ": must be RFC 3339 (such as "
              + Instant.EPOCH
              + ") or epoch milliseconds, not \""
              + shown(text)
              + "\"");
    }
  }

  private static RowException unfit(String name, String wanted, Datum value) {
    String found = value instanceof Datum.Amount(double number) ? "" + number : kind(value);
    return new RowException(name + ": must be " + wanted + ", not " + found);
  }

  private static String kind(Datum value) {
    return switch (value) {
      case Datum.Missing _ -> "null";
      case Datum.Amount _ -> "a number";
      case Datum.Text _ -> "a text";
      case Datum.Flag _ -> "true or false";
      case Datum.Items _ -> "a list";
      case Datum.Fields _ -> "an object";
    };
  }

  private static String shown(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
