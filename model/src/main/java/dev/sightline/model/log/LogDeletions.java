package dev.sightline.model.log;

import dev.sightline.model.query.QueryException;
import java.util.List;

/// Deletes log lines: the port through which people have some of them removed.
///
/// Safe for any number of threads.
public interface LogDeletions {
  /// Leaves lines out of every answer that begins later, and in time takes them off the disk.
  /// Returns once a power cut could not bring them back into answers.
  ///
  /// @param query which lines, as a log query
  /// @param endNs the first moment that is not meant
  /// @throws QueryException.BadQuery if the query is none
  Deletion delete(String query, long startNs, long endNs);

  /// All that were asked for, oldest first.
  List<Deletion> deletions();

  /// Takes a request back; its lines are seen again.
  ///
  /// @param force also if some of the lines are gone
  Cancelled cancel(String id, boolean force);

  /// What became of a cancellation.
  enum Cancelled {
    DONE,
    UNKNOWN,
    TOO_LATE
  }

  /// @param createdMs Unix milliseconds
  /// @param blocks of lines to go through, once that has begun
  /// @param blocksDone of these
  /// @param trouble what keeps lines on disk; empty if nothing does
  record Deletion(
      String id,
      String query,
      long startNs,
      long endNs,
      long createdMs,
      State state,
      int blocks,
      int blocksDone,
      String trouble) {}

  /// How far a deletion is.
  enum State {
    /// Its lines are in no answer.
    HIDDEN,
    /// They are being taken off the disk.
    RUNNING,
    /// They are on no disk.
    GONE
  }
}
