package dev.sightline.logql.parse;

import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException.BadQuery;

/// Cuts a query into tokens, one at a time; comments and space fall away.
final class Lexer {
  private static final String[] TWO_SIGNS = {
    "|=", "|~", "|>", "!=", "!~", "!>", "=~", "==", "<=", ">="
  };
  private static final String ONE_SIGN = "|=<>{}()[],+-*/%^";

  private final String text;
  private int at;

  Lexer(String text) {
    this.text = text;
  }

  Token next() {
    skipSpace();
    if (at >= text.length()) {
      return new Token(Token.Kind.END, "", text.length());
    }
    char c = text.charAt(at);
    if (isDigit(c) || (c == '.' && isDigit(charAt(at + 1)))) {
      return quantity();
    }
    if (isLetter(c)) {
      return word();
    }
    if (c == '"' || c == '`') {
      return string(c);
    }
    if (c == '-' && charAt(at + 1) == '-' && isLetter(charAt(at + 2))) {
      return flag();
    }
    return sign();
  }

  /// @param message with `syntax error: ` in front where the grammar is broken
  BadQuery failure(Position position, String message) {
    String[] place = position.in(text).split(":", 2);
    return new BadQuery(
        position, "parse error at line " + place[0] + ", col " + place[1] + ": " + message);
  }

  private void skipSpace() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n') {
          at++;
        }
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        at++;
      } else {
        return;
      }
    }
  }

  private Token word() {
    int start = at;
    while (isLetter(charAt(at)) || isDigit(charAt(at)) || charAt(at) == ':') {
      at++;
    }
    return new Token(Token.Kind.WORD, text.substring(start, at), start);
  }

  private Token flag() {
    int start = at;
    at += 2;
    while (isLetter(charAt(at)) || charAt(at) == '-') {
      at++;
    }
    return new Token(Token.Kind.FLAG, text.substring(start, at), start);
  }

  private Token string(char quote) {
    int start = at++;
    while (at < text.length() && text.charAt(at) != quote) {
      if (quote == '"' && text.charAt(at) == '\n') {
        throw failure(new Position(start, at), "literal not terminated");
      }
      at += quote == '"' && text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      at = text.length();
      throw failure(new Position(start, at), "literal not terminated");
    }
    at++;
    return new Token(Token.Kind.STRING, text.substring(start, at), start);
  }

  private Token quantity() {
    int start = at;
    while (isQuantityPart(start)) {
      at++;
    }
    String written = text.substring(start, at);
    if (!Double.isNaN(Quantities.number(written))) {
      return new Token(Token.Kind.NUMBER, written, start);
    }
    if (Quantities.durationNs(written) != Quantities.NONE) {
      return new Token(Token.Kind.DURATION, written, start);
    }
    if (Quantities.sizeBytes(written) != Quantities.NONE) {
      return new Token(Token.Kind.BYTES, written, start);
    }
    throw failure(
        new Position(start, at), "not a valid number, duration or size: " + Quoting.quote(written));
  }

  private boolean isQuantityPart(int start) {
    char c = charAt(at);
    if (isDigit(c) || isLetter(c) || c == '.' || c == 'µ' || c == 'μ') {
      return true;
    }
    boolean exponent = at > start && (charAt(at - 1) == 'e' || charAt(at - 1) == 'E');
    boolean hexadecimal = charAt(start + 1) == 'x' || charAt(start + 1) == 'X';
    return (c == '+' || c == '-') && exponent && !hexadecimal && isDigit(charAt(at + 1));
  }

  private Token sign() {
    int start = at;
    for (String two : TWO_SIGNS) {
      if (text.startsWith(two, at)) {
        at += 2;
        return new Token(Token.Kind.SIGN, two, start);
      }
    }
    if (ONE_SIGN.indexOf(text.charAt(at)) < 0) {
      int c = text.codePointAt(at);
      throw failure(
          new Position(at, at + 1),
          "syntax error: unexpected character "
              + Quoting.quote(Character.toString(c)).replace('"', '\''));
    }
    at++;
    return new Token(Token.Kind.SIGN, text.substring(start, at), start);
  }

  private char charAt(int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
}
