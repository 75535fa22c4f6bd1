package dev.sightline.logstore.block;

import java.util.Arrays;
import java.util.function.LongConsumer;

/// A set of numbers, kept to be used again.
final class LongSet {
  private static final int START = 1 << 14;

  /// 0 stands for an empty slot, and 1 for a 0
  private long[] slots = new long[START];

  private int size;

  /// @return whether it was not there
  boolean add(long number) {
    long value = number == 0 ? 1 : number;
    int mask = slots.length - 1;
    int slot = slot(value, mask);
    while (slots[slot] != 0) {
      if (slots[slot] == value) {
        return false;
      }
      slot = slot + 1 & mask;
    }
    slots[slot] = value;
    if (++size * 2 > slots.length) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    int mask = slots.length - 1;
    for (long value : old) {
      if (value != 0) {
        int slot = slot(value, mask);
        while (slots[slot] != 0) {
          slot = slot + 1 & mask;
        }
        slots[slot] = value;
      }
    }
  }

  private static int slot(long value, int mask) {
    return (int) (value >>> 20) & mask;
  }

  int size() {
    return size;
  }

  void forEach(LongConsumer action) {
    for (long value : slots) {
      if (value != 0) {
        action.accept(value);
      }
    }
  }

  void clear() {
    Arrays.fill(slots, 0);
    size = 0;
  }
}
