package dev.sightline.promql.parse;

import dev.sightline.model.query.Position;
import dev.sightline.promql.ast.Aggregation;
import dev.sightline.promql.ast.BinaryOperator;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.Function;
import dev.sightline.promql.ast.Grouping;
import dev.sightline.promql.ast.Matching;
import dev.sightline.promql.ast.RangeMode;
import dev.sightline.promql.ast.Shift;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads expressions by the strength of their operators.
final class ExprParser {
  /*
   * An expression is an operand and then operators, each with its right side. An operator is taken while it binds
   * at least as strongly as the caller asked for; its right side is read asking for the next strength (the same one
   * for `^`, which groups to the right). A sign in front binds weaker than `^` and stronger than `*`.
   * Modifiers (`[5m]`, `offset`, `@`) follow their operand directly and bind strongest.
   */
  static final int MAX_DEPTH = 128;

  /// How long a chain such as `a or b or c` may be; each link is a level of the tree.
  private static final int MAX_CHAIN = 512;

  private final TokenStream tokens;
  private final SelectorParser selectors;
  private final SpanParser spans;
  private int depth;

  ExprParser(TokenStream tokens) {
    this.tokens = tokens;
    this.spans = new SpanParser(tokens);
    this.selectors = new SelectorParser(tokens);
  }

  Expr whole() {
    Expr expr = expression(1);
    if (tokens.current().kind() != Token.Kind.END) {
      throw tokens.unexpected("", "");
    }
    return expr;
  }

  private Expr expression(int weakest) {
    if (++depth > MAX_DEPTH) {
      throw tokens.failure(
          tokens.current().position(), "expression nested deeper than " + MAX_DEPTH + " levels");
    }
    Expr left = signed();
    int links = 0;
    BinaryOperator operator = Words.binaryOperator(tokens.current());
    while (operator != null && operator.precedence() >= weakest) {
      if (++links > MAX_CHAIN) {
        throw tokens.failure(
            tokens.current().position(), "more than " + MAX_CHAIN + " operators in a row");
      }
      left = binary(operator, left);
      operator = Words.binaryOperator(tokens.current());
    }
    depth--;
    return left;
  }

  private Expr binary(BinaryOperator operator, Expr left) {
    tokens.advance();
    boolean bool = tokens.atWord("bool");
    if (bool) {
      tokens.advance();
    }
    Matching matching = selectors.matching();
    int strength = operator.precedence() + (operator.isRightAssociative() ? 0 : 1);
    Expr right = expression(strength);
    Position position = tokens.since(left.position().start());
    return new Expr.Binary(operator, left, right, bool, matching, position);
  }

  private Expr signed() {
    int start = tokens.current().start();
    boolean negative = tokens.at("-");
    if (!negative && !tokens.at("+")) {
      return modified(operand());
    }
    tokens.advance();
    Expr operand = expression(BinaryOperator.POWER.precedence());
    Position position = tokens.since(start);
    if (operand instanceof Expr.NumberLiteral(double value, _)) {
      return new Expr.NumberLiteral(negative ? -value : value, position);
    }
    return new Expr.Unary(negative, operand, position);
  }

  private Expr operand() {
    Token token = tokens.current();
    return switch (token.kind()) {
      case NUMBER, DURATION -> new Expr.NumberLiteral(spans.seconds(), token.position());
      case STRING -> new Expr.StringLiteral(selectors.string(), token.position());
      case METRIC_WORD -> selectors.selector();
      case WORD -> named(token);
      case SIGN -> {
        if (token.is("{")) {
          yield selectors.selector();
        }
        if (token.is("(")) {
          yield parenthesized();
        }
        throw tokens.unexpected("", "");
      }
      case END -> throw tokens.unexpected("", "");
    };
  }

  private Expr parenthesized() {
    int start = tokens.advance().start();
    Expr inner = expression(1);
    tokens.expect(")", "");
    return new Expr.Parenthesized(inner, tokens.since(start));
  }

  private Expr named(Token word) {
    Double number = Numbers.named(word.text());
    if (number != null && !tokens.following().is("{")) {
      tokens.advance();
      return new Expr.NumberLiteral(number, word.position());
    }
    Aggregation aggregation = Aggregation.named(word.text());
    if (aggregation != null && startsAggregate(tokens.following())) {
      return aggregate(aggregation);
    }
    if (tokens.following().is("(")) {
      return call(word);
    }
    return selectors.selector();
  }

