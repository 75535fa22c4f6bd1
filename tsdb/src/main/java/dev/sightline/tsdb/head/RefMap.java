package dev.sightline.tsdb.head;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Series by their numbers in the log; a hash table without boxes, because a restart looks up every
/// sample of the log.
final class RefMap<V> {
  private static final double FULLEST = 0.5;

  private long[] refs = new long[1024];
  private @Nullable Object[] values = new Object[1024];
  private int size;

  @Nullable V get(long ref) {
    return value(slot(ref));
  }

  void put(long ref, V value) {
    int slot = slot(ref);
    if (values[slot] == null) {
      size++;
    }
    refs[slot] = ref;
    values[slot] = value;
    if (size > refs.length * FULLEST) {
      grow();
    }
  }

  private void grow() {
    long[] oldRefs = refs;
    @Nullable Object[] oldValues = values;
    refs = new long[oldRefs.length * 2];
    values = Arrays.copyOf(new Object[0], refs.length);
    for (int i = 0; i < oldRefs.length; i++) {
      if (oldValues[i] != null) {
        int slot = slot(oldRefs[i]);
        refs[slot] = oldRefs[i];
        values[slot] = oldValues[i];
      }
    }
  }

  /// Where the number is, or where it would be.
  private int slot(long ref) {
    int mask = refs.length - 1;
    int slot = Long.hashCode(ref * 0x9e3779b97f4a7c15L) & mask;
    while (values[slot] != null && refs[slot] != ref) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  @SuppressWarnings("unchecked") // only V are put in
  private @Nullable V value(int slot) {
    return (V) values[slot];
  }
}
