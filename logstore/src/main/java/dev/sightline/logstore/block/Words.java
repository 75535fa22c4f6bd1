package dev.sightline.logstore.block;

import dev.sightline.logstore.record.LineHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// What a filter knows of a line: its words, and grams of its long words.
final class Words {
  /*
   * A word is a longest run of letters, digits, underscores and bytes outside ASCII. A text that a line
   * must contain tells something about the words that lie wholly within it, with another character on
   * either side. Its first and last word may be parts of longer ones, and an id that someone pastes is
   * both. For those there are grams: stretches of GRAM bytes, of which a word of LONG bytes or more
   * leaves some in the filter. Which ones is decided by the bytes around them alone: of every WINDOW
   * grams in a row, that with the least hash. So every part of a word that holds a whole window
   * (LONG bytes) has at least one gram of which it is certain that the word left it, and about a
   * quarter of all grams are kept (2 / (WINDOW + 1)). The choice is known as winnowing: Schleimer,
   * Wilkerson, Aiken, "Local Algorithms for Document Fingerprinting", 2003.
   */
  static final int GRAM = 6;
  static final int WINDOW = 7;
  static final int LONG = GRAM + WINDOW - 1;

  private static final long WORD_SEED = 1;
  private static final long GRAM_FACTOR = 0x9e37_79b9_7f4a_7c15L;
  private static final long GRAM_MASK = (1L << 8 * GRAM) - 1;

  private static final VarHandle LITTLE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final boolean[] IS_WORD = new boolean[256];

  static {
    for (int i = 0; i < 256; i++) {
      IS_WORD[i] = i >= 0x80 || i == '_' || Character.isLetterOrDigit(i);
    }
  }

  private final LongSet hashes = new LongSet();

  /// Adds what is known of a line.
  void add(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      while (at < to && !IS_WORD[bytes[at] & 0xff]) {
        at++;
      }
      int start = at;
      while (at < to && IS_WORD[bytes[at] & 0xff]) {
        at++;
      }
      boolean isNew = at > start && hashes.add(word(bytes, start, at));
      if (isNew && at - start >= LONG) {
        addGrams(bytes, start, at);
      }
    }
  }

  /// The filter over all that was added since the last.
  BloomFilter filter() {
    BloomFilter filter =
        BloomFilter.sized(hashes.size(), BlockFormat.WORD_BITS, BlockFormat.WORD_HASHES);
    hashes.forEach(filter::add);
    hashes.clear();
    return filter;
  }

  /// Whether a line with all of these texts may be among those of a filter.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Needles(long[] sought) {
    static Needles of(Iterable<String> texts) {
      Words words = new Words();
      texts.forEach(words::addNeedle);
      long[] sought = new long[words.hashes.size()];
      int[] next = {0};
      words.hashes.forEach(hash -> sought[next[0]++] = hash);
      return new Needles(sought);
    }

    boolean areKnown() {
      return sought.length > 0;
    }

    boolean mayBeIn(BloomFilter filter) {
      for (long hash : sought) {
        if (!filter.mayContain(hash)) {
          return false;
        }
      }
      return true;
    }
  }

  private void addNeedle(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int at = 0;
    while (at < bytes.length) {
      int start = at;
      while (at < bytes.length && IS_WORD[bytes[at] & 0xff]) {
        at++;
      }
      boolean whole = start > 0 && at < bytes.length;
      if (whole && at > start) {
        hashes.add(word(bytes, start, at));
      } else if (at - start >= LONG) {
        addGrams(bytes, start, at);
      }
      at++;
    }
  }

  private static long word(byte[] bytes, int from, int to) {
    return spread(LineHash.of(bytes, from, to, WORD_SEED));
  }

  /// The same value that [LongSet] keeps.
  private static long spread(long hash) {
    return hash == 0 ? 1 : hash;
  }

  private void addGrams(byte[] bytes, int from, int to) {
    int last = to - GRAM;
    long least = 0;
    int leastAt = -1;
    for (int windowEnd = from + WINDOW - 1; windowEnd <= last; windowEnd++) {
      int windowStart = windowEnd - WINDOW + 1;
      if (leastAt < windowStart) {
        leastAt = windowStart;
        least = gram(bytes, windowStart, to);
        for (int at = windowStart + 1; at <= windowEnd; at++) {
          long hash = gram(bytes, at, to);
          if (Long.compareUnsigned(hash, least) < 0) {
            least = hash;
            leastAt = at;
          }
        }
        hashes.add(spread(least));
      } else {
        long hash = gram(bytes, windowEnd, to);
        if (Long.compareUnsigned(hash, least) < 0) {
          least = hash;
          leastAt = windowEnd;
          hashes.add(spread(least));
        }
      }
    }
  }

  private static long gram(byte[] bytes, int at, int to) {
    long value = 0;
    if (at + 8 <= bytes.length) {
      value = (long) LITTLE.get(bytes, at) & GRAM_MASK;
    } else {
      for (int i = GRAM - 1; i >= 0; i--) {
        value = value << 8 | bytes[at + i] & 0xff;
      }
    }
    long product = value * GRAM_FACTOR;
    return product * GRAM_FACTOR
        ^ Math.unsignedMultiplyHigh(value | 1L << 56, GRAM_FACTOR)
        ^ product >>> 31;
  }
}
