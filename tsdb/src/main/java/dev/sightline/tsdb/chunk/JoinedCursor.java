package dev.sightline.tsdb.chunk;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Walks several stretches one after the other; each lies behind the one before.
public final class JoinedCursor implements SampleCursor {
  private final Iterator<? extends SampleCursor> parts;
  private @Nullable SampleCursor present;
  private long timestampMs;
  private double value;

  /// @param parts asked for when the one before is at its end
  public JoinedCursor(Iterator<? extends SampleCursor> parts) {
    this.parts = parts;
  }

  @Override
  public boolean next() {
    while (true) {
      SampleCursor part = present;
      if (part != null && part.next()) {
        timestampMs = part.timestampMs();
        value = part.value();
        return true;
      }
      if (!parts.hasNext()) {
        return false;
      }
      present = parts.next();
    }
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
