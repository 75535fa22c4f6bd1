package dev.sightline.stats.drift;

import java.util.List;

/// Windows of texts or vectors, compared: the verdict of a method, and what a classifier saw,
/// whichever method it was.
///
/// @param telling what tells the windows apart, most first
public record Apart(DriftOutcome outcome, Separation separation, List<Telling> telling) {
  static final int MOST_TELLING = 20;

  /// So that the same rows give the same areas everywhere.
  static final long SEED = 7;

  public Apart {
    telling = List.copyOf(telling);
  }
}
