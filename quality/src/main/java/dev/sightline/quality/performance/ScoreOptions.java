package dev.sightline.quality.performance;

import dev.sightline.quality.rows.TimeOf;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Which measures become series, and how often.
///
/// @param windows that end now, by the name that their series carry; at most 5, each from a minute
///   to 31 days
/// @param times by which rows belong to windows, at least one: the series of each stand side by
///   side
/// @param minimumN fewer labelled rows have no measures; at least 1
/// @param every how often; from 10 seconds to an hour
public record ScoreOptions(
    Map<String, Duration> windows, Set<TimeOf> times, long minimumN, Duration every) {
  private static final int MOST_WINDOWS = 5;
  private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(1);
  private static final Duration LONGEST_WINDOW = Duration.ofDays(31);
  private static final Duration OFTENEST = Duration.ofSeconds(10);
  private static final Duration RAREST = Duration.ofHours(1);

  public static final ScoreOptions DEFAULT =
      new ScoreOptions(usualWindows(), Set.of(TimeOf.PREDICTION), 30, Duration.ofMinutes(1));

  /// @throws IllegalArgumentException in the user's words
  public ScoreOptions {
    windows = Collections.unmodifiableMap(new LinkedHashMap<>(windows));
    times = Set.copyOf(times);
    if (times.isEmpty()) {
      throw new IllegalArgumentException("time: must be prediction, truth or both");
    }
    if (windows.size() > MOST_WINDOWS) {
      throw new IllegalArgumentException("windows: must be at most " + MOST_WINDOWS);
    }
    windows.forEach(
        (name, length) -> {
          if (length.compareTo(SHORTEST_WINDOW) < 0 || length.compareTo(LONGEST_WINDOW) > 0) {
            throw new IllegalArgumentException("windows: " + name + " is not from 1m to 31d");
          }
        });
    if (minimumN < 1) {
      throw new IllegalArgumentException("min_n: must be at least 1");
    }
    if (every.compareTo(OFTENEST) < 0 || every.compareTo(RAREST) > 0) {
      throw new IllegalArgumentException("every: must be from 10s to 1h");
    }
  }

  private static Map<String, Duration> usualWindows() {
    Map<String, Duration> windows = new LinkedHashMap<>();
    windows.put("1h", Duration.ofHours(1));
    windows.put("1d", Duration.ofDays(1));
    return windows;
  }
}
