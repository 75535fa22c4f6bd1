package dev.sightline.model.series;

import dev.sightline.model.label.Labels;

/// Takes samples of any age within the retention, in any order: what was measured before this store
/// was there.
///
/// Owned by one thread. What a call adds appears by [#finish] at the latest.
public interface SeriesBackfill extends AutoCloseable {
  /// A sample that cannot be stored is counted, and harms no other.
  ///
  /// @throws dev.sightline.model.store.StoreUnavailableException if the disk refuses
  void add(Labels labels, long timestampMs, double value);

  /// Returns when everything added would survive a power cut.
  ///
  /// @throws dev.sightline.model.store.StoreUnavailableException if the disk refuses
  Outcome finish();

  /// Forgets what was not written yet. Never throws.
  @Override
  void close();

  /// @param firstProblem of the first that was refused; empty where none was
  record Outcome(long stored, long refused, String firstProblem) {}
}
