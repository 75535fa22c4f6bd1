package dev.sightline.script;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times and distances in scripts: `1h30m`, `10s53ms`, `-5m`, or plain seconds.
public final class Durations {
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h|d|w|y)");

  private Durations() {}

  /// @throws IllegalArgumentException if it is neither a duration nor a number
  public static long ms(String text) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    long ms = rest.matches("[0-9.]+") ? Math.round(Double.parseDouble(rest) * 1000) : parts(rest);
    return negative ? -ms : ms;
  }

  private static long parts(String text) {
    Matcher part = PART.matcher(text);
    int at = 0;
    double ms = 0;
    while (at < text.length() && part.find(at) && part.start() == at) {
      ms += Double.parseDouble(part.group(1)) * unitMs(part.group(2));
      at = part.end();
    }
    if (at < text.length() || text.isEmpty()) {
      throw new IllegalArgumentException("\"" + text + "\" is no duration");
    }
    return Math.round(ms);
  }

  private static long unitMs(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      case "d" -> 86_400_000;
      case "w" -> 7 * 86_400_000L;
      default -> 365 * 86_400_000L;
    };
  }
}
