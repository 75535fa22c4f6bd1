package dev.sightline.template;

import dev.sightline.template.TemplateFunction.Refusal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Times and durations as Go writes them, and what can be asked of them.
public final class Moments {
  private Moments() {}

  /// `2009-11-10 23:00:00 +0000 UTC`
  public static String print(Value.Moment moment) {
    return format(moment.instant(), "2006-01-02 15:04:05.999999999 -0700 MST");
  }

  /// `1h2m3.5s`
  static String print(Value.Span span) {
    Duration left = span.duration().abs();
    String sign = span.duration().isNegative() ? "-" : "";
    long nanos = left.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    if (nanos < 1_000) {
      return sign + nanos + "ns";
    }
    if (nanos < 1_000_000) {
      return sign + decimal(nanos, 3) + "µs";
    }
    if (nanos < 1_000_000_000) {
      return sign + decimal(nanos, 6) + "ms";
    }
    String seconds = decimal(nanos % 60_000_000_000L, 9) + "s";
    long minutes = nanos / 60_000_000_000L;
    if (minutes == 0) {
      return sign + seconds;
    }
    return sign + (minutes >= 60 ? minutes / 60 + "h" : "") + minutes % 60 + "m" + seconds;
  }

  private static String decimal(long units, int places) {
    return BigDecimal.valueOf(units, places).stripTrailingZeros().toPlainString();
  }

  static Map<String, TemplateFunction> methods(Value.Moment moment) {
    Instant instant = moment.instant();
    ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
    return Map.ofEntries(
        Map.entry(
            "Format",
            TemplateFunction.of(1, a -> new Value.Text(format(instant, text(a.getFirst()))))),
        Map.entry("String", constant(new Value.Text(print(moment)))),
        Map.entry("UTC", constant(moment)),
        Map.entry("Unix", constant(new Value.Whole(instant.getEpochSecond()))),
        Map.entry("UnixMilli", constant(new Value.Whole(instant.toEpochMilli()))),
        Map.entry("Year", constant(new Value.Whole(time.getYear()))),
        Map.entry("Day", constant(new Value.Whole(time.getDayOfMonth()))),
        Map.entry("Hour", constant(new Value.Whole(time.getHour()))),
        Map.entry("Minute", constant(new Value.Whole(time.getMinute()))),
        Map.entry("Second", constant(new Value.Whole(time.getSecond()))),
        Map.entry("YearDay", constant(new Value.Whole(time.getDayOfYear()))),
        Map.entry(
            "Sub",
            TemplateFunction.of(
                1, a -> new Value.Span(Duration.between(moment(a.getFirst()), instant)))),
        Map.entry(
            "Before",
            TemplateFunction.of(1, a -> Value.of(instant.isBefore(moment(a.getFirst()))))),
        Map.entry(
            "After", TemplateFunction.of(1, a -> Value.of(instant.isAfter(moment(a.getFirst()))))),
        Map.entry(
            "Add",
            TemplateFunction.of(1, a -> new Value.Moment(instant.plus(span(a.getFirst()))))));
  }

  static Map<String, TemplateFunction> methods(Value.Span span) {
    double seconds = span.duration().toNanos() / 1e9;
    return Map.of(
        "Seconds", constant(new Value.Real(seconds)),
        "Minutes", constant(new Value.Real(seconds / 60)),
        "Hours", constant(new Value.Real(seconds / 3_600)),
        "Milliseconds", constant(new Value.Whole(span.duration().toMillis())),
        "String", constant(new Value.Text(print(span))));
  }

  private static TemplateFunction constant(Value value) {
    return TemplateFunction.of(0, _ -> value);
  }

  private static String text(Value value) {
    if (value instanceof Value.Text(String text)) {
      return text;
    }
    throw new Refusal("wrong type for value; expected string; got " + value.type());
  }

  private static Instant moment(Value value) {
    if (value instanceof Value.Moment(Instant instant)) {
      return instant;
    }
    throw new Refusal("wrong type for value; expected time.Time; got " + value.type());
  }

