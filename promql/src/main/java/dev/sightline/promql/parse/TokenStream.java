package dev.sightline.promql.parse;

import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException.BadQuery;
import org.jspecify.annotations.Nullable;

/// The tokens of a query with one of them in view, and the words for what is wrong with it.
final class TokenStream {
  private final Lexer lexer;
  private Token current;
  private @Nullable Token following;
  private int lastEnd;

  TokenStream(Lexer lexer) {
    this.lexer = lexer;
    this.current = lexer.next();
  }

  Token current() {
    return current;
  }

  /// The token after the current one.
  Token following() {
    if (following == null) {
      following = lexer.next();
    }
    return following;
  }

  /// @return the token that was current
  Token advance() {
    Token passed = current;
    lastEnd = passed.end();
    current = following();
    following = null;
    return passed;
  }

  boolean at(String sign) {
    return current.is(sign);
  }

  boolean atWord(String word) {
    return current.isWord(word);
  }

  /// Steps over a sign if it is the current token.
  boolean accept(String sign) {
    boolean accepted = at(sign);
    if (accepted) {
      advance();
    }
    return accepted;
  }

  /// @param context what is being read, for the message; may be empty
  Token expect(String sign, String context) {
    if (!at(sign)) {
      throw unexpected(context, Quoting.quote(sign));
    }
    return advance();
  }

  /// From `start` to the end of the last token passed.
  Position since(int start) {
    return new Position(start, Math.max(start, lastEnd));
  }

  /// @param context what is being read; may be empty
  /// @param expected what should have stood there; may be empty
  BadQuery unexpected(String context, String expected) {
    return failure(
        current.position(),
        "unexpected "
            + current.described()
            + (context.isEmpty() ? "" : " in " + context)
            + (expected.isEmpty() ? "" : ", expected " + expected));
  }

  BadQuery failure(Position position, String message) {
    return lexer.failure(position.start(), position.end(), message);
  }
}
