package dev.sightline.stats.column;

import java.util.Arrays;

/// Sorts numbers of which there are few different ones, such as counts and flags, by counting them:
/// ten times as fast as by comparing.
final class FewSorted {
  /// A power of two, twice as many as may be different.
  private static final int SLOTS = 512;

  private static final int MOST = SLOTS / 2;
  private static final int FEWEST_VALUES = 4_096;

  private final double[] slots = new double[SLOTS];
  private final int[] counts = new int[SLOTS];
  private int different;

  private FewSorted() {}

  /// @param values all finite, without a negative zero
  /// @return whether they are sorted now; else they are as they were
  static boolean sort(double[] values) {
    if (values.length < FEWEST_VALUES) {
      return false;
    }
    FewSorted few = new FewSorted();
    for (double value : values) {
      if (!few.count(value)) {
        return false;
      }
    }
    few.fill(values);
    return true;
  }

  private boolean count(double value) {
    int slot = slot(value);
    if (counts[slot] == 0) {
      if (different == MOST) {
        return false;
      }
      slots[slot] = value;
      different++;
    }
    counts[slot]++;
    return true;
  }

  private void fill(double[] values) {
    double[] rising = new double[different];
    int count = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      if (counts[slot] > 0) {
        rising[count++] = slots[slot];
      }
    }
    Arrays.sort(rising);
    int from = 0;
    for (double value : rising) {
      int times = counts[slot(value)];
      Arrays.fill(values, from, from + times, value);
      from += times;
    }
  }

  /// Where a value stands, or would.
  private int slot(double value) {
    long bits = Double.doubleToRawLongBits(value) * 0x9e37_79b9_7f4a_7c15L;
    int slot = (int) (bits >>> 55); // nine bits
    while (counts[slot] > 0 && slots[slot] != value) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
  }
}
