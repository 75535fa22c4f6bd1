package dev.sightline.model.query;

import java.util.List;

/// What many lines look like.
///
/// @param pattern the text that they share, with `<_>` where they differ, as a pattern filter of
///   LogQL takes it
/// @param level of the lines; empty where none is known
/// @param counts of lines by time, rising; times without a line are left out
public record LinePattern(String pattern, String level, List<Count> counts) {

  /// @param timeNs where the step begins
  public record Count(long timeNs, long lines) {}

  public LinePattern {
    counts = List.copyOf(counts);
  }

  public long lines() {
    return counts.stream().mapToLong(Count::lines).sum();
  }
}
