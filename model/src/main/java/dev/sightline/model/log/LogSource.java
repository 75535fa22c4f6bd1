package dev.sightline.model.log;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import java.util.List;
import java.util.Set;

/// Reads log lines: the port through which the log language and the pages see every store of logs.
///
/// Ranges begin with `startNs` and end before `endNs`. Matchers are combined by "and". Safe for any
/// number of threads; a reader sees each acknowledged line.
public interface LogSource {
  /// The streams that satisfy all matchers and may hold lines in the range, sorted by labels.
  ///
  /// @throws dev.sightline.model.query.QueryException.LimitExceeded if there are more than the
  ///   store allows
  Selection select(Request request);

  /// The label sets of the streams that satisfy all matchers in the range, sorted.
  List<Labels> streams(List<Matcher> matchers, long startNs, long endNs);

  /// The names of labels of such streams, sorted.
  List<String> labelNames(List<Matcher> matchers, long startNs, long endNs);

  /// The values that one label takes among such streams, sorted.
  List<String> labelValues(String name, List<Matcher> matchers, long startNs, long endNs);

  /// In which order the lines of a stream are read.
  enum Direction {
    /// Oldest first.
    FORWARD,
    /// Newest first.
    BACKWARD
  }

  /// @param mustContain texts (UTF-8) that every wanted line contains: a store may leave out lines
  ///   that lack one, and need not
  record Request(
      List<Matcher> matchers,
      long startNs,
      long endNs,
      Direction direction,
      List<String> mustContain) {
    public Request {
      matchers = List.copyOf(matchers);
      mustContain = List.copyOf(mustContain);
    }
  }

  /// What a selection found. Holds the data in place until it is closed.
  interface Selection extends AutoCloseable {
    /// Sorted by labels; different elements may be read by different threads.
    List<? extends SelectedStream> streams();

    @Override
    void close();
  }

  /// One stream of a selection.
  interface SelectedStream {
    Labels labels();

    /// The lines in the selection's range and direction; each call starts from the beginning.
    LogCursor read();

    /// Counts the lines of the range, whatever they must contain, without showing them: far cheaper
    /// where the store knows the numbers.
    ///
    /// @param metadataNames which labels of single lines tell them apart
    default void count(Set<String> metadataNames, LineCounts into) {
      LineCounts.walk(read(), metadataNames, into);
    }
  }
}
