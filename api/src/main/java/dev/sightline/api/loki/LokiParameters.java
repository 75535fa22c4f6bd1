package dev.sightline.api.loki;

import dev.sightline.api.http.Call;
import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.wire.yaml.DurationText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the parameters that Loki's API shares among its calls.
final class LokiParameters {
  private static final long NS_PER_SECOND = 1_000_000_000L;
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,19}");
  private static final Pattern DECIMAL =
      Pattern.compile("-?\\d{1,12}(\\.\\d{1,30})?([eE][+-]?\\d{1,2})?");

  private LokiParameters() {}

  /// From one moment to another.
  record Span(long startNs, long endNs) {}

  /// `start` and `end`, or `since` before the end.
  ///
  /// @param since where neither `start` nor `since` is given
  static Span span(Call call, long nowNs, Duration since) {
    long endNs = timeNs(call, "end", nowNs);
    Duration asked = duration(call, "since");
    long startNs = timeNs(call, "start", endNs - (asked == null ? since : asked).toNanos());
    if (endNs <= startNs) {
      throw LokiErrors.bad("end timestamp must not be before or equal to start time");
    }
    return new Span(startNs, endNs);
  }

  /// Up to ten digits are seconds, more are nanoseconds, a fraction makes seconds; or RFC 3339.
  static long timeNs(Call call, String name, long fallbackNs) {
    String text = call.parameter(name);
    if (text == null || text.isEmpty()) {
      return fallbackNs;
    }
    try {
      if (WHOLE.matcher(text).matches()) {
        long number = Long.parseLong(text);
        return text.length() <= 10 ? Math.multiplyExact(number, NS_PER_SECOND) : number;
      }
      if (DECIMAL.matcher(text).matches()) {
        return new BigDecimal(text).movePointRight(9).toBigInteger().longValueExact();
      }
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), NS_PER_SECOND), instant.getNano());
    } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
      throw LokiErrors.bad(
          "could not parse '"
              + name
              + "' parameter: "
              + quote(text)
              + " is neither Unix nanoseconds, seconds nor RFC 3339");
    }
  }

  /// Seconds, or a duration such as `5m`.
  ///
  /// @return null where it is absent
  static @Nullable Duration duration(Call call, String name) {
    String text = call.parameter(name);
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return DECIMAL.matcher(text).matches()
          ? Duration.ofNanos(new BigDecimal(text).movePointRight(9).longValue())
          : DurationText.parse(text);
    } catch (IllegalArgumentException _) {
      throw LokiErrors.bad("cannot parse " + quote(text) + " to a valid duration");
    }
  }

  /// The step of a range: 250 steps where none is asked for.
  static long stepNs(Call call, Span span) {
    Duration step = duration(call, "step");
    if (step == null) {
      return Math.max((span.endNs() - span.startNs()) / 250 / NS_PER_SECOND, 1) * NS_PER_SECOND;
    }
    if (step.isNegative() || step.isZero()) {
      throw LokiErrors.bad(
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    return step.toNanos();
  }

  static int limit(Call call, int fallback) {
    return positive(call, "limit", fallback);
  }

  /// A whole number above 0.
  static int positive(Call call, String name, int fallback) {
    String text = call.parameter(name);
    if (text == null || text.isEmpty()) {
      return fallback;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit > 0) {
        return limit;
      }
    } catch (NumberFormatException _) {
      throw LokiErrors.bad("strconv.ParseInt: parsing " + quote(text) + ": invalid syntax");
    }
    throw LokiErrors.bad(name + " must be a positive value");
  }

  static Direction direction(Call call) {
    String text = call.parameter("direction");
    return switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
      case "", "backward" -> Direction.BACKWARD;
      case "forward" -> Direction.FORWARD;
      default -> throw LokiErrors.bad("invalid direction '" + text + "'");
    };
  }

  private static String quote(String text) {
    return '"' + (text.length() <= 200 ? text : text.substring(0, 200) + "…") + '"';
  }
}
