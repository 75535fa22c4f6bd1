package dev.sightline.model.query;

import java.util.List;

/// The queries that are under way, and the way to end one.
///
/// Safe for any number of threads.
public interface RunningQueries {
  /// The oldest first.
  List<Running> running();

  /// Ends a query within a moment: whoever asked gets [QueryException.Canceled].
  ///
  /// @return whether there was one of this number
  boolean end(long id);

  /// @param id of its own as long as the process lives
  /// @param startedMs Unix milliseconds
  record Running(long id, String query, long startedMs) {}
}
