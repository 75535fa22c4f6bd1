package dev.sightline.model.query;

import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LogSource.Direction;
import java.time.Duration;
import java.util.List;

/// Answers LogQL: the port through which the HTTP API, rules and pages ask about log lines.
///
/// Safe for any number of threads; runs on the caller's thread.
public interface LogQueries {
  /// The value of a metric query at one moment.
  ///
  /// @throws QueryException if there is no answer, as for a query that asks for lines
  LogAnswer instant(String query, long timeNs, Options options);

  /// Lines of a range, or the values of a metric query at its steps.
  ///
  /// @throws QueryException if there is no answer
  LogAnswer range(String query, Range range, Options options);

  /// Every line of a range, one after the other, none of them kept: as many as there are.
  ///
  /// @param range whose limit is not regarded
  /// @throws QueryException if there is no answer, as for a query that yields numbers
  void export(String query, Range range, EntrySink into, Options options);

  /// Takes lines.
  @FunctionalInterface
  interface EntrySink {
    /// @return whether more are wanted
    boolean take(LogAnswer.Entry entry);
  }

  /// The fields that the first lines of a range have.
  ///
  /// @param range whose limit is the lines that are looked at
  /// @param mostFields further ones are left out
  /// @throws QueryException if there is no answer, as for a query that yields numbers
  List<DetectedField> fields(String query, Range range, int mostFields, Options options);

  /// The patterns of the lines of a range, those of most lines first, with counts for each step.
  ///
  /// @param range whose limit is the most patterns
  /// @throws QueryException if there is no answer, as for a query that yields numbers
  List<LinePattern> patterns(String query, Range range, Options options);

  /// The same query as text in its plainest form.
  ///
  /// @throws QueryException.BadQuery if it is none
  String format(String query);

  /// The matchers of `{label="value", …}`, which may be empty.
  ///
  /// @throws QueryException.BadQuery if it is something else
  List<Matcher> selector(String selector);

  /// What part of time a query is about, and how much of it is wanted.
  ///
  /// @param startNs the first moment, included
  /// @param endNs for lines not included, for values the last moment
  /// @param stepNs between two values, at least 1
  /// @param intervalNs the least time between two lines; 0 for all
  /// @param limit the most lines
  record Range(
      long startNs, long endNs, long stepNs, long intervalNs, int limit, Direction direction) {}

  /// @param timeout after which the query ends with [QueryException.TimedOut]
  record Options(Duration timeout) {
    public static final Options DEFAULT = new Options(Duration.ofMinutes(1));

    public Options {
      if (timeout.isNegative()) {
        throw new IllegalArgumentException("BUG: timeout " + timeout);
      }
    }
  }
}
