package dev.sightline.model.log;

import dev.sightline.model.label.Labels;

/// Walks the lines of one stream in order of time; equal times in the order of arrival (reversed
/// when walking backward).
///
/// Owned by one thread. Starts before the first line. What it shows is valid until the next call of
/// [#next].
public interface LogCursor {
  /// @return false behind the last line, from then on
  boolean next();

  long timestampNs();

  /// The array that holds the line, from [#lineStart] to before [#lineEnd]; not to be changed.
  byte[] bytes();

  int lineStart();

  int lineEnd();

  /// What is known of this line alone.
  Labels metadata();
}
