package dev.sightline.stats.column;

import java.util.Arrays;

/// How many rows of the reference and of the current window fall into each category or bin.
///
/// @param reference by category, none negative
/// @param current by the same categories
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PairedCounts(long[] reference, long[] current) {
  public PairedCounts {
    if (reference.length != current.length) {
      throw new IllegalArgumentException(
          "BUG: " + reference.length + " categories beside " + current.length);
    }
  }

  /// Each distinct value of two columns is a category.
  public static PairedCounts ofValues(SortedColumn reference, SortedColumn current) {
    long[] first = new long[16];
    long[] second = new long[16];
    int count = 0;
    TiedWalk walk = new TiedWalk(reference, current);
    while (walk.next()) {
      if (count == first.length) {
        first = Arrays.copyOf(first, count * 2);
        second = Arrays.copyOf(second, count * 2);
      }
      first[count] = walk.referenceHere();
      second[count++] = walk.currentHere();
    }
    return new PairedCounts(Arrays.copyOf(first, count), Arrays.copyOf(second, count));
  }

  /// Each pair of neighbouring edges is a bin; values outside of all are left out.
  public static PairedCounts ofBins(SortedColumn reference, SortedColumn current, double[] edges) {
    return new PairedCounts(Bins.counts(reference, edges), Bins.counts(current, edges));
  }

  public int size() {
    return reference.length;
  }

  public long nReference() {
    return Arrays.stream(reference).sum();
  }

  public long nCurrent() {
    return Arrays.stream(current).sum();
  }

  /// The categories that occur on either side.
  public PairedCounts occurring() {
    long[] first = new long[reference.length];
    long[] second = new long[reference.length];
    int count = 0;
    for (int category = 0; category < reference.length; category++) {
      if (reference[category] + current[category] > 0) {
        first[count] = reference[category];
        second[count++] = current[category];
      }
    }
    return new PairedCounts(Arrays.copyOf(first, count), Arrays.copyOf(second, count));
  }

  /// Current rows in categories that the reference does not have.
  public long unseen() {
    long sum = 0;
    for (int category = 0; category < reference.length; category++) {
      sum += reference[category] == 0 ? current[category] : 0;
    }
    return sum;
  }
}
