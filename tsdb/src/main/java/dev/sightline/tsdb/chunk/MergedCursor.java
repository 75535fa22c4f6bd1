package dev.sightline.tsdb.chunk;

import java.util.List;

/// Walks several stretches at once that may overlap. Of samples at one time, that of the stretch
/// listed first is shown.
public final class MergedCursor implements SampleCursor {
  private final SampleCursor[] parts;
  private int partCount;
  private boolean begun;
  private long timestampMs;
  private double value;

  public MergedCursor(List<? extends SampleCursor> parts) {
    this.parts = parts.toArray(new SampleCursor[0]);
    this.partCount = this.parts.length;
  }

  @Override
  public boolean next() {
    step();
    if (partCount == 0) {
      return false;
    }
    SampleCursor earliest = parts[0];
    for (int i = 1; i < partCount; i++) {
      if (parts[i].timestampMs() < earliest.timestampMs()) {
        earliest = parts[i];
      }
    }
    timestampMs = earliest.timestampMs();
    value = earliest.value();
    return true;
  }

  /// Moves every part past the present time, and drops those that are at their end.
  private void step() {
    int kept = 0;
    for (int i = 0; i < partCount; i++) {
      SampleCursor part = parts[i];
      if (begun && part.timestampMs() != timestampMs || part.next()) {
        parts[kept++] = part;
      }
    }
    partCount = kept;
    begun = true;
  }

  @Override
  public long timestampMs() {
    return timestampMs;
  }

  @Override
  public double value() {
    return value;
  }
}
