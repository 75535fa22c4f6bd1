package dev.sightline.api.models.filter;

import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks over the text of a filter, token by token. Used by one thread.
final class FilterTokens {
  static final List<String> PLACES =
      List.of(
          "id",
          "version",
          "prediction",
          "truth",
          "confidence",
          "latency_ms",
          "feature.",
          "probability.",
          "tag.");

  private final String text;
  private int at;

  FilterTokens(String text) {
    this.text = text;
    skipBlanks();
  }

  boolean isAtEnd() {
    return at == text.length();
  }

  /// Takes exactly this sign or word, if it stands here.
  boolean take(String token) {
    if (!text.startsWith(token, at) || !endsAt(token, at + token.length())) {
      return false;
    }
    at += token.length();
    if (!token.endsWith(".")) {
      skipBlanks();
    }
    return true;
  }

  private boolean endsAt(String token, int end) {
    char last = token.charAt(token.length() - 1);
    if (isNamePart(last)) {
      return end == text.length() || !isNamePart(text.charAt(end));
    }
    boolean half = last == '<' || last == '>';
    return !half || end == text.length() || text.charAt(end) != '=';
  }

  void require(String token) {
    if (!take(token)) {
      throw unexpected("\"" + token + "\"");
    }
  }

  /// @return null where no text begins here
  @Nullable String takeText() {
    if (isAtEnd() || text.charAt(at) != '"') {
      return null;
    }
    StringBuilder value = new StringBuilder();
    for (int i = at + 1; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == '"') {
        at = i + 1;
        skipBlanks();
        return value.toString();
      }
      if (unit == '\\') {
        i++;
        if (i == text.length() || text.charAt(i) != '"' && text.charAt(i) != '\\') {
          at = i - 1;
          throw bad("a backslash stands before \" or \\ only");
        }
      }
      value.append(text.charAt(i));
    }
    throw bad("a text without its closing quote");
  }

  /// @return null where no number begins here
  @Nullable Double takeNumber() {
    if (isAtEnd() || "+-.0123456789".indexOf(text.charAt(at)) < 0) {
      return null;
    }
    int end = at + 1;
    while (end < text.length() && isNumberPart(end)) {
      end++;
    }
    try {
      double number = Double.parseDouble(text.substring(at, end));
      at = end;
      skipBlanks();
      return number;
    } catch (NumberFormatException _) {
      throw bad("\"" + text.substring(at, end) + "\" is no number");
    }
  }

  private boolean isNumberPart(int place) {
    char unit = text.charAt(place);
    char before = text.charAt(place - 1);
    boolean sign = (unit == '+' || unit == '-') && (before == 'e' || before == 'E');
    return sign || unit >= '0' && unit <= '9' || unit == '.' || unit == 'e' || unit == 'E';
  }

  /// A name as it is, or in quotes.
  String requireName() {
    String quoted = takeText();
    if (quoted != null) {
      return quoted;
    }
    int end = at;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    if (end == at) {
      throw unexpected("a name, or one in quotes");
    }
    String name = text.substring(at, end);
    at = end;
    skipBlanks();
    return name;
  }

  private static boolean isNamePart(char unit) {
    return Character.isLetterOrDigit(unit) || unit == '_';
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  QueryException.BadQuery unexpected(String expected) {
    return bad(
        (isAtEnd() ? "ends" : "found \"" + text.charAt(at) + "\"") + ", expected " + expected);
  }

  QueryException.BadQuery bad(String message) {
    Position position = new Position(at, Math.min(at + 1, text.length()));
    return new QueryException.BadQuery(position, "filter " + position.in(text) + ": " + message);
  }
}
