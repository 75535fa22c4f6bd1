package dev.sightline.logql.parse;

import dev.sightline.model.label.BadPatternException;
import dev.sightline.model.label.MatchOperator;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.query.Position;
import java.util.ArrayList;
import java.util.List;

/// Reads `{label="value", …}`.
final class SelectorParser {
  private static final int MAX_MATCHERS = 1_000;

  private final TokenStream tokens;

  SelectorParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /// A selector of which no matcher may be missing.
  List<Matcher> selector() {
    int start = tokens.current().start();
    List<Matcher> matchers = matchers();
    if (matchers.stream().allMatch(Matcher::matchesEmpty)) {
      throw TokenStream.invalid(
          tokens.since(start),
          "queries require at least one regexp or equality matcher that does not have an"
              + " empty-compatible value. For instance, app=~\".*\" does not meet this requirement,"
              + " but app=~\".+\" will");
    }
    return matchers;
  }

  /// A selector that may be empty.
  List<Matcher> matchers() {
    tokens.expect("{");
    List<Matcher> matchers = new ArrayList<>();
    while (!tokens.at("}")) {
      if (matchers.size() >= MAX_MATCHERS) {
        throw tokens.failure(
            tokens.current().position(), "more than " + MAX_MATCHERS + " matchers in a selector");
      }
      matchers.add(matcher(tokens.identifier()));
      if (!tokens.at("}") && !tokens.accept(",")) {
        throw tokens.unexpected("} or ,");
      }
    }
    tokens.advance();
    return matchers;
  }

  /// What follows the name of a label.
  Matcher matcher(String name) {
    Token sign = tokens.current();
    MatchOperator operator = operator(sign);
    tokens.advance();
    Position position = tokens.current().position();
    String value = tokens.string();
    try {
      return new Matcher(name, operator, value);
    } catch (BadPatternException bad) {
      throw tokens.failure(position, String.valueOf(bad.getMessage()));
    }
  }

  private MatchOperator operator(Token sign) {
    if (sign.kind() == Token.Kind.SIGN) {
      for (MatchOperator operator : MatchOperator.values()) {
        if (operator.sign().equals(sign.text())) {
          return operator;
        }
      }
    }
    throw tokens.unexpected("=, !=, =~ or !~");
  }
}
