package dev.sightline.model.log;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows log lines as they arrive: the port through which whoever follows logs hears of new ones.
///
/// Safe for any number of threads. A line is shown once it would survive a power cut, and never
/// twice.
public interface LogArrivals {
  /// Begins to listen: every line whose call of [LogSink#append] begins later is shown.
  Follower follow(List<Matcher> matchers);

  /// Who listens. Owned by one thread, and closed by any.
  ///
  /// Whoever brings lines never waits for a follower: what one is too slow to take is lost to it.
  interface Follower extends AutoCloseable {
    /// The lines that arrived next.
    ///
    /// @return null if none came within the time, or this is closed
    @Nullable Arrived poll(Duration longest) throws InterruptedException;

    /// What was lost since this was last asked, at most [#MAX_LOST].
    List<Lost> lost();

    @Override
    void close();

    /// How many lost lines are told one by one.
    int MAX_LOST = 1_000;
  }

  /// Lines that arrived together, in the order of arrival: those of several streams, and of any
  /// times.
  interface Arrived extends LogCursor {
    /// The stream of the line at hand.
    Labels stream();
  }

  /// A line that a follower was too slow for.
  record Lost(Labels stream, long timestampNs) {}
}
