package dev.sightline.quality.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the text of a segment: `country="ES",age="[30, 45)"`.
///
/// Names stand as they are, or in quotes where they have other signs than letters, digits, `_`, `.`
/// and `-`. A value that looks like a range of numbers is one.
public final class SegmentReader {
  static final int MOST_CONDITIONS = 10;

  private static final String NUMBER = "(-?\\d{1,30}(?:\\.\\d{1,30})?(?:[eE][+-]?\\d{1,3})?|-?Inf)";
  private static final Pattern RANGE =
      Pattern.compile("\\[" + NUMBER + ", ?\\+?" + NUMBER + "([\\])])");

  private final String text;
  private int at;

  private SegmentReader(String text) {
    this.text = text;
  }

  /// @throws IllegalArgumentException in the user's words, with the place
  public static List<Condition> read(String text) {
    SegmentReader reader = new SegmentReader(text);
    List<Condition> conditions = new ArrayList<>();
    do {
      conditions.add(reader.condition());
      if (conditions.size() > MOST_CONDITIONS) {
        throw new IllegalArgumentException("has more than " + MOST_CONDITIONS + " conditions");
      }
    } while (reader.skip(','));
    reader.skipSpaces();
    if (reader.at < text.length()) {
      throw reader.expected("a comma or the end");
    }
    return conditions;
  }

  private Condition condition() {
    String name = name();
    if (!skip('=')) {
      throw expected("=");
    }
    skipSpaces();
    if (at >= text.length() || text.charAt(at) != '"') {
      throw expected("a value in double quotes");
    }
    String value = quoted();
    Matcher range = RANGE.matcher(value);
    return range.matches()
        ? new Condition.Within(
            name, number(range.group(1)), number(range.group(2)), range.group(3).equals("]"))
        : new Condition.Is(name, value);
  }

  private static double number(String text) {
    return switch (text) {
      case "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private String name() {
    skipSpaces();
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int start = at;
    while (at < text.length() && isPlain(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw expected("the name of a feature or a tag");
    }
    return text.substring(start, at);
  }

  private static boolean isPlain(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
  }

  private String quoted() {
    int start = at++;
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    if (at >= text.length()) {
      at = start;
      throw expected("a closing quote for the one");
    }
    at++;
    return value.toString();
  }

  private boolean skip(char wanted) {
    skipSpaces();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private IllegalArgumentException expected(String what) {
    return new IllegalArgumentException(
        "must be like country=\"ES\",device=\"phone\": expected " + what + " at place " + (at + 1));
  }
}
