package dev.sightline.logql.parse;

import dev.sightline.logql.ast.BinaryOperator;
import dev.sightline.logql.ast.Expr;
import dev.sightline.logql.ast.Grouping;
import dev.sightline.logql.ast.Matching;
import dev.sightline.logql.ast.Matching.Cardinality;
import dev.sightline.logql.ast.RangeFunction;
import dev.sightline.logql.ast.VectorFunction;
import dev.sightline.model.label.BadPatternException;
import dev.sightline.model.label.WholeMatch;
import dev.sightline.model.query.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads expressions by the strength of their operators.
final class ExprParser {
  private static final int MAX_DEPTH = 128;

  /// How long a chain such as `a or b or c` may be; each link is a level of the tree.
  private static final int MAX_CHAIN = 512;

  private final TokenStream tokens;
  private final RangeParser ranges;
  private int depth;

  ExprParser(TokenStream tokens) {
    this.tokens = tokens;
    this.ranges = new RangeParser(tokens);
  }

  Expr whole() {
    Expr expr = isLines() ? ranges.lines() : expression(1);
    if (!tokens.at(Token.Kind.END)) {
      throw tokens.unexpected("");
    }
    return expr;
  }

  /// Whether a selector comes first, perhaps in parentheses.
  private boolean isLines() {
    return tokens.at("{") || (tokens.at("(") && tokens.following().is("{"));
  }

  private Expr expression(int weakest) {
    if (++depth > MAX_DEPTH) {
      throw tokens.failure(
          tokens.current().position(), "expression nested deeper than " + MAX_DEPTH + " levels");
    }
    Expr left = operand();
    int links = 0;
    BinaryOperator operator = operator();
    while (operator != null && operator.precedence() >= weakest) {
      if (++links > MAX_CHAIN) {
        throw tokens.failure(
            tokens.current().position(), "more than " + MAX_CHAIN + " operators in a row");
      }
      left = binary(operator, left);
      operator = operator();
    }
    depth--;
    return left;
  }

  private @Nullable BinaryOperator operator() {
    return switch (tokens.current().kind()) {
      case SIGN, WORD -> BinaryOperator.named(tokens.current().text());
      case END, NUMBER, DURATION, BYTES, STRING, FLAG -> null;
    };
  }

  private Expr binary(BinaryOperator operator, Expr left) {
    Token sign = tokens.advance();
    boolean bool = tokens.acceptWord("bool");
    Matching matching = matching();
    int strength = operator.precedence() + (operator.isRightAssociative() ? 0 : 1);
    Expr right = expression(strength);
    if (bool && !operator.isComparison()) {
      throw tokens.failure(
          sign.position(), "bool modifier can only be used on comparison operators");
    }
    if (operator.isSet()) {
      checkVector(left, operator, "left");
      checkVector(right, operator, "right");
    }
    Position position = tokens.since(left.position().start());
    return new Expr.Binary(operator, left, right, bool, matching, position);
  }

  private static void checkVector(Expr side, BinaryOperator operator, String name) {
    if (side.isScalar()) {
      throw TokenStream.invalid(
          side.position(),
          "unexpected literal for "
              + name
              + " leg of logical/set binary operation ("
              + operator.text()
              + ")");
    }
  }

  private Matching matching() {
    boolean on = tokens.atWord("on");
    if (!on && !tokens.atWord("ignoring")) {
      return Matching.DEFAULT;
    }
    tokens.advance();
    List<String> labels = tokens.names();
    Cardinality cardinality = Cardinality.ONE_TO_ONE;
    if (tokens.atWord("group_left")) {
      cardinality = Cardinality.MANY_TO_ONE;
    } else if (tokens.atWord("group_right")) {
      cardinality = Cardinality.ONE_TO_MANY;
    }
    List<String> include = List.of();
    if (cardinality != Cardinality.ONE_TO_ONE) {
      tokens.advance();
      include = tokens.at("(") ? tokens.names() : List.of();
    }
    return new Matching(cardinality, on, labels, include);
  }

  private Expr operand() {
    Token token = tokens.current();
    return switch (token.kind()) {
      case NUMBER -> number(1);
      case WORD -> named(token);
      case SIGN -> {
        if (token.is("(")) {
          yield parenthesized();
        }
        if (token.is("-") || token.is("+")) {
          tokens.advance();
          if (!tokens.at(Token.Kind.NUMBER)) {
            throw tokens.unexpected("NUMBER");
          }
          yield number(token.is("-") ? -1 : 1);
        }
        if (token.is("{")) {
          throw tokens.failure(
              token.position(),
              "syntax error: unexpected {: lines become numbers within a function such as"
                  + " count_over_time({…}[5m])");
        }
        throw tokens.unexpected("");
      }
      case END, DURATION, BYTES, STRING, FLAG -> throw tokens.unexpected("");
    };
  }

  private Expr number(int sign) {
    Token token = tokens.advance();
    int start = sign < 0 ? token.start() - 1 : token.start();
    return new Expr.NumberLiteral(
        sign * Quantities.number(token.text()), tokens.since(Math.max(0, start)));
  }

  private Expr parenthesized() {
    int start = tokens.advance().start();
    Expr inner = expression(1);
    tokens.expect(")");
    return new Expr.Parenthesized(inner, tokens.since(start));
  }

