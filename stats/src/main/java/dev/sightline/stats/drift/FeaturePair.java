package dev.sightline.stats.drift;

import dev.sightline.stats.column.PairedCounts;
import dev.sightline.stats.column.SortedColumn;

/// One feature in the reference window and in the current one.
public sealed interface FeaturePair {
  /// Rows of the reference that have a value.
  long nReference();

  long nCurrent();

  /// The feature as categories: its own, or its distinct values.
  PairedCounts categories();

  record Numeric(SortedColumn reference, SortedColumn current) implements FeaturePair {
    @Override
    public long nReference() {
      return reference.n();
    }

    @Override
    public long nCurrent() {
      return current.n();
    }

    @Override
    public PairedCounts categories() {
      return PairedCounts.ofValues(reference, current);
    }
  }

  record Categorical(PairedCounts categories) implements FeaturePair {
    @Override
    public long nReference() {
      return categories.nReference();
    }

    @Override
    public long nCurrent() {
      return categories.nCurrent();
    }
  }
}
