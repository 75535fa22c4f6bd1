package dev.sightline.model.log;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import java.util.List;

/// Says which log lines are meant, without saying how that is found out.
///
/// Safe for any number of threads.
public interface LineTest {
  /// Which streams they are in.
  List<Matcher> selector();

  /// Whether every line of those streams is meant.
  boolean isEveryLine();

  /// Owned by one thread.
  Tester tester();

  /// Looks at lines of selected streams.
  @FunctionalInterface
  interface Tester {
    /// @param line which a cursor shows
    boolean holds(Labels stream, LogCursor line);
  }

  /// Reads tests.
  @FunctionalInterface
  interface Language {
    /// @throws dev.sightline.model.query.QueryException.BadQuery if the text is none
    LineTest read(String text);
  }

  /// Whether a stream is among those that are meant.
  default boolean takes(Labels stream) {
    return selector().stream().allMatch(matcher -> matcher.matches(stream.get(matcher.name())));
  }
}
