package dev.sightline.logstore.head;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// Finds lines by their identity: a hash table of their numbers.
final class Identities {
  private static final int EMPTY = -1;

  private int[] table = filled(1024);
  private int size;

  private static int[] filled(int length) {
    int[] table = new int[length];
    Arrays.fill(table, EMPTY);
    return table;
  }

  /// @param isSought whether a line of this identity is the one
  boolean contains(HeadLines lines, int identity, IntPredicate isSought) {
    int mask = table.length - 1;
    for (int slot = slot(identity, mask); table[slot] != EMPTY; slot = slot + 1 & mask) {
      int line = table[slot];
      if (lines.identity(line) == identity && isSought.test(line)) {
        return true;
      }
    }
    return false;
  }

  void add(HeadLines lines, int line) {
    if (2 * ++size > table.length) {
      int[] old = table;
      table = filled(2 * old.length);
      for (int one : old) {
        if (one != EMPTY) {
          put(lines.identity(one), one);
        }
      }
    }
    put(lines.identity(line), line);
  }

  private void put(int identity, int line) {
    int mask = table.length - 1;
    int slot = slot(identity, mask);
    while (table[slot] != EMPTY) {
      slot = slot + 1 & mask;
    }
    table[slot] = line;
  }

  private static int slot(int identity, int mask) {
    return identity * 0x9E3779B9 >>> 7 & mask;
  }
}
