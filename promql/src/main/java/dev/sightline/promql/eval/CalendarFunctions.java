package dev.sightline.promql.eval;

import dev.sightline.promql.ast.Function;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Parts of a date, in UTC.
final class CalendarFunctions {
  private CalendarFunctions() {}

  /// @param seconds Unix time
  static double of(Function function, double seconds) {
    if (Double.isNaN(seconds)) {
      return Double.NaN;
    }
    long bounded =
        (long)
            Math.min(
                Math.max(seconds, (double) Instant.MIN.getEpochSecond()),
                (double) Instant.MAX.getEpochSecond());
    OffsetDateTime date = Instant.ofEpochSecond(bounded).atOffset(ZoneOffset.UTC);
    return switch (function) {
      case DAYS_IN_MONTH -> date.toLocalDate().lengthOfMonth();
      case DAY_OF_MONTH -> date.getDayOfMonth();
      case DAY_OF_WEEK -> date.getDayOfWeek().getValue() % 7;
      case DAY_OF_YEAR -> date.getDayOfYear();
      case HOUR -> date.getHour();
      case MINUTE -> date.getMinute();
      case MONTH -> date.getMonthValue();
      case YEAR -> date.getYear();
      default -> throw new IllegalStateException("BUG: no part of a date: " + function);
    };
  }
}
