package dev.sightline.api.models;

import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.model.prediction.PredictionSource.Query;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// Reads the parameters of a list of predictions.
final class ListParameters {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  private ListParameters() {}

  /// @throws ApiException 400
  static Query read(Call call, String model) {
    long startMs = timeMs(call, "start", Long.MIN_VALUE / 4);
    long endMs = timeMs(call, "end", Long.MAX_VALUE / 4);
    if (endMs < startMs) {
      throw bad("end", "must not be before start");
    }
    boolean newestFirst = newestFirst(call);
    String version = emptyToNull(call.parameter("version"));
    String cursor = emptyToNull(call.parameter("cursor"));
    return new Query(model, startMs, endMs, version, newestFirst, limit(call), cursor);
  }

  private static boolean newestFirst(Call call) {
    String order = emptyToNull(call.parameter("order"));
    return switch (order) {
      case null -> true;
      case "desc" -> true;
      case "asc" -> false;
      default -> throw bad("order", "must be asc or desc");
    };
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
