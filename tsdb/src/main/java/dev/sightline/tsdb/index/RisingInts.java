package dev.sightline.tsdb.index;

import java.util.Arrays;

/// Rising numbers that one thread adds to while others read.
final class RisingInts {
  private volatile int[] numbers;

  /// written after the number and its array, read before them
  private volatile int size;

  RisingInts(int first) {
    numbers = new int[] {first};
    size = 1;
  }

  /// @param number above all before; the caller sees to it that only one thread adds
  void add(int number) {
    int present = size;
    if (present == numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(4, present + (present >> 1)));
    }
    numbers[present] = number;
    size = present + 1;
  }

  int size() {
    return size;
  }

  /// The numbers that are there now.
  IntPostings postings() {
    int visible = size;
    return new IntPostings(numbers, visible);
  }
}
