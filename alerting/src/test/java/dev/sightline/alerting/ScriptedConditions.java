package dev.sightline.alerting;

import dev.sightline.alerting.rule.Condition;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A language whose expressions are names, and whose answers a test sets.
public final class ScriptedConditions implements Condition.Language {
  private final Map<String, List<Condition.Breach>> answers = new HashMap<>();
  private final Map<String, QueryException> failures = new HashMap<>();

  public void clear(String expression) {
    answers.remove(expression);
    failures.remove(expression);
  }

  public void breach(String expression, Labels labels, double value) {
    answers.put(expression, List.of(new Condition.Breach(labels, value)));
    failures.remove(expression);
  }

  public void answer(String expression, List<Condition.Breach> breaches) {
    answers.put(expression, breaches);
  }

  public void fail(String expression) {
    failures.put(expression, new QueryException.TimedOut("query timed out"));
  }

  @Override
  public Condition read(String expression) {
    if (!expression.matches("[a-z_]+")) {
      throw new QueryException.BadQuery(new Position(0, 0), "1:1: parse error: unexpected end");
    }
    return new Named(expression);
  }

  private final class Named implements Condition {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    public String text() {
      return name;
    }

    @Override
    public List<Breach> evaluate(long atMs) {
      QueryException failure = failures.get(name);
      if (failure != null) {
        throw failure;
      }
      return answers.getOrDefault(name, List.of());
    }
  }
}
