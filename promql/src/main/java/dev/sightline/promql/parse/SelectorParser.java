package dev.sightline.promql.parse;

import dev.sightline.model.label.BadPatternException;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.MatchOperator;
import dev.sightline.model.label.Matcher;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.Grouping;
import dev.sightline.promql.ast.Matching;
import dev.sightline.promql.ast.RangeMode;
import dev.sightline.promql.ast.Shift;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads what names series and labels: selectors, groupings, matchings.
final class SelectorParser {
  private final TokenStream tokens;

  SelectorParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /// `name`, `name{…}` or `{…}`
  Expr selector() {
    int start = tokens.current().start();
    List<Matcher> matchers = new ArrayList<>();
    if (!tokens.at("{")) {
      matchers.add(Matcher.equal(Label.METRIC_NAME, tokens.advance().text()));
    }
    if (tokens.at("{")) {
      braces(matchers);
    }
    return new Expr.VectorSelector(matchers, Shift.NONE, RangeMode.PLAIN, tokens.since(start));
  }

  /// The value of a string token.
  String string() {
    Token token = tokens.advance();
    String value = Quoting.unquote(token.text());
    if (value == null) {
      throw tokens.failure(token.position(), "error unquoting string " + token.described());
    }
    return value;
  }

  /// `by (…)` or `without (…)`, or null where neither stands.
  @Nullable Grouping grouping() {
    boolean without = tokens.atWord("without");
    if (!without && !tokens.atWord("by")) {
      return null;
    }
    tokens.advance();
    return new Grouping(without, labelNames());
  }

  /// What stands between a binary operator and its right side.
  Matching matching() {
    boolean on = tokens.atWord("on");
    List<String> labels = List.of();
    Matching.Cardinality cardinality = Matching.Cardinality.ONE_TO_ONE;
    List<String> include = List.of();
    if ((on || tokens.atWord("ignoring")) && tokens.following().is("(")) {
      tokens.advance();
      labels = labelNames();
      boolean left = tokens.atWord("group_left");
      if (left || tokens.atWord("group_right")) {
        tokens.advance();
        cardinality = left ? Matching.Cardinality.MANY_TO_ONE : Matching.Cardinality.ONE_TO_MANY;
        include = tokens.at("(") ? labelNames() : List.of();
      }
    }
    Double fillLeft = null;
    Double fillRight = null;
    while (atFill()) {
      String which = tokens.advance().text().toLowerCase(Locale.ROOT);
      double value = fillValue();
      fillLeft = which.equals("fill_right") ? fillLeft : (Double) value;
      fillRight = which.equals("fill_left") ? fillRight : (Double) value;
    }
    return new Matching(cardinality, on, labels, include, fillLeft, fillRight);
  }

  private boolean atFill() {
    return (tokens.atWord("fill") || tokens.atWord("fill_left") || tokens.atWord("fill_right"))
        && tokens.following().is("(");
  }

  private double fillValue() {
    tokens.expect("(", "fill modifier");
    boolean negative = tokens.at("-");
    if (negative || tokens.at("+")) {
      tokens.advance();
    }
    Token token = tokens.current();
    Double value = token.kind() == Token.Kind.WORD ? Numbers.named(token.text()) : null;
    if (value != null) {
      tokens.advance();
    } else if (token.kind() == Token.Kind.NUMBER || token.kind() == Token.Kind.DURATION) {
      value = new SpanParser(tokens).seconds();
    } else {
      throw tokens.unexpected("fill modifier", "number");
    }
    tokens.expect(")", "fill modifier");
    return negative ? -value : value;
  }

  private List<String> labelNames() {
    tokens.expect("(", "grouping opts");
    List<String> names = new ArrayList<>();
    while (!tokens.at(")")) {
      names.add(labelName());
      if (!tokens.accept(",")) {
        break;
      }
    }
    tokens.expect(")", "grouping opts");
    return names;
  }

  private String labelName() {
    Token token = tokens.current();
    if (token.kind() == Token.Kind.STRING) {
      String name = string();
      if (name.isEmpty() || !Quoting.isValid(name)) {
        throw tokens.failure(token.position(), "invalid label name " + Quoting.quote(name));
      }
      return name;
    }
    if (token.kind() != Token.Kind.WORD) {
      throw tokens.unexpected("grouping opts", "label");
    }
    return tokens.advance().text();
  }

  private void braces(List<Matcher> matchers) {
    tokens.advance();
    while (!tokens.at("}")) {
      matcher(matchers);
      if (!tokens.accept(",")) {
        break;
      }
    }
    if (!tokens.at("}")) {
      throw tokens.unexpected("label matching", "\",\" or \"}\"");
    }
    tokens.advance();
  }

  private void matcher(List<Matcher> matchers) {
    Token first = tokens.current();
    String name;
    if (first.kind() == Token.Kind.STRING) {
      name = string();
      if (tokens.at(",") || tokens.at("}")) {
        addName(matchers, first, name);
        return;
      }
    } else if (first.kind() == Token.Kind.WORD) {
      name = tokens.advance().text();
    } else {
      throw tokens.unexpected("label matching", "identifier or \"}\"");
    }
    MatchOperator operator = operator();
    if (tokens.current().kind() != Token.Kind.STRING) {
      throw tokens.unexpected("label matching", "string");
    }
    String value = string();
    if (name.equals(Label.METRIC_NAME) && operator == MatchOperator.EQUAL) {
      addName(matchers, first, value);
      return;
    }
    try {
      matchers.add(new Matcher(name, operator, value));
    } catch (BadPatternException bad) {
      throw tokens.failure(tokens.since(first.start()), String.valueOf(bad.getMessage()));
    }
  }

  private void addName(List<Matcher> matchers, Token token, String name) {
    for (Matcher matcher : matchers) {
      if (matcher.name().equals(Label.METRIC_NAME) && matcher.operator() == MatchOperator.EQUAL) {
        throw tokens.failure(
            tokens.since(token.start()),
            "metric name must not be set twice: "
                + Quoting.quote(matcher.value())
                + " or "
                + Quoting.quote(name));
      }
    }
    matchers.add(Matcher.equal(Label.METRIC_NAME, name));
  }

  private MatchOperator operator() {
    for (MatchOperator operator : MatchOperator.values()) {
      if (tokens.accept(operator.sign())) {
        return operator;
      }
    }
    throw tokens.unexpected("label matching", "label matching operator");
  }
}
