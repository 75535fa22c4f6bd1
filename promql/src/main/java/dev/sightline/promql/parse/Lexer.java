package dev.sightline.promql.parse;

import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException.BadQuery;

/// Cuts a query into tokens, one at a time; comments and space fall away.
final class Lexer {
  private static final String[] TWO_SIGNS = {"==", "!=", "<=", ">=", "=~", "!~", "</", ">/"};
  private static final String ONE_SIGN = "+-*/%^<>=(){}[],:@";
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};

  private final String text;
  private int at;
  private int parentheses;
  private boolean inBraces;
  private boolean inBrackets;

  Lexer(String text) {
    this.text = text;
  }

  Token next() {
    skipSpace();
    if (at >= text.length()) {
      return end();
    }
    char c = text.charAt(at);
    if (isDigit(c) || (c == '.' && isDigit(charAt(at + 1)))) {
      return numberOrDuration();
    }
    if (isLetter(c) || (c == ':' && !inBrackets && !inBraces)) {
      return word();
    }
    if (c == '"' || c == '\'' || c == '`') {
      return string(c);
    }
    return sign();
  }

  BadQuery failure(int start, int end, String message) {
    Position position = new Position(start, end);
    return new BadQuery(position, position.in(text) + ": parse error: " + message);
  }

  private void skipSpace() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
          at++;
        }
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        at++;
      } else {
        return;
      }
    }
  }

  private Token end() {
    if (inBraces) {
      throw failure(at, at, "unexpected end of input inside braces");
    }
    if (inBrackets) {
      throw failure(at, at, "unexpected end of input in duration expression");
    }
    if (parentheses > 0) {
      throw failure(at, at, "unclosed left parenthesis");
    }
    return new Token(Token.Kind.END, "", at);
  }

  private Token word() {
    int start = at;
    boolean colons = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ':' && !inBrackets && !inBraces) {
        colons = true;
      } else if (!isLetter(c) && !isDigit(c)) {
        break;
      }
      at++;
    }
    return new Token(
        colons ? Token.Kind.METRIC_WORD : Token.Kind.WORD, text.substring(start, at), start);
  }

  private Token string(char quote) {
    int start = at++;
    while (at < text.length() && text.charAt(at) != quote) {
      if (quote != '`' && text.charAt(at) == '\n') {
        throw failure(start, at, "unterminated quoted string");
      }
      at += quote != '`' && text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      at = text.length();
      throw failure(start, at, "unterminated " + (quote == '`' ? "raw" : "quoted") + " string");
    }
    at++;
    return new Token(Token.Kind.STRING, text.substring(start, at), start);
  }

  private Token numberOrDuration() {
    int start = at;
    int end = durationEnd(start);
    Token.Kind kind = Token.Kind.DURATION;
    if (end < 0) {
      end = numberEnd(start);
      kind = Token.Kind.NUMBER;
    }
    if (isLetter(charAt(end)) || isDigit(charAt(end)) || charAt(end) == '.') {
      throw failure(
          start,
          end + 1,
          "bad number or duration syntax: " + Quoting.quote(text.substring(start, end + 1)));
    }
    at = end;
    return new Token(kind, text.substring(start, end), start);
  }

  /// @return the index after a duration such as `1h30m`, or -1
  private int durationEnd(int start) {
    int i = start;
    int unit = 0;
    while (isDigit(charAt(i))) {
      int digits = i;
      while (isDigit(charAt(digits))) {
        digits++;
      }
      while (unit < UNITS.length && !startsUnit(UNITS[unit], digits)) {
        unit++;
      }
      if (unit == UNITS.length) {
        return -1;
      }
      i = digits + UNITS[unit].length();
      unit++;
    }
    return i > start && !isLetter(charAt(i)) ? i : -1;
  }

  private boolean startsUnit(String unit, int index) {
    if (!text.startsWith(unit, index)) {
      return false;
    }
    char after = charAt(index + unit.length());
    return !isLetter(after);
  }

  private int numberEnd(int start) {
    if (charAt(start) == '0' && (charAt(start + 1) == 'x' || charAt(start + 1) == 'X')) {
      return skipDigits(start + 2, 16);
    }
    int i = skipDigits(start, 10);
    if (charAt(i) == '.') {
      i = skipDigits(i + 1, 10);
    }
    if (charAt(i) == 'e' || charAt(i) == 'E') {
      int exponent = charAt(i + 1) == '+' || charAt(i + 1) == '-' ? i + 2 : i + 1;
      if (isDigit(charAt(exponent))) {
        i = skipDigits(exponent, 10);
      }
    }
    return i;
  }

  /// Digits with single underscores between them.
  private int skipDigits(int start, int radix) {
    int i = start;
    while (Character.digit(charAt(i), radix) >= 0
        || (i > start && charAt(i) == '_' && Character.digit(charAt(i + 1), radix) >= 0)) {
      i++;
    }
    return i;
  }

  private Token sign() {
    int start = at;
    String sign = "";
    for (String two : TWO_SIGNS) {
      if (text.startsWith(two, at)) {
        sign = two;
      }
    }
    char c = text.charAt(at);
    if (sign.isEmpty() && ONE_SIGN.indexOf(c) >= 0) {
      sign = String.valueOf(c);
    }
    if (sign.isEmpty()) {
      String shown = Quoting.quote(Character.toString(text.codePointAt(at))).replace('"', '\'');
      throw failure(
          at, at + 1, "unexpected character" + (inBraces ? " inside braces: " : ": ") + shown);
    }
    at += sign.length();
    track(sign, start);
    return new Token(Token.Kind.SIGN, sign, start);
  }

  private void track(String sign, int start) {
    switch (sign) {
      case "(" -> parentheses++;
      case ")" -> {
        if (--parentheses < 0) {
          throw failure(start, at, "unexpected right parenthesis ')'");
        }
      }
      case "{" -> {
        if (inBraces) {
          throw failure(start, at, "unexpected left brace '{'");
        }
        inBraces = true;
      }
      case "}" -> {
        if (!inBraces) {
          throw failure(start, at, "unexpected right brace '}'");
        }
        inBraces = false;
      }
      case "[" -> {
        if (inBrackets) {
          throw failure(start, at, "unexpected left bracket '['");
        }
        inBrackets = true;
      }
      case "]" -> {
        if (!inBrackets) {
          throw failure(start, at, "unexpected right bracket ']'");
        }
        inBrackets = false;
      }
      default -> {}
    }
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