  private static boolean startsAggregate(Token following) {
    return following.is("(") || following.isWord("by") || following.isWord("without");
  }

  private Expr aggregate(Aggregation aggregation) {
    int start = tokens.advance().start();
    Grouping grouping = selectors.grouping();
    List<Expr> arguments = arguments("aggregation");
    if (grouping == null) {
      grouping = selectors.grouping();
    }
    Position position = tokens.since(start);
    int wanted = aggregation.parameter() == null ? 1 : 2;
    if (arguments.isEmpty()) {
      throw tokens.failure(position, "no arguments for aggregate expression provided");
    }
    if (arguments.size() != wanted) {
      throw tokens.failure(
          position,
          "wrong number of arguments for aggregate expression provided, expected "
              + wanted
              + ", got "
              + arguments.size());
    }
    return new Expr.Aggregate(
        aggregation,
        arguments.getLast(),
        wanted == 2 ? arguments.getFirst() : null,
        grouping == null ? Grouping.ALL : grouping,
        position);
  }

  private Expr call(Token name) {
    tokens.advance();
    Function function = functionNamed(name.text());
    if (function == null) {
      throw tokens.failure(
          name.position(), "unknown function with name " + Quoting.quote(name.text()));
    }
    List<Expr> arguments = arguments("function call");
    return new Expr.Call(function, arguments, tokens.since(name.start()));
  }

  private static @Nullable Function functionNamed(String name) {
    Function function = Function.named(name);
    // These four are keywords too, and keywords have no case.
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "start", "end", "step", "range" -> Function.named(name.toLowerCase(Locale.ROOT));
      default -> function;
    };
  }

  private List<Expr> arguments(String context) {
    tokens.expect("(", context);
    List<Expr> arguments = new ArrayList<>();
    while (!tokens.at(")")) {
      arguments.add(expression(1));
      if (!tokens.accept(",")) {
        break;
      }
      if (tokens.at(")")) {
        throw tokens.failure(
            tokens.current().position(), "trailing commas not allowed in function call args");
      }
    }
    tokens.expect(")", context);
    return arguments;
  }

  /// What follows an operand directly.
  private Expr modified(Expr operand) {
    Expr expr = operand;
    int modifiers = 0;
    while (true) {
      if (++modifiers > MAX_DEPTH) {
        throw tokens.failure(expr.position(), "more than " + MAX_DEPTH + " modifiers in a row");
      }
      if (tokens.at("[")) {
        expr = ranged(expr);
      } else if (tokens.atWord("offset")) {
        tokens.advance();
        expr = Shifting.withOffset(tokens, expr, spans.offset());
      } else if (tokens.at("@")) {
        tokens.advance();
        expr = Shifting.withAt(tokens, expr, spans.at());
      } else if (tokens.atWord("anchored")) {
        expr = Shifting.withMode(tokens, expr, RangeMode.ANCHORED);
      } else if (tokens.atWord("smoothed")) {
        expr = Shifting.withMode(tokens, expr, RangeMode.SMOOTHED);
      } else {
        return expr;
      }
    }
  }

  private Expr ranged(Expr expr) {
    int start = expr.position().start();
    tokens.advance();
    var range = spans.span();
    if (tokens.accept(":")) {
      var step = tokens.at("]") ? null : spans.span();
      tokens.expect("]", "subquery selector");
      return new Expr.Subquery(expr, range, step, Shift.NONE, tokens.since(start));
    }
    tokens.expect("]", "matrix selector");
    if (!(expr instanceof Expr.VectorSelector selector)) {
      throw tokens.failure(tokens.since(start), "ranges only allowed for vector selectors");
    }
    if (selector.shift().offset() != null) {
      throw tokens.failure(selector.position(), "no offset modifiers allowed before range");
    }
    if (selector.shift().at() != null) {
      throw tokens.failure(selector.position(), "no @ modifiers allowed before range");
    }
    return new Expr.MatrixSelector(selector, range, RangeMode.PLAIN, tokens.since(start));
  }
}
