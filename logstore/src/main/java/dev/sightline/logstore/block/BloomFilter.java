package dev.sightline.logstore.block;

/// A set of hashes that may claim to contain one that it does not, and never the other way round.
///
/// @param bits at least a byte of them
/// @param hashes how many bits a member sets
@SuppressWarnings("ArrayRecordComponent") // never compared
record BloomFilter(byte[] bits, int hashes) {
  /// @param members how many there will be
  static BloomFilter sized(int members, int bitsEach, int hashes) {
    return new BloomFilter(new byte[(int) Math.max(1, (long) members * bitsEach / 8 + 1)], hashes);
  }

  void add(long hash) {
    long range = 8L * bits.length;
    int at = (int) hash;
    int step = (int) (hash >>> 32) | 1;
    for (int i = 0; i < hashes; i++) {
      long bit = (at & 0xffff_ffffL) * range >>> 32;
      bits[(int) (bit >>> 3)] |= (byte) (1 << (bit & 7));
      at += step;
    }
  }

  boolean mayContain(long hash) {
    long range = 8L * bits.length;
    int at = (int) hash;
    int step = (int) (hash >>> 32) | 1;
    for (int i = 0; i < hashes; i++) {
      long bit = (at & 0xffff_ffffL) * range >>> 32;
      if ((bits[(int) (bit >>> 3)] & 1 << (bit & 7)) == 0) {
        return false;
      }
      at += step;
    }
    return true;
  }
}
