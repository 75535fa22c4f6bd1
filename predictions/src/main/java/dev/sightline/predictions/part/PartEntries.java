package dev.sightline.predictions.part;

import java.util.Arrays;

/// What the index of a part is made of: for each row, in order, the hash of its id and whether it
/// has a truth.
final class PartEntries {
  private long[] hashes = new long[1024];
  private long[] labelled = new long[16];
  private int count;

  void add(long hash, boolean hasTruth) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, count * 2);
      labelled = Arrays.copyOf(labelled, labelled.length * 2);
    }
    hashes[count] = hash;
    if (hasTruth) {
      labelled[count >>> 6] |= 1L << count;
    }
    count++;
  }

  int count() {
    return count;
  }

  IdFilter filter() {
    return IdFilter.of(hashes, count);
  }

  /// The hashes in rising order, as unsigned numbers.
  long[] sortedHashes() {
    long[] sorted = new long[count];
    for (int i = 0; i < count; i++) {
      sorted[i] = hashes[i] ^ Long.MIN_VALUE;
    }
    Arrays.sort(sorted);
    for (int i = 0; i < count; i++) {
      sorted[i] ^= Long.MIN_VALUE;
    }
    return sorted;
  }

  /// For each place in `sortedHashes`, the row that it stands for, with the sign bit set where the
  /// row has a truth.
  int[] rowsOf(long[] sortedHashes) {
    int[] rows = new int[count];
    Arrays.fill(rows, -1);
    for (int row = 0; row < count; row++) {
      int place = lowest(sortedHashes, hashes[row]);
      while (rows[place] != -1) {
        place++;
      }
      boolean hasTruth = (labelled[row >>> 6] & 1L << row) != 0;
      rows[place] = hasTruth ? row | Integer.MIN_VALUE : row;
    }
    return rows;
  }

  private static int lowest(long[] sorted, long hash) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(sorted[middle], hash) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
