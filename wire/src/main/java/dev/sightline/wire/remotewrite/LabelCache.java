package dev.sightline.wire.remotewrite;

import dev.sightline.model.label.Labels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Labels by the very bytes in which a sender writes them: the same series come again and again,
/// and need not be decoded each time.
///
/// Safe for any number of threads; looking up takes no lock.
public final class LabelCache {
  /*
   * Two generations. What is found in the old one moves to the young one; when the young one has half of the room, it
   * becomes the old one and what was old goes. So series that ended leave after a while, and no list of uses is kept.
   *
   * A table is filled under the lock, slot by slot, and read without: a reader sees an entry whole, because its fields
   * are final, or does not see it yet and decodes the labels once more.
   */
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FACTOR = 0x9e3779b97f4a7c15L;
  private static final int ENTRY_BYTES = 48;

  /// Nobody outside knows which bytes collide.
  private final long seed = ThreadLocalRandom.current().nextLong();

  private final long maxBytes;
  private final Object lock = new Object();

  private volatile Table young = new Table(1024);
  private volatile Table old = new Table(1);

  /// @param maxBytes how much memory it may take
  public LabelCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(long hash, byte[] bytes, Labels labels) {
    boolean holds(long otherHash, byte[] from, int offset, int length) {
      return hash == otherHash
          && Arrays.equals(bytes, 0, bytes.length, from, offset, offset + length);
    }
  }

  /// @return null if these bytes have not been seen lately
  @Nullable Labels find(byte[] from, int offset, int length) {
    long hash = hash(from, offset, length);
    Entry entry = young.find(hash, from, offset, length);
    if (entry != null) {
      return entry.labels;
    }
    entry = old.find(hash, from, offset, length);
    if (entry == null) {
      return null;
    }
    add(entry);
    return entry.labels;
  }

  void put(byte[] from, int offset, int length, Labels labels) {
    byte[] bytes = Arrays.copyOfRange(from, offset, offset + length);
    add(new Entry(hash(from, offset, length), bytes, labels));
  }

  private void add(Entry entry) {
    synchronized (lock) {
      Table present = young;
      if (present.find(entry.hash, entry.bytes, 0, entry.bytes.length) != null) {
        return;
      }
      if (present.bytes + entry.bytes.length + ENTRY_BYTES > maxBytes / 2) {
        old = present;
        present = new Table(1024);
        young = present;
      } else if (present.count * 2 >= present.entries.length) {
        present = present.grown();
        young = present;
      }
      present.add(entry);
    }
  }

  private long hash(byte[] from, int offset, int length) {
    long hash = seed ^ length;
    int at = offset;
    for (int end = offset + length - 8; at <= end; at += 8) {
      hash = (hash ^ (long) LONG.get(from, at)) * FACTOR;
      hash ^= hash >>> 32;
    }
    for (int end = offset + length; at < end; at++) {
      hash = (hash ^ from[at]) * FACTOR;
    }
    return hash ^ hash >>> 29;
  }

  /// Entries at the first free slot from the one that their hash names.
  private static final class Table {
    private final @Nullable Entry[] entries;
    private int count;
    private long bytes;

    /// @param slots a power of two
    Table(int slots) {
      entries = new @Nullable Entry[slots];
    }

    @Nullable Entry find(long hash, byte[] from, int offset, int length) {
      int mask = entries.length - 1;
      int slot = (int) hash & mask;
      for (int left = entries.length; left > 0; left--) {
        Entry entry = entries[slot];
        if (entry == null || entry.holds(hash, from, offset, length)) {
          return entry;
        }
        slot = slot + 1 & mask;
      }
      return null;
    }

    void add(Entry entry) {
      int mask = entries.length - 1;
      int slot = (int) entry.hash & mask;
      while (entries[slot] != null) {
        slot = slot + 1 & mask;
      }
      entries[slot] = entry;
      count++;
      bytes += entry.bytes.length + ENTRY_BYTES;
    }

    Table grown() {
      Table larger = new Table(entries.length * 2);
      for (Entry entry : entries) {
        if (entry != null) {
          larger.add(entry);
        }
      }
      return larger;
    }
  }
}
