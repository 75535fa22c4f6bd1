package dev.sightline.tsdb.block;

/// Where a chunk lies and which times it covers.
///
/// @param ref number of its file in the upper half, offset in the lower
/// @param minMs of the first sample
/// @param maxMs of the last
record ChunkMeta(long ref, long minMs, long maxMs) {
  int fileIndex() {
    return (int) (ref >>> 32);
  }

  long offset() {
    return ref & 0xffff_ffffL;
  }
}
