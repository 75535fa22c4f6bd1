package dev.sightline.model.log;

import dev.sightline.model.label.Labels;

/// Takes what this process says about its own work: the port through which its parts reach the
/// store of logs without ever waiting for it.
///
/// Safe for any number of threads. Never blocks and never throws: a line for which there is no room
/// is dropped, and counted.
public interface LineSink {
  /// For parts that nobody listens to.
  LineSink NOWHERE = (_, _) -> {};

  /// @param timeMs when it happened, Unix milliseconds
  void offer(long timeMs, Line line);

  /// A line that is put into words later, on the thread of whoever writes it: it must not change.
  interface Line {
    /// At least `service` and `level`, lower case; `model` where it is about one.
    Labels stream();

    /// What is known of this line alone, such as `request_id`.
    Labels metadata();

    String text();
  }
}
