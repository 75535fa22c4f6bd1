package dev.sightline.stats.column;

/// Sorts many finite doubles by their bits, eleven at a time: P. Hildebrandt and H. Isbitz, "Radix
/// exchange" (1959), from the last digit. Time grows with the number of values alone.
final class RadixSort {
  private static final int BITS = 11;
  private static final int SIZE = 1 << BITS;
  private static final int PASSES = 6;

  private RadixSort() {}

  static void sort(double[] values) {
    int n = values.length;
    long[] from = new long[n];
    int[][] counts = new int[PASSES][SIZE];
    for (int place = 0; place < n; place++) {
      long bits = Double.doubleToRawLongBits(values[place]);
      // As unsigned numbers, in the order of the doubles.
      long key = bits ^ ((bits >> 63) | Long.MIN_VALUE);
      from[place] = key;
      for (int pass = 0; pass < PASSES; pass++) {
        counts[pass][(int) (key >>> (pass * BITS)) & (SIZE - 1)]++;
      }
    }
    long[] to = new long[n];
    for (int pass = 0; pass < PASSES; pass++) {
      int shift = pass * BITS;
      if (n > 0 && counts[pass][(int) (from[0] >>> shift) & (SIZE - 1)] == n) {
        continue;
      }
      int[] next = starts(counts[pass]);
      for (int place = 0; place < n; place++) {
        long key = from[place];
        to[next[(int) (key >>> shift) & (SIZE - 1)]++] = key;
      }
      long[] swapped = from;
      from = to;
      to = swapped;
    }
    for (int place = 0; place < n; place++) {
      long key = from[place];
      values[place] = Double.longBitsToDouble(key ^ ((~key >> 63) | Long.MIN_VALUE));
    }
  }

  private static int[] starts(int[] counts) {
    int[] starts = new int[counts.length];
    int sum = 0;
    for (int digit = 0; digit < counts.length; digit++) {
      starts[digit] = sum;
      sum += counts[digit];
    }
    return starts;
  }
}
