package dev.sightline.script;

import java.util.List;

/// One step of a script.
public sealed interface Command {
  /// Where it stands in its file, from 1.
  int line();

  /// Puts data into the subject.
  ///
  /// @param variant the word of the command, `load` or one that begins with it
  /// @param argument what stands behind the word, such as the distance between samples
  /// @param content the lines below it
  record Load(int line, String variant, String argument, List<String> content) implements Command {
    public Load {
      content = List.copyOf(content);
    }
  }

  /// Empties the subject.
  record Clear(int line) implements Command {}

  /// Asks at one moment.
  record EvalInstant(int line, long atMs, String query, Expectation expected) implements Eval {}

  /// Asks at each step of a range, both ends included.
  record EvalRange(
      int line, long startMs, long endMs, long stepMs, String query, Expectation expected)
      implements Eval {}

  /// Asks for log lines, from `startMs` to before `endMs`.
  ///
  /// @param limit the most lines
  record EvalLines(
      int line,
      long startMs,
      long endMs,
      boolean forward,
      int limit,
      String query,
      Expectation expected)
      implements Eval {}

  /// A question and what must come of it.
  sealed interface Eval extends Command {
    String query();

    Expectation expected();
  }
}
