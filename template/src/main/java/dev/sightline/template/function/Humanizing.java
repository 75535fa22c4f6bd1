package dev.sightline.template.function;

import dev.sightline.model.series.ValueText;
import dev.sightline.template.GoFormat;
import dev.sightline.template.Moments;
import dev.sightline.template.TemplateFunction.Refusal;
import dev.sightline.template.Value;
import java.time.Instant;
import java.util.List;

/// Numbers as people read them, letter by letter as Prometheus writes them.
public final class Humanizing {
  private static final List<String> LARGE = List.of("k", "M", "G", "T", "P", "E", "Z", "Y");
  private static final List<String> SMALL = List.of("m", "u", "n", "p", "f", "a", "z", "y");
  private static final int DIGITS = 4;

  private Humanizing() {}

  /// `1.235k`, `12.3m`
  public static String metric(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return digits(value);
    }
    return Math.abs(value) >= 1 ? large(value, 1_000, "") : small(value);
  }

  /// `1.5ki`
  public static String binary(double value) {
    return Math.abs(value) <= 1 || !Double.isFinite(value)
        ? digits(value)
        : large(value, 1_024, "i");
  }

  private static String large(double value, double step, String suffix) {
    double left = value;
    String prefix = "";
    for (String next : LARGE) {
      if (Math.abs(left) < step) {
        break;
      }
      prefix = next + suffix;
      left /= step;
    }
    return digits(left) + prefix;
  }

  private static String small(double value) {
    double left = value;
    String prefix = "";
    for (String next : SMALL) {
      if (Math.abs(left) >= 1) {
        break;
      }
      prefix = next;
      left *= 1_000;
    }
    return digits(left) + prefix;
  }

  /// `1d 2h 3m 4s`, `4.5s`, `12ms`
  ///
  /// @param value seconds
  public static String duration(double value) {
    if (!Double.isFinite(value)) {
      return digits(value);
    }
    if (value == 0) {
      return "0s";
    }
    if (Math.abs(value) < 1) {
      return small(value) + "s";
    }
    String sign = value < 0 ? "-" : "";
    long whole = (long) Math.abs(value);
    long seconds = whole % 60;
    long minutes = whole / 60 % 60;
    long hours = whole / 3_600 % 24;
    long days = whole / 86_400;
    if (days != 0) {
      return "%s%dd %dh %dm %ds".formatted(sign, days, hours, minutes, seconds);
    }
    if (hours != 0) {
      return "%s%dh %dm %ds".formatted(sign, hours, minutes, seconds);
    }
    if (minutes != 0) {
      return "%s%dm %ds".formatted(sign, minutes, seconds);
    }
    return sign + digits(Math.abs(value)) + "s";
  }

  /// `12.35%`
  ///
  /// @param value the whole is 1
  public static String percentage(double value) {
    return digits(value * 100) + "%";
  }

  /// `2009-11-10 23:00:00 +0000 UTC`
  ///
  /// @param seconds Unix time
  public static String timestamp(double seconds) {
    return Double.isFinite(seconds) ? Moments.print(moment(seconds)) : digits(seconds);
  }

  /// @param seconds Unix time
  public static Value.Moment moment(double seconds) {
    if (!Double.isFinite(seconds)) {
      throw new Refusal("value is NaN or Inf");
    }
    double nanos = seconds * 1e9;
    if (nanos > Long.MAX_VALUE || nanos < Long.MIN_VALUE) {
      throw new Refusal(
          ValueText.of(seconds)
              + " cannot be represented as a nanoseconds timestamp since it overflows int64");
    }
    return new Value.Moment(Instant.ofEpochMilli((long) nanos / 1_000_000));
  }

  private static String digits(double value) {
    return GoFormat.general(value, DIGITS);
  }
}
