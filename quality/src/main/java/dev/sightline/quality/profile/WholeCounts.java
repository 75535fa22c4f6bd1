package dev.sightline.quality.profile;

import dev.sightline.stats.sketch.TextSketch;

/// How often each of a few whole numbers occurred, until there is no more room and they go on to a
/// sketch: most features of whole numbers have few. Owned by one thread.
final class WholeCounts {
  private static final int SLOTS = 1 << 8;
  private static final int MOST = SLOTS / 2;

  private final long[] values = new long[SLOTS];
  private final long[] counts = new long[SLOTS];
  private int size;

  void add(long value, TextSketch beyond) {
    int slot = slot(value);
    if (counts[slot] == 0) {
      if (size == MOST) {
        drain(beyond);
        slot = slot(value);
      }
      values[slot] = value;
      size++;
    }
    counts[slot]++;
  }

  private int slot(long value) {
    int slot = (int) (value * 0x9e37_79b9_7f4a_7c15L >>> 56);
    while (counts[slot] != 0 && values[slot] != value) {
      slot = slot + 1 & SLOTS - 1;
    }
    return slot;
  }

  /// Empties this into a sketch.
  void drain(TextSketch into) {
    for (int slot = 0; slot < SLOTS && size > 0; slot++) {
      if (counts[slot] > 0) {
        into.add(Long.toString(values[slot]), counts[slot]);
        counts[slot] = 0;
        size--;
      }
    }
  }
}
