package dev.sightline.predictions.column;

import dev.sightline.storage.codec.ByteSink;
import java.util.Arrays;

/// Gives each word a number, from 0, in the order in which they are met; a word is bytes after a
/// tag. Owned by one thread.
final class WordTable {
  private byte[] words = new byte[256];
  private int size;
  private byte[] tags = new byte[16];
  private int[] starts = new int[16];
  private int[] ends = new int[16];

  /// Number of the word and one, or 0; a power of two of them, at most half of them taken.
  private int[] slots = new int[32];

  private int count;

  int count() {
    return count;
  }

  int tag(int code) {
    return tags[code];
  }

  int length(int code) {
    return ends[code] - starts[code];
  }

  void clear() {
    size = 0;
    Arrays.fill(slots, 0);
    count = 0;
  }

  /// Writes the bytes of a word behind others.
  void copy(int code, ByteSink into) {
    into.bytes(words, starts[code], length(code));
  }

  boolean is(int code, int tag, byte[] from, int offset, int length) {
    return tags[code] == tag
        && Arrays.equals(words, starts[code], ends[code], from, offset, offset + length);
  }

  /// The number of a word that is here already, or -1.
  int find(int tag, byte[] from, int offset, int length) {
    return slots[slot(tag, from, offset, length)] - 1;
  }

  int code(int tag, byte[] from, int offset, int length) {
    int slot = slot(tag, from, offset, length);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    add(tag, from, offset, length);
    slots[slot] = count;
    if (2 * count > slots.length) {
      rehash();
    }
    return count - 1;
  }

  /// Of the word, or the free one where it belongs.
  private int slot(int tag, byte[] from, int offset, int length) {
    int slot = hash(tag, from, offset, length) & (slots.length - 1);
    while (slots[slot] != 0 && !is(slots[slot] - 1, tag, from, offset, length)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private void add(int tag, byte[] from, int offset, int length) {
    if (count == tags.length) {
      tags = Arrays.copyOf(tags, count * 2);
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    tags[count] = (byte) tag;
    if (size + length > words.length) {
      words = Arrays.copyOf(words, Math.max(size + length, 2 * words.length));
    }
    System.arraycopy(from, offset, words, size, length);
    starts[count] = size;
    size += length;
    ends[count] = size;
    count++;
  }

  private void rehash() {
    slots = new int[slots.length * 2];
    for (int code = 0; code < count; code++) {
      int slot = hash(tags[code], words, starts[code], length(code)) & (slots.length - 1);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = code + 1;
    }
  }

  private static int hash(int tag, byte[] from, int offset, int length) {
    int hash = tag;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + from[i];
    }
    hash *= 0x9e3779b9;
    return hash ^ hash >>> 15;
  }
}
