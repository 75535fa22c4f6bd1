package dev.sightline.logql.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a value stands in a JSON text: `request.headers["User-Agent"][0]`.
///
/// @param steps from the outside in, at least one
public record JsonPath(List<Step> steps) {
  private static final int MAX_STEPS = 100;

  public JsonPath {
    steps = List.copyOf(steps);
  }

  /// One level down.
  public sealed interface Step {}

  /// Into the value of a key.
  public record Key(String name) implements Step {}

  /// Into an element of an array, counted from 0.
  public record Index(int index) implements Step {}

  static boolean isValid(String text) {
    return read(text) != null;
  }

  /// @throws IllegalArgumentException if it is none; the parser has checked that
  public static JsonPath of(String text) {
    JsonPath path = read(text);
    if (path == null) {
      throw new IllegalArgumentException("no path: " + text);
    }
    return path;
  }

  private static @Nullable JsonPath read(String text) {
    List<Step> steps = new ArrayList<>();
    int at = 0;
    while (at < text.length() && steps.size() < MAX_STEPS) {
      int end;
      if (text.charAt(at) == '[') {
        end = bracket(text, at, steps);
      } else {
        boolean dotted = text.charAt(at) == '.';
        if (dotted == steps.isEmpty()) {
          return null;
        }
        end = word(text, dotted ? at + 1 : at, steps);
      }
      if (end < 0) {
        return null;
      }
      at = end;
    }
    return steps.isEmpty() || at < text.length() ? null : new JsonPath(steps);
  }

  private static int word(String text, int start, List<Step> steps) {
    int end = start;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || isSign(text, end))) {
      end++;
    }
    steps.add(new Key(text.substring(start, end)));
    return end == start ? -1 : end;
  }

  private static boolean isSign(String text, int at) {
    return "_-@:/".indexOf(text.charAt(at)) >= 0;
  }

  private static int bracket(String text, int start, List<Step> steps) {
    if (text.startsWith("\"", start + 1)) {
      int quote = start + 2;
      while (quote < text.length() && text.charAt(quote) != '"') {
        quote += text.charAt(quote) == '\\' ? 2 : 1;
      }
      String name =
          quote < text.length() ? Quoting.unquote(text.substring(start + 1, quote + 1)) : null;
      if (name == null || !text.startsWith("]", quote + 1)) {
        return -1;
      }
      steps.add(new Key(name));
      return quote + 2;
    }
    int close = text.indexOf(']', start);
    String digits = close < 0 ? "" : text.substring(start + 1, close);
    if (digits.isEmpty() || digits.length() > 8 || !digits.chars().allMatch(Character::isDigit)) {
      return -1;
    }
    steps.add(new Index(Integer.parseInt(digits)));
    return close + 1;
  }
}
