package dev.sightline.model.query;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Answers SQL over predictions and their truths: a table for each model, by its name, and
/// `predictions` with those of all.
///
/// Safe for any number of threads; one statement runs at a time, others wait a while.
public interface SqlQueries {
  /// @param into told of the columns once, then of row after row, on the calling thread
  /// @throws QueryException if there is no answer, as for what is not one SELECT
  Outcome select(Question question, Rows into);

  /// @param sql one SELECT
  /// @param maxRows of the answer, at least 1
  /// @param maxBytes of all its values together
  /// @param timeout from the start of the statement, without its wait for others
  /// @param isWanted asked now and then; once it says no, the statement is ended
  record Question(
      String sql, int maxRows, long maxBytes, Duration timeout, BooleanSupplier isWanted) {}

  /// How the values of a column are to be read.
  enum Kind {
    NUMBER,
    FLAG,
    /// All else; times are RFC 3339 without an offset being needed: they are UTC.
    TEXT
  }

  /// @param type in SQL's words
  record Column(String name, String type, Kind kind) {}

  /// Takes an answer.
  interface Rows {
    void columns(List<Column> columns);

    /// @param values in the order of the columns; null where SQL says so. The list is the
    ///   receiver's
    void row(List<@Nullable String> values);
  }

  /// Which limit an answer has met.
  enum Truncation {
    NONE,
    ROWS,
    BYTES
  }

  /// How an answer ended.
  ///
  /// @param unread stored predictions that were not looked at, because too many are not in files
  ///   that SQL reads yet; the oldest of these
  record Outcome(Truncation truncation, long unread) {}
}
