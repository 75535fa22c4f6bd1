package dev.sightline.logql.parse;

import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException.BadQuery;
import java.util.ArrayList;
import java.util.List;
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

  boolean at(Token.Kind kind) {
    return current.kind() == kind;
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

  boolean acceptWord(String word) {
    boolean accepted = atWord(word);
    if (accepted) {
      advance();
    }
    return accepted;
  }

  Token expect(String sign) {
    if (!at(sign)) {
      throw unexpected(sign);
    }
    return advance();
  }

  /// The name of a label.
  String identifier() {
    if (!at(Token.Kind.WORD)) {
      throw unexpected("IDENTIFIER");
    }
    return advance().text();
  }

  /// A text, without its quotes.
  String string() {
    if (!at(Token.Kind.STRING)) {
      throw unexpected("STRING");
    }
    Token token = advance();
    String text = Quoting.unquote(token.text());
    if (text == null) {
      throw failure(token.position(), "invalid char escape");
    }
    return text;
  }

  /// `(a, b)`, which may be empty.
  List<String> names() {
    expect("(");
    List<String> names = new ArrayList<>();
    while (!at(")")) {
      names.add(identifier());
      if (!at(")")) {
        expect(",");
      }
    }
    advance();
    return names;
  }

  /// From `start` to the end of the last token passed.
  Position since(int start) {
    return new Position(start, Math.max(start, lastEnd));
  }

  /// @param expected what should have stood there; may be empty
  BadQuery unexpected(String expected) {
    return failure(
        current.position(),
        "syntax error: unexpected "
            + current.described()
            + (expected.isEmpty() ? "" : ", expecting " + expected));
  }

  BadQuery failure(Position position, String message) {
    return lexer.failure(position, message);
  }

  /// What is wrong with a well-formed part, without a place: so Loki's messages have it.
  static BadQuery invalid(Position position, String message) {
    return new BadQuery(position, "parse error : " + message);
  }
}
