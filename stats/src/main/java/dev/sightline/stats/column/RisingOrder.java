package dev.sightline.stats.column;

import java.util.Arrays;

/// Finds in which order numbers rise: by their digits, since the JDK sorts pairs only as objects.
public final class RisingOrder {
  private static final int DIGIT_BITS = 11;
  private static final int DIGITS = 1 << DIGIT_BITS;

  private RisingOrder() {}

  /// Places of the numbers, of the least first; equal ones in their own order.
  ///
  /// @param keys none NaN
  public static int[] of(double[] keys) {
    int n = keys.length;
    long[] bits = new long[n];
    int[] order = new int[n];
    for (int place = 0; place < n; place++) {
      bits[place] = rising(keys[place]);
      order[place] = place;
    }
    long[] nextBits = new long[n];
    int[] next = new int[n];
    int[] starts = new int[DIGITS];
    for (int shift = 0; shift < Long.SIZE; shift += DIGIT_BITS) {
      if (count(bits, shift, starts)) {
        for (int place = 0; place < n; place++) {
          int to = starts[digit(bits[place], shift)]++;
          nextBits[to] = bits[place];
          next[to] = order[place];
        }
        long[] usedBits = bits;
        bits = nextBits;
        nextBits = usedBits;
        int[] used = order;
        order = next;
        next = used;
      }
    }
    return order;
  }

  /// Bits that rise, without sign, as the number does; both zeros are one.
  private static long rising(double key) {
    long bits = Double.doubleToRawLongBits(key + 0.0);
    return bits ^ (bits >> 63 | Long.MIN_VALUE);
  }

  private static int digit(long bits, int shift) {
    return (int) (bits >>> shift) & DIGITS - 1;
  }

  /// @param starts filled with where the numbers of each digit begin
  /// @return whether there is more than one digit
  private static boolean count(long[] bits, int shift, int[] starts) {
    Arrays.fill(starts, 0);
    for (long each : bits) {
      starts[digit(each, shift)]++;
    }
    int most = 0;
    int sum = 0;
    for (int digit = 0; digit < DIGITS; digit++) {
      int here = starts[digit];
      most = Math.max(most, here);
      starts[digit] = sum;
      sum += here;
    }
    return most < bits.length;
  }
}
