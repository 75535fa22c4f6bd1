package dev.sightline.stats.stream;

import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.test.KolmogorovSmirnov;
import java.math.BigInteger;
import java.util.Arrays;

/// A change of the whole distribution, not the mean alone: the newest values against those before
/// them in a sliding window, by Kolmogorov and Smirnov. C. Raab, M. Heusinger and F.-M. Schleif,
/// "Reactive soft prototype computing for concept drift streams" (2020), known as KSWIN.
public final class SortedWindow implements StreamDetector {
  /*
   * The paper draws a sample of the older values and tests it anew for each value; here all of them are
   * compared, so that nothing depends on chance, and both sides are kept sorted, so that a value costs
   * one walk instead of two sorts and an exact p-value: the distance that the p-value needs is known
   * beforehand. Invariants: `older` and `newer` hold the values of the ring, sorted.
   */
  private static final double LEAST_DISTANCE = 0.1;

  private final double[] ring;
  private final int newest;
  private final double[] older;
  private final double[] newer;
  private final double limit;
  private int count;
  private int place;

  public SortedWindow() {
    this(0.005, 100, 30);
  }

  /// @param alpha the p-value from which on it is a change
  /// @param window how many values are kept
  /// @param newest how many of those are compared with the rest
  public SortedWindow(double alpha, int window, int newest) {
    if (newest < 1 || newest >= window || window > KolmogorovSmirnov.LARGEST_EXACT) {
      throw new IllegalArgumentException(
          "a window of "
              + window
              + " values with the newest "
              + newest
              + "; at most "
              + KolmogorovSmirnov.LARGEST_EXACT);
    }
    this.ring = new double[window];
    this.newest = newest;
    this.newer = new double[newest];
    this.older = new double[window - newest];
    this.limit = Math.max(LEAST_DISTANCE, leastDistance(alpha, window - newest, newest));
  }

  /// The smallest distance whose exact p-value is at most alpha.
  private static double leastDistance(double alpha, int n, int m) {
    long parts = (long) n / BigInteger.valueOf(n).gcd(BigInteger.valueOf(m)).intValue() * m;
    long low = 1;
    long high = parts;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (KolmogorovSmirnov.exactTail((double) middle / parts, n, m) <= alpha) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return (double) low / parts;
  }

  @Override
  public Signal add(double value) {
    if (count < ring.length) {
      ring[count++] = value;
      if (count == ring.length) {
        begin();
      } else {
        return Signal.NONE;
      }
    } else {
      slide(value);
    }
    double distance = distance();
    // A distance may be a hair below the fraction that it is.
    if (distance < limit - 1e-12 || distance <= LEAST_DISTANCE) {
      return Signal.NONE;
    }
    keepNewest();
    return Signal.DRIFT;
  }

  private void begin() {
    place = 0;
    System.arraycopy(ring, 0, older, 0, older.length);
    System.arraycopy(ring, older.length, newer, 0, newest);
    Arrays.sort(older);
    Arrays.sort(newer);
  }

  private void slide(double value) {
    double leaving = ring[place];
    double ageing = ring[(place + older.length) % ring.length];
    ring[place] = value;
    place = (place + 1) % ring.length;
    replace(older, leaving, ageing);
    replace(newer, ageing, value);
  }

  private static void replace(double[] sorted, double old, double fresh) {
    int from = Arrays.binarySearch(sorted, old);
    if (old < fresh) {
      while (from + 1 < sorted.length && sorted[from + 1] < fresh) {
        sorted[from] = sorted[from + 1];
        from++;
      }
    } else {
      while (from > 0 && sorted[from - 1] > fresh) {
        sorted[from] = sorted[from - 1];
        from--;
      }
    }
    sorted[from] = fresh;
  }

  private double distance() {
    int first = 0;
    int second = 0;
    double largest = 0;
    while (first < older.length && second < newest) {
      double value = Math.min(older[first], newer[second]);
      while (first < older.length && older[first] == value) {
        first++;
      }
      while (second < newest && newer[second] == value) {
        second++;
      }
      double gap = (double) first / older.length - (double) second / newest;
      largest = Math.max(largest, Math.abs(gap));
    }
    return largest;
  }

  private void keepNewest() {
    double[] kept = new double[newest];
    for (int each = 0; each < newest; each++) {
      kept[each] = ring[(place + older.length + each) % ring.length];
    }
    System.arraycopy(kept, 0, ring, 0, newest);
    count = newest;
  }

  /// What the window compares now, for tests of the invariants.
  SortedColumn[] sides() {
    return new SortedColumn[] {SortedColumn.of(older), SortedColumn.of(newer)};
  }

  /// The values, oldest first.
  @Override
  public double[] state() {
    double[] state = new double[count];
    for (int each = 0; each < count; each++) {
      state[each] = count < ring.length ? ring[each] : ring[(place + each) % ring.length];
    }
    return state;
  }

  @Override
  public void restore(double[] state) {
    count = state.length;
    System.arraycopy(state, 0, ring, 0, count);
    if (count == ring.length) {
      begin();
    }
  }
}
