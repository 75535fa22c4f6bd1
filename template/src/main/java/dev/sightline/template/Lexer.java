package dev.sightline.template;

import dev.sightline.model.query.Position;
import dev.sightline.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Cuts a template into words.
final class Lexer {
  private static final String OPEN = "{{";
  private static final String CLOSE = "}}";

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  /// Whether the action before asked that white space behind it be left out.
  private boolean trimNext;

  private Lexer(String source) {
    this.source = source;
  }

  static List<Token> tokens(String source) {
    Lexer lexer = new Lexer(source);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (at < source.length()) {
      int open = source.indexOf(OPEN, at);
      literal(at, open < 0 ? source.length() : open);
      at = open < 0 ? source.length() : open;
      if (open >= 0) {
        action();
      }
    }
    add(Kind.END, "", false, source.length(), source.length());
  }

  private void literal(int from, int to) {
    int start = from;
    int end = to;
    while (trimNext && start < end && isSpace(source.charAt(start))) {
      start++;
    }
    if (trimsBefore(to)) {
      while (end > start && isSpace(source.charAt(end - 1))) {
        end--;
      }
    }
    trimNext = false;
    if (end > start) {
      add(Kind.LITERAL, source.substring(start, end), false, start, end);
    }
  }

  /// Whether the action at `open` begins with `{{- `.
  private boolean trimsBefore(int open) {
    return source.startsWith("{{-", open)
        && open + 3 < source.length()
        && isSpace(source.charAt(open + 3));
  }

  private void action() {
    int open = at;
    at += trimsBefore(open) ? 4 : 2;
    if (source.startsWith("/*", at)) {
      comment(open);
      return;
    }
    add(Kind.OPEN, OPEN, false, open, at);
    boolean spaced = false;
    while (true) {
      if (at >= source.length()) {
        throw failure(open, "unclosed action");
      }
      if (closes()) {
        return;
      }
      if (isSpace(source.charAt(at))) {
        spaced = true;
        at++;
      } else {
        word(spaced);
        spaced = false;
      }
    }
  }

  /// Steps over `}}` or ` -}}`, if that stands here.
  private boolean closes() {
    boolean trims = source.startsWith("-}}", at) && isSpace(source.charAt(at - 1));
    if (!trims && !source.startsWith(CLOSE, at)) {
      return false;
    }
    int start = at;
    at += trims ? 3 : 2;
    trimNext = trims;
    add(Kind.CLOSE, CLOSE, false, start, at);
    return true;
  }

  private void comment(int open) {
    int end = source.indexOf("*/", at + 2);
    if (end < 0) {
      throw failure(open, "unclosed comment");
    }
    at = end + 2;
    if (source.startsWith(CLOSE, at)) {
      at += 2;
    } else if (at < source.length()
        && isSpace(source.charAt(at))
        && source.startsWith("-}}", at + 1)) {
      at += 4;
      trimNext = true;
    } else {
      throw failure(at, "comment ends before closing delimiter");
    }
  }

  private void word(boolean spaced) {
    int start = at;
    char c = source.charAt(at);
    switch (c) {
      case '|' -> single(Kind.PIPE, spaced);
      case ',' -> single(Kind.COMMA, spaced);
      case '(' -> single(Kind.LEFT, spaced);
      case ')' -> single(Kind.RIGHT, spaced);
      case '=' -> single(Kind.ASSIGN, spaced);
      case '"', '\'' -> quoted(c, spaced);
      case '`' -> raw(spaced);
      case '$' -> {
        skipName(at + 1);
        add(Kind.VARIABLE, source.substring(start, at), spaced, start, at);
      }
      case ':' -> {
        if (!source.startsWith(":=", at)) {
          throw failure(at, "expected :=");
        }
        at += 2;
        add(Kind.DECLARE, ":=", spaced, start, at);
      }
      case '.' -> dot(spaced);
      default -> {
        if (isDigit(c) || c == '+' || c == '-') {
          number(spaced);
        } else if (isNameStart(c)) {
          skipName(at);
          add(Kind.WORD, source.substring(start, at), spaced, start, at);
        } else {
          throw failure(at, "unexpected character '" + c + "' in an action");
        }
      }
    }
  }

  private void single(Kind kind, boolean spaced) {
    add(kind, source.substring(at, at + 1), spaced, at, at + 1);
    at++;
  }

  private void dot(boolean spaced) {
    int start = at;
    char next = at + 1 < source.length() ? source.charAt(at + 1) : ' ';
    if (isDigit(next)) {
      number(spaced);
    } else if (isNameStart(next)) {
      skipName(at + 1);
      add(Kind.FIELD, source.substring(start + 1, at), spaced, start, at);
    } else {
      single(Kind.DOT, spaced);
    }
  }

  private void number(boolean spaced) {
    int start = at;
    at++;
    while (at < source.length()) {
      char c = source.charAt(at);
      char before = source.charAt(at - 1);
      boolean sign =
          (c == '+' || c == '-') && (before == 'e' || before == 'E') && !isHex(start, at);
      if (!sign && !isNamePart(c) && c != '.') {
        break;
      }
      at++;
    }
    add(Kind.NUMBER, source.substring(start, at), spaced, start, at);
  }

  private boolean isHex(int start, int end) {
    return source.substring(start, end).toLowerCase(Locale.ROOT).contains("0x");
  }

  private void quoted(char quote, boolean spaced) {
    int start = at;
    at++;
    while (at < source.length() && source.charAt(at) != quote) {
      if (source.charAt(at) == '\n') {
        throw failure(start, "unterminated quoted string");
      }
      at += source.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= source.length()) {
      throw failure(start, "unterminated quoted string");
    }
    at++;
    String text;
    try {
      text = Escapes.resolve(source.substring(start + 1, at - 1));
    } catch (IllegalArgumentException bad) {
      throw failure(start, String.valueOf(bad.getMessage()));
    }
    if (quote == '\'' && text.codePointCount(0, text.length()) != 1) {
      throw failure(start, "malformed character constant: " + source.substring(start, at));
    }
    add(quote == '"' ? Kind.STRING : Kind.CHARACTER, text, spaced, start, at);
  }

  private void raw(boolean spaced) {
    int start = at;
    int end = source.indexOf('`', at + 1);
    if (end < 0) {
      throw failure(start, "unterminated raw quoted string");
    }
    at = end + 1;
    add(Kind.STRING, source.substring(start + 1, end).replace("\r", ""), spaced, start, at);
  }

  private void skipName(int from) {
    at = from;
    while (at < source.length() && isNamePart(source.charAt(at))) {
      at++;
    }
  }

  private void add(Kind kind, String text, boolean spaced, int start, int end) {
    tokens.add(new Token(kind, text, spaced, new Position(start, end)));
  }

  private TemplateException failure(int position, String message) {
    return new TemplateException(source, new Position(position, position), message);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return c == '_' || Character.isLetter(c);
  }

  private static boolean isNamePart(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
