package dev.sightline.api.prometheus;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.query.Answer;
import dev.sightline.model.query.MetricQueries;
import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.series.SeriesSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Queries with prepared answers, and series without samples; remembers what it was asked.
public final class FakeMetrics implements MetricQueries, SeriesSource {
  private final Map<String, Supplier<Answer>> answers = new HashMap<>();
  private final List<Labels> series = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();

  void answer(String query, Supplier<Answer> answer) {
    answers.put(query, answer);
  }

  void add(Labels labels) {
    series.add(labels);
  }

  /// Calls so far, with their parameters.
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  private synchronized void note(String call) {
    asked.add(call);
  }

  private Answer answerTo(String query) {
    Supplier<Answer> answer = answers.get(query);
    if (answer == null) {
      throw new QueryException.BadQuery(
          new Position(0, query.length()), "1:1: parse error: no expression found in input");
    }
    return answer.get();
  }

  @Override
  public Answer instant(String query, long timeMs, Options options) {
    note("instant " + query + " at " + timeMs + " " + options);
    return answerTo(query);
  }

  @Override
  public Answer range(String query, long startMs, long endMs, long stepMs, Options options) {
    note("range " + query + " from " + startMs + " to " + endMs + " by " + stepMs);
    return answerTo(query);
  }

  @Override
  public Selection select(List<Matcher> matchers, long startMs, long endMs) {
    throw new IllegalStateException("BUG: the API reads no samples itself");
  }

  @Override
  public List<Labels> series(List<Matcher> matchers, long startMs, long endMs) {
    note("series " + matchers + " from " + startMs + " to " + endMs);
    return series.stream()
        .filter(labels -> matchers.stream().allMatch(m -> m.matches(labels.get(m.name()))))
        .sorted()
        .toList();
  }

  @Override
  public List<String> labelNames(List<Matcher> matchers, long startMs, long endMs) {
    TreeSet<String> names = new TreeSet<>();
    series(matchers, startMs, endMs).forEach(labels -> names.addAll(labels.toMap().keySet()));
    return List.copyOf(names);
  }

  @Override
  public List<String> labelValues(String name, List<Matcher> matchers, long startMs, long endMs) {
    TreeSet<String> values = new TreeSet<>();
    series(matchers, startMs, endMs).forEach(labels -> values.add(labels.get(name)));
    values.remove("");
    return List.copyOf(values);
  }

  /// Reads `name` and `{label="value"}`, as far as these tests need it.
  public static List<Matcher> readSelector(String selector) {
    int brace = selector.indexOf('{');
    if (brace < 0 && !selector.isEmpty()) {
      return List.of(Matcher.equal("__name__", selector));
    }
    int equals = selector.indexOf('=');
    if (equals < 0) {
      throw new QueryException.BadQuery(
          new Position(0, selector.length()), "1:1: parse error: unexpected end of input");
    }
    return List.of(
        Matcher.equal(
            selector.substring(brace + 1, equals),
            selector.substring(equals + 2, selector.length() - 2)));
  }
}
