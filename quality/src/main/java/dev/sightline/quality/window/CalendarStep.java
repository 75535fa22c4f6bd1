package dev.sightline.quality.window;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/// The length of windows, and where they begin: as people read a calendar, not as seconds since
/// 1970.
///
/// @param length at least a second; of months, about that of one
/// @param zone whose midnights count
/// @param months whether windows are months, however long
public record CalendarStep(Duration length, ZoneId zone, boolean months) {
  /*
   * Whole days begin at local midnight, weeks on Mondays; other numbers of days count from 1970. Parts
   * of a day begin anew each midnight: those longer than an hour by the clock on the wall (6 h: at 0, 6,
   * 12 and 18 o'clock, also on the day when clocks change), shorter ones by time that passes, so that the hour
   * that comes twice is two windows. What does not divide a day has no place in a calendar, and
   * counts from 1970 in UTC.
   */
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();

  /// 1970-01-05, so that weeks begin on Mondays.
  private static final long A_MONDAY = 4;

  private static final Duration ABOUT_A_MONTH = Duration.ofDays(30);

  public CalendarStep(Duration length, ZoneId zone) {
    this(length, zone, false);
  }

  public static CalendarStep ofMonths(ZoneId zone) {
    return new CalendarStep(ABOUT_A_MONTH, zone, true);
  }

  public CalendarStep {
    if (length.toMillis() < 1_000) {
      throw new IllegalArgumentException("must be at least 1s");
    }
  }

  /// The latest beginning at or before a time.
  public long floorMs(long timeMs) {
    LocalDate day = dayOf(timeMs);
    return switch (kind()) {
      case MONTHS -> startOf(day.withDayOfMonth(1));
      case DAYS -> startOf(firstDay(day));
      case WALL -> {
        long floorMs = startOf(day);
        for (int part = 1; wallMs(day, part) <= timeMs && part <= parts(); part++) {
          floorMs = wallMs(day, part);
        }
        yield floorMs;
      }
      case ELAPSED -> timeMs - (timeMs - startOf(day)) % stepMs();
      case EPOCH -> Math.floorDiv(timeMs, stepMs()) * stepMs();
    };
  }

  /// The earliest beginning after a time.
  public long nextMs(long timeMs) {
    LocalDate day = dayOf(timeMs);
    return switch (kind()) {
      case MONTHS -> startOf(day.withDayOfMonth(1).plusMonths(1));
      case DAYS -> startOf(firstDay(day).plusDays(stepMs() / DAY_MS));
      case WALL -> {
        int part = 1;
        while (part < parts() && wallMs(day, part) <= timeMs) {
          part++;
        }
        yield wallMs(day, part) > timeMs ? wallMs(day, part) : startOf(day.plusDays(1));
      }
      case ELAPSED -> Math.min(floorMs(timeMs) + stepMs(), startOf(day.plusDays(1)));
      case EPOCH -> floorMs(timeMs) + stepMs();
    };
  }

  private enum Kind {
    MONTHS,
    DAYS,
    WALL,
    ELAPSED,
    EPOCH
  }

  private Kind kind() {
    if (months) {
      return Kind.MONTHS;
    }
    if (stepMs() % DAY_MS == 0) {
      return Kind.DAYS;
    }
    if (DAY_MS % stepMs() != 0) {
      return Kind.EPOCH;
    }
    return stepMs() > HOUR_MS ? Kind.WALL : Kind.ELAPSED;
  }

  private long stepMs() {
    return length.toMillis();
  }

  private long parts() {
    return DAY_MS / stepMs();
  }

  private LocalDate firstDay(LocalDate day) {
    long days = stepMs() / DAY_MS;
    long origin = days % 7 == 0 ? A_MONDAY : 0;
    return day.minusDays(Math.floorMod(day.toEpochDay() - origin, days));
  }

  private LocalDate dayOf(long timeMs) {
    return Instant.ofEpochMilli(timeMs).atZone(zone).toLocalDate();
  }

  private long startOf(LocalDate day) {
    return day.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  private long wallMs(LocalDate day, int part) {
    return day.atStartOfDay()
        .plus(length.multipliedBy(part))
        .atZone(zone)
        .toInstant()
        .toEpochMilli();
  }
}
