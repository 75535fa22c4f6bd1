package dev.sightline.logql.parse;

import dev.sightline.logql.ast.Expr;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException.BadQuery;
import java.util.List;

/// Reads LogQL: text to tree.
public final class LogqlParser {
  public static final int MAX_LENGTH = 131_072;

  private LogqlParser() {}

  /// @throws BadQuery with `parse error at line …, col …: …`
  public static Expr parse(String query) {
    return new ExprParser(open(query)).whole();
  }

  /// Reads a selector alone, `{label="value"}`, such as the API's `match[]`. It may be empty.
  ///
  /// @throws BadQuery if it is something else
  public static List<Matcher> parseSelector(String selector) {
    TokenStream tokens = open(selector);
    List<Matcher> matchers = new SelectorParser(tokens).matchers();
    if (!tokens.at(Token.Kind.END)) {
      throw tokens.unexpected("");
    }
    return matchers;
  }

  private static TokenStream open(String query) {
    if (query.length() >= MAX_LENGTH) {
      throw new BadQuery(
          new Position(0, 0),
          "parse error : input size too long (" + query.length() + " > " + MAX_LENGTH + ")");
    }
    return new TokenStream(new Lexer(query));
  }
}
