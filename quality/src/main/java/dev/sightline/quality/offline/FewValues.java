package dev.sightline.quality.offline;

import java.util.Arrays;

/// Counts each distinct number of a column exactly, as long as there are few: flags, grades, sizes.
final class FewValues {
  static final int MOST = 64;
  private static final int SLOTS = 256;

  private final double[] values = new double[SLOTS];
  private final long[] counts = new long[SLOTS];
  private int distinct;

  /// @param from values finite or not; only finite ones are counted
  /// @return false where there are too many distinct ones: this is of no use any more
  boolean add(double[] from, int count) {
    for (int place = 0; place < count; place++) {
      if (Double.isFinite(from[place]) && !add(from[place] + 0.0)) {
        return false;
      }
    }
    return true;
  }

  private boolean add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int slot = (int) ((bits * 0x9E3779B97F4A7C15L) >>> 56);
    while (counts[slot] > 0 && values[slot] != value) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    distinct += counts[slot] == 0 ? 1 : 0;
    values[slot] = value;
    counts[slot]++;
    return distinct <= MOST;
  }

  /// The distinct values, rising.
  double[] values() {
    double[] all = new double[distinct];
    int found = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      if (counts[slot] > 0) {
        all[found++] = values[slot];
      }
    }
    Arrays.sort(all);
    return all;
  }

  long count(double value) {
    for (int slot = 0; slot < SLOTS; slot++) {
      if (counts[slot] > 0 && values[slot] == value) {
        return counts[slot];
      }
    }
    return 0;
  }
}
