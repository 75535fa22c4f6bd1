package dev.sightline.promql.parse;

import dev.sightline.promql.ast.BinaryOperator;
import dev.sightline.promql.ast.Shift;
import dev.sightline.promql.ast.Span;
import java.util.List;
import java.util.Locale;

/// Reads lengths of time: in brackets, after `offset`, and the moment after `@`.
final class SpanParser {
  private final TokenStream tokens;
  private int depth;

  SpanParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /// Arithmetic with durations, as it may stand in brackets.
  Span span() {
    return sum(BinaryOperator.ADD.precedence());
  }

  /// What may stand after `offset` without parentheses: one duration, with signs before it.
  Span offset() {
    boolean negative = tokens.at("-");
    if (negative || tokens.at("+")) {
      tokens.advance();
      Span operand = primary("offset");
      return negative ? negated(operand) : operand;
    }
    return primary("offset");
  }

  /// The seconds of a number or duration.
  double seconds() {
    Token token = tokens.advance();
    if (token.kind() == Token.Kind.NUMBER) {
      return number(token);
    }
    long ms = Numbers.durationMs(token.text());
    if (ms < 0) {
      throw tokens.failure(token.position(), "duration out of range");
    }
    return ms / 1000.0;
  }

  Shift.At at() {
    for (String edge : new String[] {"start", "end"}) {
      if (tokens.atWord(edge)) {
        tokens.advance();
        tokens.expect("(", "@ modifier");
        tokens.expect(")", "@ modifier");
        return edge.equals("start") ? new Shift.QueryStart() : new Shift.QueryEnd();
      }
    }
    Token first = tokens.current();
    boolean negative = tokens.at("-");
    if (negative || tokens.at("+")) {
      tokens.advance();
    }
    double seconds = momentSeconds() * (negative ? -1 : 1);
    if (!(Math.abs(seconds) < Long.MAX_VALUE / 1000.0)) {
      throw tokens.failure(
          first.position(), "timestamp out of bounds for @ modifier: " + Numbers.format(seconds));
    }
    return new Shift.Moment(Math.round(seconds * 1000));
  }

  private double momentSeconds() {
    Double named =
        tokens.current().kind() == Token.Kind.WORD ? Numbers.named(tokens.current().text()) : null;
    if (named != null) {
      tokens.advance();
      return named;
    }
    if (tokens.current().kind() != Token.Kind.NUMBER
        && tokens.current().kind() != Token.Kind.DURATION) {
      throw tokens.unexpected("@ modifier", "timestamp");
    }
    return seconds();
  }

  private Span sum(int weakest) {
    if (++depth > ExprParser.MAX_DEPTH) {
      throw tokens.failure(
          tokens.current().position(),
          "expression nested deeper than " + ExprParser.MAX_DEPTH + " levels");
    }
    Span left = signed();
    BinaryOperator operator = arithmetic();
    int links = 0;
    while (operator != BinaryOperator.OR && operator.precedence() >= weakest) {
      if (++links > ExprParser.MAX_DEPTH) {
        throw tokens.failure(tokens.current().position(), "too many operators in a duration");
      }
      tokens.advance();
      int strength = operator.precedence() + (operator.isRightAssociative() ? 0 : 1);
      left = new Span.Arithmetic(operator, left, sum(strength));
      operator = arithmetic();
    }
    depth--;
    return left;
  }

  /// @return `OR` where no arithmetic operator stands
  private BinaryOperator arithmetic() {
    BinaryOperator operator = Words.binaryOperator(tokens.current());
    return operator == null || !operator.isArithmetic() || operator == BinaryOperator.ATAN2
        ? BinaryOperator.OR
        : operator;
  }

  private Span signed() {
    boolean negative = tokens.at("-");
    if (negative || tokens.at("+")) {
      tokens.advance();
      Span operand = sum(BinaryOperator.POWER.precedence());
      return negative ? negated(operand) : operand;
    }
    return primary("duration expression");
  }

  private Span primary(String context) {
    Token token = tokens.current();
    return switch (token.kind()) {
      case NUMBER, DURATION -> new Span.Fixed(seconds());
      case WORD -> call(token, context);
      case SIGN -> {
        if (!token.is("(")) {
          throw tokens.unexpected(context, "number, duration, step(), or range()");
        }
        tokens.advance();
        Span inner = span();
        tokens.expect(")", context);
        yield inner;
      }
      case END, METRIC_WORD, STRING ->
          throw tokens.unexpected(context, "number, duration, step(), or range()");
    };
  }

  private Span call(Token word, String context) {
    return switch (word.text().toLowerCase(Locale.ROOT)) {
      case "step" -> {
        noArguments(context);
        yield new Span.QueryStep();
      }
      case "range" -> {
        noArguments(context);
        yield new Span.QueryRange();
      }
      case "min_of" -> {
        List<Span> spans = twoArguments(context);
        yield new Span.Smaller(spans.getFirst(), spans.getLast());
      }
      case "max_of" -> {
        List<Span> spans = twoArguments(context);
        yield new Span.Larger(spans.getFirst(), spans.getLast());
      }
      default -> throw tokens.unexpected(context, "number, duration, step(), or range()");
    };
  }

  private void noArguments(String context) {
    tokens.advance();
    tokens.expect("(", context);
    tokens.expect(")", context);
  }

  private List<Span> twoArguments(String context) {
    tokens.advance();
    tokens.expect("(", context);
    Span left = span();
    tokens.expect(",", context);
    Span right = span();
    tokens.expect(")", context);
    return List.of(left, right);
  }

  private static Span negated(Span span) {
    return span instanceof Span.Fixed(double seconds)
        ? new Span.Fixed(-seconds)
        : new Span.Negated(span);
  }

  private double number(Token token) {
    return Numbers.parse(token.text());
  }
}
