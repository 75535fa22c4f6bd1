package dev.sightline.quality.offline;

import dev.sightline.stats.sketch.TextSketch;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was kept of a column of texts: how often each occurs, or a sketch of that where there are
/// too many.
final class TextColumn implements ColumnKept {
  /*
   * A hash table of bytes, so that a text becomes an object only once: slots hold entry numbers plus
   * one, an entry its hash, its place in the pool and its count. When it is full its counts move to
   * the sketch, and it starts again empty.
   */
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MOST_POOL_BYTES = 16 << 20;

  private final int mostTexts;
  private int[] slots = new int[256];
  private int[] hashes = new int[128];
  private int[] starts = new int[129];
  private long[] counts = new long[128];
  private byte[] pool = new byte[1_024];
  private int entries;
  private long n;
  private long missing;
  private @Nullable TextSketch sketch;

  /// @param mostTexts distinct ones that are counted exactly
  TextColumn(int mostTexts) {
    this.mostTexts = mostTexts;
  }

  void add(byte[] bytes, int from, int length, long times) {
    int hash = hash(bytes, from, length);
    int slot = hash & (slots.length - 1);
    for (int entry = slots[slot]; entry > 0; entry = slots[slot]) {
      int start = starts[entry - 1];
      if (hashes[entry - 1] == hash
          && starts[entry] - start == length
          && Arrays.equals(pool, start, start + length, bytes, from, from + length)) {
        counts[entry - 1] += times;
        n += times;
        return;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    n += times;
    if (entries >= mostTexts || starts[entries] + (long) length > MOST_POOL_BYTES) {
      spill();
      slot = hash & (slots.length - 1);
    }
    enter(slot, hash, bytes, from, length, times);
  }

  void addMissing(long more) {
    missing += more;
  }

  private void enter(int slot, int hash, byte[] bytes, int from, int length, long times) {
    if (entries == counts.length) {
      hashes = Arrays.copyOf(hashes, 2 * entries);
      counts = Arrays.copyOf(counts, 2 * entries);
      starts = Arrays.copyOf(starts, 2 * entries + 1);
    }
    int start = starts[entries];
    if (pool.length - start < length) {
      pool = Arrays.copyOf(pool, Math.max(2 * pool.length, start + length));
    }
    System.arraycopy(bytes, from, pool, start, length);
    hashes[entries] = hash;
    counts[entries] = times;
    starts[++entries] = start + length;
    slots[slot] = entries;
    if (2 * entries > slots.length) {
      widen();
    }
  }

  private void widen() {
    slots = new int[2 * slots.length];
    for (int entry = 0; entry < entries; entry++) {
      int slot = hashes[entry] & (slots.length - 1);
      while (slots[slot] > 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = entry + 1;
    }
  }

  private void spill() {
    TextSketch into = sketch == null ? new TextSketch() : sketch;
    sketch = into;
    for (int entry = 0; entry < entries; entry++) {
      into.add(text(entry), counts[entry]);
    }
    Arrays.fill(slots, 0);
    entries = 0;
  }

  private String text(int entry) {
    return new String(
        pool, starts[entry], starts[entry + 1] - starts[entry], StandardCharsets.UTF_8);
  }

  private static int hash(byte[] bytes, int from, int length) {
    long hash = length * 0x9E3779B97F4A7C15L;
    int place = from;
    for (int end = from + length - 7; place < end; place += Long.BYTES) {
      hash = (hash ^ (long) LONGS.get(bytes, place)) * 0xFF51AFD7ED558CCDL;
      hash ^= hash >>> 32;
    }
    for (int end = from + length; place < end; place++) {
      hash = (hash ^ bytes[place]) * 0xC4CEB9FE1A85EC53L;
      hash ^= hash >>> 29;
    }
    return (int) (hash ^ (hash >>> 32));
  }

  /// Each text and how often it occurs.
  ///
  /// @return null where they were too many
  @Nullable Map<String, Long> counts() {
    if (sketch != null) {
      return null;
    }
    Map<String, Long> all = HashMap.newHashMap(entries);
    for (int entry = 0; entry < entries; entry++) {
      all.merge(text(entry), counts[entry], Long::sum);
    }
    return all;
  }

  /// The sketch, with all that was counted.
  TextSketch sketch() {
    TextSketch all = sketch;
    if (all == null) {
      all = new TextSketch();
      for (int entry = 0; entry < entries; entry++) {
        all.add(text(entry), counts[entry]);
      }
    }
    return all;
  }

  /// To be called once, when all is read.
  void finish() {
    if (sketch != null) {
      spill();
    }
  }

  @Override
  public boolean isExact() {
    return sketch == null;
  }

  @Override
  public long n() {
    return n;
  }

  @Override
  public long missing() {
    return missing;
  }

  @Override
  public long infinite() {
    return 0;
  }
}
