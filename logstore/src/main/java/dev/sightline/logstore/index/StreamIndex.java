package dev.sightline.logstore.index;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.MatchOperator;
import dev.sightline.model.label.Matcher;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The streams of one part of the store, numbered from 0, and which of them matchers select.
///
/// Not safe for threads while streams are added.
public final class StreamIndex {
  private final Map<Labels, Integer> numbers = new HashMap<>();
  private final List<Labels> streams = new ArrayList<>();
  private final Map<String, Map<String, Postings>> postings = new HashMap<>();

  /// The number of a stream, or -1.
  public int find(Labels labels) {
    Integer number = numbers.get(labels);
    return number == null ? -1 : number;
  }

  /// @param labels which are not here yet
  /// @return their number, the next one
  public int add(Labels labels) {
    int number = streams.size();
    streams.add(labels);
    numbers.put(labels, number);
    for (int i = 0; i < labels.size(); i++) {
      postings
          .computeIfAbsent(labels.name(i), _ -> new HashMap<>())
          .computeIfAbsent(labels.value(i), _ -> new Postings())
          .add(number);
    }
    return number;
  }

  public int size() {
    return streams.size();
  }

  public Labels labels(int number) {
    return streams.get(number);
  }

  /// The numbers of the streams that satisfy all matchers.
  public BitSet select(List<Matcher> matchers) {
    BitSet selected = new BitSet(streams.size());
    selected.set(0, streams.size());
    for (Matcher matcher : matchers) {
      if (matcher.matchesEmpty()) {
        // Those without the label match too: take away what has a value that does not.
        selected.andNot(with(matcher, false));
      } else {
        selected.and(with(matcher, true));
      }
    }
    return selected;
  }

  /// The streams that have the label with a value that the matcher takes, or with one it does not.
  private BitSet with(Matcher matcher, boolean taken) {
    BitSet found = new BitSet(streams.size());
    Map<String, Postings> values = postings.get(matcher.name());
    if (values == null) {
      return found;
    }
    if (taken && matcher.operator() == MatchOperator.EQUAL) {
      Postings one = values.get(matcher.value());
      if (one != null) {
        one.addTo(found);
      }
      return found;
    }
    values.forEach(
        (value, one) -> {
          if (matcher.matches(value) == taken) {
            one.addTo(found);
          }
        });
    return found;
  }
}
