package dev.sightline.logstore;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import java.time.Duration;
import java.util.List;

/// How long lines are kept, and how much of them.
///
/// @param period of streams that no rule names
/// @param ofStreams the first that fits counts
/// @param mostBytes of all blocks together; 0 for no limit
/// @param leastFreePercent of the disk that stays free; 0 for no limit
public record RetentionRules(
    Duration period, List<OfStreams> ofStreams, long mostBytes, int leastFreePercent) {
  /// A period for some streams.
  public record OfStreams(List<Matcher> selector, Duration period) {
    public OfStreams {
      selector = List.copyOf(selector);
      checked(period);
    }

    boolean takes(Labels stream) {
      return selector.stream().allMatch(matcher -> matcher.matches(stream.get(matcher.name())));
    }
  }

  public RetentionRules {
    ofStreams = List.copyOf(ofStreams);
    checked(period);
    if (mostBytes < 0 || leastFreePercent < 0 || leastFreePercent > 99) {
      throw new IllegalArgumentException("limits of retention are below 0 or above 99 %");
    }
  }

  /// @throws IllegalArgumentException if it is not above 0
  public static Duration checked(Duration period) {
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("must be above 0");
    }
    return period;
  }

  static RetentionRules of(Duration period) {
    return new RetentionRules(period, List.of(), 0, 0);
  }

  Duration periodOf(Labels stream) {
    for (OfStreams rule : ofStreams) {
      if (rule.takes(stream)) {
        return rule.period;
      }
    }
    return period;
  }

  /// Whether streams differ.
  boolean hasRules() {
    return !ofStreams.isEmpty();
  }

  /// No line is kept longer.
  Duration longest() {
    Duration longest = period;
    for (OfStreams rule : ofStreams) {
      longest = rule.period.compareTo(longest) > 0 ? rule.period : longest;
    }
    return longest;
  }

  /// Periods shorter than the longest.
  List<Duration> shorter() {
    Duration longest = longest();
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(period), ofStreams.stream().map(OfStreams::period))
        .filter(one -> one.compareTo(longest) < 0)
        .distinct()
        .sorted()
        .toList();
  }
}
