package dev.sightline.model.query;

import dev.sightline.model.log.LogArrivals.Lost;
import dev.sightline.model.query.LogAnswer.Entry;
import java.time.Duration;
import java.util.List;

/// Follows what a log query finds: the lines that are there, and then those that come.
///
/// Safe for any number of threads.
public interface LogTails {
  /// @throws QueryException if the query has no answer, or is no log query
  Tail tail(String query, Request request);

  /// @param startNs from when lines are shown that are there already
  /// @param limit the most of these; the newest are shown
  /// @param delay how long a line is held back, so that later ones with an earlier time come before
  ///   it
  record Request(long startNs, int limit, Duration delay) {}

  /// One client that follows. Owned by one thread, and closed by any.
  interface Tail extends AutoCloseable {
    /// What came since the last call; what was there at first.
    ///
    /// @param longest how long to wait for something to come
    Piece next(Duration longest) throws InterruptedException;

    @Override
    void close();
  }

  /// @param entries by time; both may be empty
  /// @param lost those of the selected streams that the client was too slow for
  record Piece(List<Entry> entries, List<Lost> lost) {
    public Piece {
      entries = List.copyOf(entries);
      lost = List.copyOf(lost);
    }

    public boolean isEmpty() {
      return entries.isEmpty() && lost.isEmpty();
    }
  }
}
