package dev.sightline.predictions.part;

/// Says of most ids that are not in a part that they are not: a Bloom filter of ten bits a row,
/// wrong once in a hundred times, and never about an id that is there.
final class IdFilter {
  private static final int BITS_PER_ROW = 10;
  private static final int PROBES = 7;

  private final long[] words;

  IdFilter(long[] words) {
    this.words = words;
  }

  static IdFilter of(long[] hashes, int count) {
    IdFilter filter = new IdFilter(new long[words(count)]);
    for (int i = 0; i < count; i++) {
      filter.add(hashes[i]);
    }
    return filter;
  }

  static int words(int rows) {
    return Math.toIntExact(((long) rows * BITS_PER_ROW + Long.SIZE - 1) / Long.SIZE) + 1;
  }

  long[] words() {
    return words;
  }

  boolean mayHold(long hash) {
    for (int probe = 0; probe < PROBES; probe++) {
      long bit = bit(hash, probe);
      if ((words[(int) (bit >>> 6)] & 1L << bit) == 0) {
        return false;
      }
    }
    return true;
  }

  private void add(long hash) {
    for (int probe = 0; probe < PROBES; probe++) {
      long bit = bit(hash, probe);
      words[(int) (bit >>> 6)] |= 1L << bit;
    }
  }

  private long bit(long hash, int probe) {
    long mixed = (hash >>> 32) + probe * ((hash & 0xffff_ffffL) | 1);
    return (mixed & Long.MAX_VALUE) % ((long) words.length * Long.SIZE);
  }
}