  private Expr named(Token word) {
    RangeFunction range = RangeFunction.named(word.text());
    if (range != null) {
      return rangeAggregate(range);
    }
    VectorFunction vector = VectorFunction.named(word.text());
    if (vector != null) {
      return vectorAggregate(vector);
    }
    return switch (word.text()) {
      case "label_replace" -> labelReplace();
      case "vector" -> vectorLiteral();
      default -> throw tokens.unexpected("");
    };
  }

  private Expr rangeAggregate(RangeFunction function) {
    int start = tokens.advance().start();
    tokens.expect("(");
    Double parameter = null;
    if (tokens.at(Token.Kind.NUMBER) || tokens.at("-") || tokens.at("+")) {
      Position position = tokens.current().position();
      parameter = ((Expr.NumberLiteral) operand()).value();
      if (function != RangeFunction.QUANTILE_OVER_TIME) {
        throw TokenStream.invalid(
            position, "parameter not supported for operation " + function.text());
      }
      tokens.expect(",");
    }
    Expr.LogRange range = ranges.range();
    tokens.expect(")");
    Grouping grouping = grouping();
    Position position = tokens.since(start);
    check(function, range, parameter, grouping, position);
    return new Expr.RangeAggregate(function, range, parameter, grouping, position);
  }

  private static void check(
      RangeFunction function,
      Expr.LogRange range,
      @Nullable Double parameter,
      @Nullable Grouping grouping,
      Position position) {
    if (function == RangeFunction.QUANTILE_OVER_TIME && parameter == null) {
      throw TokenStream.invalid(position, "parameter required for operation " + function.text());
    }
    if (grouping != null && !function.groups()) {
      throw TokenStream.invalid(
          position, "grouping not allowed for " + function.text() + " aggregation");
    }
    boolean unwrapped = range.unwrap() != null;
    if (!unwrapped && function.unwrapped() == RangeFunction.Unwrapped.ALWAYS) {
      throw TokenStream.invalid(
          position, "invalid aggregation " + function.text() + " without unwrap");
    }
    if (unwrapped && function.unwrapped() == RangeFunction.Unwrapped.NEVER) {
      throw TokenStream.invalid(
          position, "invalid aggregation " + function.text() + " with unwrap");
    }
  }

  private @Nullable Grouping grouping() {
    boolean without = tokens.atWord("without");
    if (!without && !tokens.atWord("by")) {
      return null;
    }
    tokens.advance();
    return new Grouping(without, tokens.names());
  }

  private Expr vectorAggregate(VectorFunction function) {
    int start = tokens.advance().start();
    Grouping grouping = grouping();
    tokens.expect("(");
    Integer parameter = null;
    if (tokens.at(Token.Kind.NUMBER) && tokens.following().is(",")) {
      parameter = parameter(function);
    }
    Expr operand = expression(1);
    tokens.expect(")");
    if (grouping == null) {
      grouping = grouping();
    }
    Position position = tokens.since(start);
    if (function.takesParameter() && parameter == null) {
      throw TokenStream.invalid(position, "parameter required for operation " + function.text());
    }
    if (grouping != null && !function.groups()) {
      throw TokenStream.invalid(
          position, "grouping not allowed for " + function.text() + " aggregation");
    }
    if (operand.isScalar()) {
      throw TokenStream.invalid(
          operand.position(), function.text() + " needs a vector, and this is a number");
    }
    return new Expr.VectorAggregate(function, operand, parameter, grouping, position);
  }

  private int parameter(VectorFunction function) {
    Token token = tokens.advance();
    tokens.expect(",");
    if (!function.takesParameter()) {
      throw TokenStream.invalid(
          token.position(),
          "unsupported parameter for operation " + function.text() + "(" + token.text() + ",");
    }
    double number = Quantities.number(token.text());
    if (number != Math.rint(number) || number < 1 || number > Integer.MAX_VALUE) {
      throw TokenStream.invalid(
          token.position(), "invalid parameter " + function.text() + "(" + token.text() + ",");
    }
    return (int) number;
  }

  private Expr labelReplace() {
    int start = tokens.advance().start();
    tokens.expect("(");
    Expr operand = expression(1);
    tokens.expect(",");
    String target = tokens.string();
    tokens.expect(",");
    String replacement = tokens.string();
    tokens.expect(",");
    String source = tokens.string();
    tokens.expect(",");
    Position regexPosition = tokens.current().position();
    String regex = tokens.string();
    tokens.expect(")");
    try {
      WholeMatch.of(regex);
    } catch (BadPatternException bad) {
      throw tokens.failure(regexPosition, "invalid regex in label_replace: " + bad.getMessage());
    }
    if (!target.matches("[a-zA-Z_][a-zA-Z0-9_]*")) {
      throw tokens.failure(
          tokens.since(start),
          "invalid destination label name in label_replace: " + Quoting.quote(target));
    }
    return new Expr.LabelReplace(operand, target, replacement, source, regex, tokens.since(start));
  }

  private Expr vectorLiteral() {
    int start = tokens.advance().start();
    tokens.expect("(");
    boolean negative = tokens.accept("-");
    if (!tokens.at(Token.Kind.NUMBER)) {
      throw tokens.unexpected("NUMBER");
    }
    double value = Quantities.number(tokens.advance().text());
    tokens.expect(")");
    return new Expr.VectorLiteral(negative ? -value : value, tokens.since(start));
  }
}