  private static Duration span(Value value) {
    return switch (value) {
      case Value.Span(Duration duration) -> duration;
      case Value.Whole(long nanos) -> Duration.ofNanos(nanos);
      default ->
          throw new Refusal("wrong type for value; expected time.Duration; got " + value.type());
    };
  }

  /// The pieces of a layout that stand for a part of the time; of two that begin alike, the longer
  /// first.
  private static final List<String> PIECES =
      List.of(
          "January", "Jan", "Monday", "Mon", "MST", "2006", "Z07:00", "Z0700", "-07:00", "-0700",
          "-07", "01", "02", "03", "04", "05", "06", "002", "15", "PM", "pm", "_2", "1", "2", "3",
          "4", "5");

  /// @param layout the time of 2 January 2006, 15:04:05 -0700, written as wanted
  public static String format(Instant instant, String layout) {
    ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < layout.length()) {
      int fraction = fractionLength(layout, at);
      if (fraction > 0) {
        text.append(fraction(time.getNano(), layout.substring(at, at + fraction)));
        at += fraction;
        continue;
      }
      String piece = pieceAt(layout, at);
      if (piece.isEmpty()) {
        text.append(layout.charAt(at));
        at++;
      } else {
        text.append(part(time, piece));
        at += piece.length();
      }
    }
    return text.toString();
  }

  private static String pieceAt(String layout, int at) {
    if (layout.startsWith("002", at)) {
      return "002";
    }
    for (String piece : PIECES) {
      if (layout.startsWith(piece, at)) {
        return piece;
      }
    }
    return "";
  }

  /// `.000` and `.999` are fractions where no digit follows.
  private static int fractionLength(String layout, int at) {
    if (layout.charAt(at) != '.' && layout.charAt(at) != ',') {
      return 0;
    }
    int end = at + 1;
    char digit = end < layout.length() ? layout.charAt(end) : ' ';
    if (digit != '0' && digit != '9') {
      return 0;
    }
    while (end < layout.length() && layout.charAt(end) == digit) {
      end++;
    }
    boolean digitFollows = end < layout.length() && Character.isDigit(layout.charAt(end));
    return digitFollows || end - at - 1 > 9 ? 0 : end - at;
  }

  private static String fraction(int nanos, String piece) {
    int places = piece.length() - 1;
    String digits = "%09d".formatted(nanos).substring(0, places);
    if (piece.charAt(1) == '0') {
      return piece.charAt(0) + digits;
    }
    String stripped = digits.replaceAll("0+$", "");
    return stripped.isEmpty() ? "" : piece.charAt(0) + stripped;
  }

  private static String part(ZonedDateTime time, String piece) {
    int hour12 = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
    return switch (piece) {
      case "January" -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case "Jan" -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case "Monday" -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case "Mon" -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case "MST" -> "UTC";
      case "2006" -> "%04d".formatted(time.getYear());
      case "Z07:00", "Z0700" -> "Z";
      case "-07:00" -> "+00:00";
      case "-0700" -> "+0000";
      case "-07" -> "+00";
      case "01" -> "%02d".formatted(time.getMonthValue());
      case "1" -> String.valueOf(time.getMonthValue());
      case "02" -> "%02d".formatted(time.getDayOfMonth());
      case "_2" -> "%2d".formatted(time.getDayOfMonth());
      case "2" -> String.valueOf(time.getDayOfMonth());
      case "002" -> "%03d".formatted(time.getDayOfYear());
      case "15" -> "%02d".formatted(time.getHour());
      case "03" -> "%02d".formatted(hour12);
      case "3" -> String.valueOf(hour12);
      case "04" -> "%02d".formatted(time.getMinute());
      case "4" -> String.valueOf(time.getMinute());
      case "05" -> "%02d".formatted(time.getSecond());
      case "5" -> String.valueOf(time.getSecond());
      case "06" -> "%02d".formatted(Math.floorMod(time.getYear(), 100));
      case "PM" -> time.getHour() < 12 ? "AM" : "PM";
      case "pm" -> time.getHour() < 12 ? "am" : "pm";
      default -> piece;
    };
  }
}
