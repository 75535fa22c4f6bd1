package dev.sightline.tsdb.index;

/// Numbers that lie sorted in an array.
public final class IntPostings implements Postings {
  private final int[] numbers;
  private final int size;
  private int at = -1;

  /// @param numbers strictly rising up to `size`, and kept so by the caller
  public IntPostings(int[] numbers, int size) {
    this.numbers = numbers;
    this.size = size;
  }

  /// No numbers at all.
  public static IntPostings none() {
    return new IntPostings(new int[0], 0);
  }

  @Override
  public int next() {
    if (at < size) {
      at++;
    }
    return current();
  }

  @Override
  public int seek(int target) {
    if (at < 0) {
      at = 0;
    }
    if (current() >= target) {
      return current();
    }
    // Steps that double find the stretch that holds the target; a near target costs little.
    int step = 1;
    int low = at;
    while (low + step < size && numbers[low + step] < target) {
      low += step;
      step *= 2;
    }
    int high = Math.min(low + step, size);
    low++;
    while (low < high) {
      int middle = low + high >>> 1;
      if (numbers[middle] < target) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    at = low;
    return current();
  }

  private int current() {
    return at < size ? numbers[at] : END;
  }
}
