package dev.sightline.logql.parse;

import dev.sightline.logql.ast.Condition;
import dev.sightline.logql.ast.Condition.Comparison;
import dev.sightline.model.label.BadPatternException;
import dev.sightline.model.label.MatchOperator;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.query.Position;
import org.jspecify.annotations.Nullable;

/// Reads label filters: `status >= 500 and (method="GET" or took > 1s)`.
final class ConditionParser {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_TERMS = 500;

  private final TokenStream tokens;
  private int depth;
  private int terms;

  ConditionParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  Condition condition() {
    Condition left = both();
    while (tokens.acceptWord("or")) {
      left = new Condition.Either(left, both());
    }
    return left;
  }

  /// Terms joined by `and`, by a comma, or by standing side by side.
  private Condition both() {
    Condition left = term();
    while (tokens.acceptWord("and") || tokens.accept(",") || startsTerm()) {
      left = new Condition.Both(left, term());
    }
    return left;
  }

  private boolean startsTerm() {
    return tokens.at("(") || (tokens.at(Token.Kind.WORD) && comparison(tokens.following()));
  }

  private static boolean comparison(Token token) {
    return token.kind() == Token.Kind.SIGN
        && switch (token.text()) {
          case "=", "==", "!=", "=~", "!~", ">", ">=", "<", "<=" -> true;
          default -> false;
        };
  }

  private Condition term() {
    if (++terms > MAX_TERMS) {
      throw tokens.failure(
          tokens.current().position(), "more than " + MAX_TERMS + " terms in a label filter");
    }
    if (!tokens.at("(")) {
      return comparison(tokens.identifier());
    }
    if (++depth > MAX_DEPTH) {
      throw tokens.failure(
          tokens.current().position(), "label filter nested deeper than " + MAX_DEPTH + " levels");
    }
    tokens.advance();
    Condition inner = condition();
    tokens.expect(")");
    depth--;
    return inner;
  }

  private Condition comparison(String label) {
    Token sign = tokens.current();
    if (!comparison(sign)) {
      throw tokens.unexpected("");
    }
    tokens.advance();
    Token value = tokens.current();
    if (value.kind() == Token.Kind.STRING) {
      return text(label, sign);
    }
    if (value.isWord("ip")) {
      return address(label, sign);
    }
    Comparison comparison = numeric(sign);
    if (comparison == null) {
      throw tokens.unexpected("STRING");
    }
    return quantity(label, comparison);
  }

  private Condition text(String label, Token sign) {
    Position position = tokens.current().position();
    MatchOperator operator =
        switch (sign.text()) {
          case "=", "==" -> MatchOperator.EQUAL;
          case "!=" -> MatchOperator.NOT_EQUAL;
          case "=~" -> MatchOperator.REGEX;
          case "!~" -> MatchOperator.NOT_REGEX;
          default -> throw tokens.unexpected("BYTES or NUMBER or DURATION");
        };
    try {
      return new Condition.Text(new Matcher(label, operator, tokens.string()));
    } catch (BadPatternException bad) {
      throw tokens.failure(position, String.valueOf(bad.getMessage()));
    }
  }

  private Condition address(String label, Token sign) {
    boolean equal = sign.is("=") || sign.is("==");
    if (!equal && !sign.is("!=")) {
      throw tokens.unexpected("");
    }
    return new Condition.Ip(label, equal, addressPattern(tokens));
  }

  /// `ip("…")`
  static String addressPattern(TokenStream tokens) {
    tokens.advance();
    tokens.expect("(");
    Position position = tokens.current().position();
    String pattern = tokens.string();
    tokens.expect(")");
    if (!Addresses.isValid(pattern)) {
      throw tokens.failure(position, "ip: invalid pattern: " + Quoting.quote(pattern));
    }
    return pattern;
  }

  private Condition quantity(String label, Comparison comparison) {
    boolean negative = tokens.accept("-");
    if (!negative) {
      tokens.accept("+");
    }
    Token value = tokens.current();
    return switch (value.kind()) {
      case NUMBER -> {
        double number = Quantities.number(tokens.advance().text());
        yield new Condition.Numeric(label, comparison, negative ? -number : number);
      }
      case DURATION -> {
        long ns = Quantities.durationNs(tokens.advance().text());
        yield new Condition.Duration(label, comparison, negative ? -ns : ns);
      }
      case BYTES -> {
        long bytes = Quantities.sizeBytes(tokens.advance().text());
        yield new Condition.Bytes(label, comparison, negative ? -bytes : bytes);
      }
      case END, WORD, STRING, FLAG, SIGN -> throw tokens.unexpected("");
    };
  }

  private static @Nullable Comparison numeric(Token sign) {
    return switch (sign.text()) {
      case "=", "==" -> Comparison.EQUAL;
      case "!=" -> Comparison.NOT_EQUAL;
      case ">" -> Comparison.GREATER;
      case ">=" -> Comparison.GREATER_OR_EQUAL;
      case "<" -> Comparison.LESS;
      case "<=" -> Comparison.LESS_OR_EQUAL;
      default -> null;
    };
  }
}
