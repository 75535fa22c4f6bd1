package dev.sightline.logql.detect;

import java.util.ArrayList;
import java.util.List;

/// A line taken apart: its words, and what is between them. Owned by one thread, reused.
final class Words {
  /// Stands for any text, in a pattern filter of LogQL too.
  static final String HOLE = "<_>";

  /// Stands in [#between] for a word. No line has it: it would be one itself.
  private static final char WORD = '\0';

  private final List<String> words = new ArrayList<>();
  private final StringBuilder between = new StringBuilder();

  /// Words are letters, digits and what numbers, times, addresses and paths have in them. One with
  /// a digit in it says what only this line says.
  void split(String line) {
    words.clear();
    between.setLength(0);
    int at = 0;
    while (at < line.length()) {
      int end = at;
      boolean hole = false;
      while (end < line.length()
          && isWord(line.charAt(end), end > at ? line.charAt(end - 1) : ' ')) {
        char c = line.charAt(end++);
        hole |= isDigit(c) || c == WORD;
      }
      if (end > at) {
        words.add(hole ? HOLE : line.substring(at, end));
        between.append(WORD);
      } else {
        between.append(line.charAt(end++));
      }
      at = end;
    }
  }

  /// A colon is part of a time, and of nothing else.
  private static boolean isWord(char c, char before) {
    return Character.isLetterOrDigit(c)
        || "_-./+%@#\0".indexOf(c) >= 0
        || (c == ':' && isDigit(before));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  String[] words() {
    return words.toArray(String[]::new);
  }

  String between() {
    return between.toString();
  }

  /// The line again.
  static String join(String[] words, String between) {
    StringBuilder line = new StringBuilder();
    int next = 0;
    for (int i = 0; i < between.length(); i++) {
      char c = between.charAt(i);
      if (c == WORD) {
        line.append(words[next++]);
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }
}
