package dev.sightline.logql.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line described by what stands between its parts: `<ip> - <_> "<method> `.
///
/// @param nodes literals and captures in turn: never two captures side by side
public record LinePattern(List<Node> nodes) {
  public LinePattern {
    nodes = List.copyOf(nodes);
  }

  /// A part of a line.
  public sealed interface Node {}

  /// Text that must stand there.
  public record Literal(String text) implements Node {}

  /// Anything up to the next literal.
  ///
  /// @param name empty for `<_>`, whose text is not kept
  public record Capture(String name) implements Node {}

  /// @throws IllegalArgumentException never for what the parser has checked
  public static LinePattern of(String text) {
    List<Node> nodes = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = captureEnd(text, at);
      if (end < 0) {
        literal.append(text.charAt(at++));
        continue;
      }
      if (!literal.isEmpty()) {
        nodes.add(new Literal(literal.toString()));
        literal.setLength(0);
      }
      String name = text.substring(at + 1, end);
      nodes.add(new Capture(name.equals("_") ? "" : name));
      at = end + 1;
    }
    if (!literal.isEmpty()) {
      nodes.add(new Literal(literal.toString()));
    }
    return new LinePattern(nodes);
  }

  /// @param named whether names are wanted: at least one of them, or none
  /// @return what is wrong with it, or null
  static @Nullable String problem(String text, boolean named) {
    if (text.isEmpty()) {
      return "empty pattern";
    }
    List<String> names = new ArrayList<>();
    Node before = null;
    for (Node node : of(text).nodes()) {
      if (node instanceof Capture(String name)) {
        if (before instanceof Capture) {
          return "found consecutive capture: a literal must stand between two captures";
        }
        if (!name.isEmpty()) {
          if (names.contains(name)) {
            return "duplicate capture name (" + name + ")";
          }
          names.add(name);
        }
      }
      before = node;
    }
    if (named && names.isEmpty()) {
      return "at least one capture is required";
    }
    return !named && !names.isEmpty() ? "named captures are not allowed in a line filter" : null;
  }

  /// @return the index of the `>` of a capture that begins at `at`, or -1
  private static int captureEnd(String text, int at) {
    if (text.charAt(at) != '<') {
      return -1;
    }
    int end = at + 1;
    while (end < text.length() && isName(text.charAt(end), end == at + 1)) {
      end++;
    }
    return end > at + 1 && end < text.length() && text.charAt(end) == '>' ? end : -1;
  }

  private static boolean isName(char c, boolean first) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (!first && c >= '0' && c <= '9');
  }
}
