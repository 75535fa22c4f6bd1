package dev.sightline.tsdb.index;

import dev.sightline.model.label.Matcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/// Turns matchers into postings.
public final class MatcherPostings {
  /*
   * An absent label has the empty value, so there are two kinds of matcher:
   * 1. One that the empty value does not satisfy selects only series that have the label: the union of the
   *    postings of the values that match.
   * 2. One that it does satisfy (`!=`, `!~`, `=""`, `=~".*"`) also selects every series without the label. It is
   *    easier to say whom it rejects: the series with a value that does not match. Those are subtracted, from all
   *    series if there is no matcher of the first kind.
   */
  private MatcherPostings() {}

  /// The series that satisfy all matchers; every series if there are none.
  public static Postings of(LabelIndex index, Collection<Matcher> matchers) {
    List<Postings> wanted = new ArrayList<>();
    List<Postings> rejected = new ArrayList<>();
    for (Matcher matcher : matchers) {
      if (matcher.matchesEmpty()) {
        rejected.add(rejected(index, matcher));
      } else {
        wanted.add(wanted(index, matcher));
      }
    }
    Postings selected =
        switch (wanted.size()) {
          case 0 -> index.all();
          case 1 -> wanted.getFirst();
          default -> new Intersection(wanted);
        };
    for (Postings each : rejected) {
      selected = new Difference(selected, each);
    }
    return selected;
  }

  private static Postings wanted(LabelIndex index, Matcher matcher) {
    return switch (matcher.operator()) {
      case EQUAL -> index.with(matcher.name(), matcher.value());
      case REGEX ->
          matcher.whole().words().isEmpty()
              ? withAny(index, matcher, matcher::matches)
              : union(index, matcher.name(), matcher.whole().words());
      case NOT_EQUAL, NOT_REGEX -> withAny(index, matcher, matcher::matches);
    };
  }

  private static Postings rejected(LabelIndex index, Matcher matcher) {
    return switch (matcher.operator()) {
      case NOT_EQUAL -> index.with(matcher.name(), matcher.value());
      case NOT_REGEX ->
          matcher.whole().words().isEmpty()
              ? withAny(index, matcher, value -> !matcher.matches(value))
              : union(index, matcher.name(), matcher.whole().words());
      case EQUAL, REGEX -> withAny(index, matcher, value -> !matcher.matches(value));
    };
  }

  private static Postings withAny(LabelIndex index, Matcher matcher, Predicate<String> value) {
    return union(
        index, matcher.name(), index.values(matcher.name()).stream().filter(value).toList());
  }

  private static Postings union(LabelIndex index, String name, Collection<String> values) {
    if (values.size() == 1) {
      return index.with(name, values.iterator().next());
    }
    return new Union(values.stream().map(value -> index.with(name, value)).toList());
  }
}
