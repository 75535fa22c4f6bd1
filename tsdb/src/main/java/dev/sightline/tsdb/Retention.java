package dev.sightline.tsdb;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// How long samples are kept, and how much room they may take.
///
/// @param time of every series that no rule names, counted back from the newest sample
/// @param maxBytes of blocks and logs together; the oldest blocks go first; 0 for no limit
/// @param rules the first whose matchers a series satisfies has its say
public record Retention(Duration time, long maxBytes, List<Rule> rules) {
  public Retention {
    rules = List.copyOf(rules);
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("must be above 0");
    }
    if (maxBytes < 0) {
      throw new IllegalArgumentException("must be 0 or above");
    }
  }

  /// Some series are kept for another time than the rest.
  public record Rule(List<Matcher> matchers, Duration time) {
    public Rule {
      matchers = List.copyOf(matchers);
      if (time.isNegative() || time.isZero()) {
        throw new IllegalArgumentException("must be above 0");
      }
    }

    boolean holds(Labels labels) {
      return matchers.stream().allMatch(matcher -> matcher.matches(labels.get(matcher.name())));
    }
  }

  public static Retention of(Duration time) {
    return new Retention(time, 0, List.of());
  }

  long keptMs(Labels labels) {
    return rules.stream()
        .filter(rule -> rule.holds(labels))
        .findFirst()
        .map(Rule::time)
        .orElse(time)
        .toMillis();
  }

  /// Nothing is kept for longer.
  long longestMs() {
    return rules.stream()
        .mapToLong(rule -> rule.time.toMillis())
        .reduce(time.toMillis(), Math::max);
  }

  /// The different times for which series are kept, shortest first.
  List<Long> timesMs() {
    return Stream.concat(Stream.of(time), rules.stream().map(Rule::time))
        .map(Duration::toMillis)
        .distinct()
        .sorted()
        .toList();
  }
}
