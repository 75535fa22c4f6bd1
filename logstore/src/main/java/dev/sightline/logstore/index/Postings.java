package dev.sightline.logstore.index;

import java.util.Arrays;
import java.util.BitSet;

/// The numbers of the streams that have one value of a label, rising.
final class Postings {
  private int[] numbers = new int[2];
  private int size;

  void add(int number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size++] = number;
  }

  void addTo(BitSet set) {
    for (int i = 0; i < size; i++) {
      set.set(numbers[i]);
    }
  }
}
