package dev.sightline.quality.profile;

import java.time.Duration;

/// How long profiles are kept, and how much memory they may take.
///
/// @param retention of profiles by the day
/// @param rows how long predictions themselves are kept
/// @param features of all hours in memory; hours beyond wait, and are made of their rows
public record ProfileOptions(Duration retention, Duration rows, int features) {
  public static final ProfileOptions DEFAULT =
      new ProfileOptions(Duration.ofDays(400), Duration.ofDays(30), 6_000);

  private static final Duration HOURS = Duration.ofDays(31);

  public ProfileOptions {
    if (retention.isNegative() || retention.isZero()) {
      throw new IllegalArgumentException("must be above 0");
    }
  }

  public ProfileOptions with(Duration newRetention, Duration newRows) {
    return new ProfileOptions(newRetention, newRows, features);
  }

  /// How long profiles by the hour are kept; not shorter than rows, which may still come late.
  Duration hours() {
    Duration withRows = rows.plusDays(1);
    return withRows.compareTo(HOURS) > 0 ? withRows : HOURS;
  }
}
