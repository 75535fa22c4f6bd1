package dev.sightline.api.models;

import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.models.filter.FilterParser;
import dev.sightline.api.models.filter.RowMatch;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.Order;
import dev.sightline.model.prediction.PredictionSource.Query;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads the parameters of a list of predictions.
final class ListParameters {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  /// Rows that are looked at for one page where a filter passes few of them.
  private static final int MOST_FILTERED = 100_000;

  /// Rows that are put in order by a number of theirs: all of a range, for each page.
  private static final int MOST_ORDERED = 500_000;

  private ListParameters() {}

  /// @throws ApiException 400
  static Query read(Call call, String model) {
    long startMs = timeMs(call, "start", Long.MIN_VALUE / 4);
    long endMs = timeMs(call, "end", Long.MAX_VALUE / 4);
    if (endMs < startMs) {
      throw bad("end", "must not be before start");
    }
    String version = emptyToNull(call.parameter("version"));
    String cursor = emptyToNull(call.parameter("cursor"));
    String[] order = order(call);
    Order by = by(order[0]);
    return new Query(
        model,
        startMs,
        endMs,
        version,
        by,
        order[1].equals("desc"),
        limit(call),
        cursor,
        filter(call),
        by == Order.TIME ? MOST_FILTERED : MOST_ORDERED);
  }

  /// By what, and which way.
  private static String[] order(Call call) {
    String text = emptyToNull(call.parameter("order"));
    String order = text == null ? "desc" : text;
    int colon = order.indexOf(':');
    String way = order.substring(colon + 1);
    if (!way.equals("asc") && !way.equals("desc")) {
      throw badOrder();
    }
    return new String[] {colon < 0 ? "time" : order.substring(0, colon), way};
  }

  private static Order by(String name) {
    return switch (name) {
      case "time" -> Order.TIME;
      case "confidence" -> Order.CONFIDENCE;
      case "latency_ms" -> Order.LATENCY;
      default -> throw badOrder();
    };
  }

  private static ApiException badOrder() {
    return bad(
        "order", "must be asc or desc, or time, confidence or latency_ms with :asc or :desc");
  }

  private static Predicate<Labelled> filter(Call call) {
    String text = emptyToNull(call.parameter("filter"));
    return text == null ? _ -> true : new RowMatch(FilterParser.parse(text));
  }

  /// What is shown of each row.
  static Shown columns(Call call) {
    String text = emptyToNull(call.parameter("columns"));
    try {
      return text == null ? Shown.ALL : Shown.of(List.of(text.split(",", -1)));
    } catch (IllegalArgumentException bad) {
      throw bad("columns", String.valueOf(bad.getMessage()));
    }
  }

  private static int limit(Call call) {
    String text = emptyToNull(call.parameter("limit"));
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // Said below, as for a number that is out of range.
    }
    throw bad("limit", "must be a whole number from 1 to " + MAX_LIMIT);
  }

  /// @throws ApiException 400
  static long timeMs(Call call, String name, long fallbackMs) {
    String text = emptyToNull(call.parameter(name));
    if (text == null) {
      return fallbackMs;
    }
    try {
      return text.matches("-?\\d{1,15}")
          ? Long.parseLong(text)
          : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException _) {
      throw bad(name, "must be RFC 3339 or epoch milliseconds");
    }
  }

  static @Nullable String emptyToNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  static ApiException bad(String parameter, String message) {
    return new ApiException(
        ApiError.badData("invalid parameter \"" + parameter + "\": " + message));
  }
}
