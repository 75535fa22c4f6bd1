package dev.sightline.api.prometheus;

import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.wire.yaml.DurationText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/// Reads the parameters that Prometheus's API shares among its calls, with its texts for mistakes.
final class Parameters {
  /// The oldest and the newest time that Prometheus knows; clients send them to ask for everything.
  private static final String MIN_TIME = "-292273086-05-16T16:47:06Z";

  private static final String MAX_TIME = "292277025-08-18T07:12:54.999999999Z";

  /// Far enough for any data, near enough that sums of times and durations stay in a long.
  static final long EARLIEST_MS = Long.MIN_VALUE / 4;

  static final long LATEST_MS = Long.MAX_VALUE / 4;

  private static final int MAX_NUMBER_LENGTH = 64;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");

  private Parameters() {}

  /// @return `fallbackMs` where it is absent
  /// @throws ApiException 400
  static long timeMs(Call call, String name, long fallbackMs) {
    String text = call.parameter(name);
    if (text == null || text.isEmpty()) {
      return fallbackMs;
    }
    try {
      return timeMs(text);
    } catch (IllegalArgumentException bad) {
      throw invalid(name, "invalid time value for '" + name + "': " + bad.getMessage());
    }
  }

  /// @throws ApiException 400 if it is absent or no time
  static long requiredTimeMs(Call call, String name) {
    String text = call.parameter(name);
    try {
      return timeMs(text == null ? "" : text);
    } catch (IllegalArgumentException bad) {
      throw invalid(name, String.valueOf(bad.getMessage()));
    }
  }

  /// @throws ApiException 400 if it is absent or no duration
  static Duration requiredDuration(Call call, String name) {
    String text = call.parameter(name);
    try {
      return duration(text == null ? "" : text);
    } catch (IllegalArgumentException bad) {
      throw invalid(name, String.valueOf(bad.getMessage()));
    }
  }

  /// @return 0 where it is absent: no limit
  /// @throws ApiException 400
  static int limit(Call call) {
    String text = call.parameter("limit");
    if (text == null || text.isEmpty()) {
      return 0;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit < 0) {
        throw invalid("limit", "limit must be non-negative");
      }
      return limit;
    } catch (NumberFormatException _) {
      throw invalid("limit", "strconv.Atoi: parsing " + quote(text) + ": invalid syntax");
    }
  }

  /// @throws IllegalArgumentException with Prometheus's text
  static long timeMs(String text) {
    if (isNumber(text)) {
      double seconds = Double.parseDouble(text);
      return clamp(Math.round(seconds * 1_000));
    }
    if (text.equals(MIN_TIME)) {
      return EARLIEST_MS;
    }
    if (text.equals(MAX_TIME)) {
      return LATEST_MS;
    }
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return clamp(instant.toEpochMilli());
    } catch (DateTimeException | ArithmeticException _) {
      throw new IllegalArgumentException("cannot parse " + quote(text) + " to a valid timestamp");
    }
  }

  /// Seconds as a number, or Prometheus's notation such as `5m`.
  ///
  /// @throws IllegalArgumentException with Prometheus's text
  static Duration duration(String text) {
    if (isNumber(text)) {
      double seconds = Double.parseDouble(text);
      if (Math.abs(seconds) > Long.MAX_VALUE / 1e9) {
        throw new IllegalArgumentException(
            "cannot parse " + quote(text) + " to a valid duration. It overflows int64");
      }
      return Duration.ofNanos(new BigDecimal(text).movePointRight(9).longValue());
    }
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("cannot parse " + quote(text) + " to a valid duration");
    }
  }

  static ApiException invalid(String parameter, String message) {
    return new ApiException(
        ApiError.badData("invalid parameter \"" + parameter + "\": " + message));
  }

  /// What a user sent, quoted and short enough to show.
  static String quote(String text) {
    String shown = text.length() <= 200 ? text : text.substring(0, 200) + "…";
    return '"' + shown.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static boolean isNumber(String text) {
    return text.length() <= MAX_NUMBER_LENGTH && NUMBER.matcher(text).matches();
  }

  private static long clamp(long ms) {
    return Math.clamp(ms, EARLIEST_MS, LATEST_MS);
  }
}
