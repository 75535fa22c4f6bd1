package dev.sightline.demo.traffic;

import dev.sightline.demo.client.WatchedModel;
import java.time.Duration;

/// How much traffic of which kind goes where.
///
/// @param ratePerSecond at which calls start, whether or not earlier ones have been answered; above
///   0, up to [#FASTEST]
/// @param duration above zero; calls start in this time
/// @param failingPercent of the calls make the model raise; 0 to 100
/// @param labelledPercent of the others have their truth reported later; 0 to 100
/// @param drift whether the sentences are unlike those that the model was trained for
/// @param seed the same seed gives the same calls
/// @param truthDelay the longest time from an answer to the report of its truth
public record TrafficOptions(
    WatchedModel model,
    double ratePerSecond,
    Duration duration,
    int failingPercent,
    int labelledPercent,
    boolean drift,
    long seed,
    Duration truthDelay) {
  public static final double FASTEST = 2_000;
  public static final double DEFAULT_RATE = 10;
  public static final Duration DEFAULT_DURATION = Duration.ofMinutes(2);
  public static final int DEFAULT_FAILING_PERCENT = 70;
  public static final int DEFAULT_LABELLED_PERCENT = 50;
  public static final Duration DEFAULT_TRUTH_DELAY = Duration.ofSeconds(6);
  private static final Duration LONGEST = Duration.ofDays(36_500);

  public TrafficOptions {
    if (!(ratePerSecond > 0 && ratePerSecond <= FASTEST)) {
      throw new IllegalArgumentException(
          "the rate must be above 0 and at most %.0f calls per second, not %s"
              .formatted(FASTEST, ratePerSecond));
    }
    if (!duration.isPositive() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the duration must be above zero and at most 100 years, not " + duration);
    }
    if (truthDelay.isNegative() || truthDelay.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "the delay of truths must be between zero and a day, not " + truthDelay);
    }
    checkPercent("failing", failingPercent);
    checkPercent("labelled", labelledPercent);
  }

  /// Ten calls a second for two minutes, of which 70 % fail.
  public static TrafficOptions standard(WatchedModel model) {
    return new TrafficOptions(
        model,
        DEFAULT_RATE,
        DEFAULT_DURATION,
        DEFAULT_FAILING_PERCENT,
        DEFAULT_LABELLED_PERCENT,
        false,
        1,
        DEFAULT_TRUTH_DELAY);
  }

  /// Two calls a second without an end and without failures.
  static TrafficOptions calm(WatchedModel model) {
    return new TrafficOptions(
        model, 2, LONGEST, 0, DEFAULT_LABELLED_PERCENT, false, 1, DEFAULT_TRUTH_DELAY);
  }

  private static void checkPercent(String what, int percent) {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException(
          "the share of " + what + " calls must be 0 to 100 percent, not " + percent);
    }
  }
}
