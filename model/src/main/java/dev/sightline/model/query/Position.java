package dev.sightline.model.query;

/// A part of a query's text.
///
/// @param start index of its first character, from 0
/// @param end index after its last character
public record Position(int start, int end) {
  public Position {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("BUG: position " + start + ".." + end);
    }
  }

  /// `line:column` of the start in `text`, both from 1: how messages name it.
  public String in(String text) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < Math.min(start, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return line + ":" + (start - lineStart + 1);
  }
}
