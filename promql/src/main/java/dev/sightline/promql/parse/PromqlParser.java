package dev.sightline.promql.parse;

import dev.sightline.model.label.Matcher;
import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException.BadQuery;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.Shift;
import java.util.List;

/// Reads PromQL: text to a well-typed tree.
public final class PromqlParser {
  public static final int MAX_LENGTH = 16 * 1024;

  private PromqlParser() {}

  /// @throws BadQuery with `line:column: parse error: …`
  public static Expr parse(String query) {
    TokenStream tokens = open(query);
    if (tokens.current().kind() == Token.Kind.END) {
      throw tokens.failure(new Position(0, 0), "no expression found in input");
    }
    Expr expr = new ExprParser(tokens).whole();
    new TypeCheck(tokens).check(expr);
    return expr;
  }

  /// Reads a selector alone, `metric{label="value"}`, such as the API's `match[]`.
  ///
  /// @throws BadQuery if it is something else
  public static List<Matcher> parseSelector(String selector) {
    if (parse(selector) instanceof Expr.VectorSelector vector
        && vector.shift().equals(Shift.NONE)) {
      return vector.matchers();
    }
    throw new BadQuery(
        new Position(0, selector.length()), "1:1: parse error: expected a selector alone");
  }

  private static TokenStream open(String query) {
    if (query.length() > MAX_LENGTH) {
      throw new BadQuery(
          new Position(0, 0),
          "1:1: parse error: query of "
              + query.length()
              + " characters, the limit is "
              + MAX_LENGTH);
    }
    return new TokenStream(new Lexer(query));
  }
}
