package dev.sightline.tsdb.block;

import java.util.List;

/// What a block says about itself in `meta.json`.
///
/// @param minMs of its range, included
/// @param maxMs of its range, not included
/// @param sources the blocks of level 1 that it was made from, or itself
public record BlockMeta(
    String ulid, long minMs, long maxMs, Stats stats, int level, List<String> sources) {
  public BlockMeta {
    sources = List.copyOf(sources);
  }

  /// How much is in a block.
  public record Stats(long samples, long series, long chunks, long tombstones) {
    public static final Stats NONE = new Stats(0, 0, 0, 0);

    Stats plusSeries(long moreSamples, long moreChunks) {
      return new Stats(samples + moreSamples, series + 1, chunks + moreChunks, tombstones);
    }
  }

  public boolean overlaps(long startMs, long endMs) {
    return minMs <= endMs && maxMs > startMs;
  }
}
