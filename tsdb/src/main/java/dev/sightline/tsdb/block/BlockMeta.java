package dev.sightline.tsdb.block;

import java.util.List;

/// What a block says about itself in `meta.json`.
///
/// @param minMs of its range, included
/// @param maxMs of its range, not included
public record BlockMeta(String ulid, long minMs, long maxMs, Stats stats, Descent descent) {
  /// How much is in a block.
  public record Stats(long samples, long series, long chunks, long tombstones) {
    public static final Stats NONE = new Stats(0, 0, 0, 0);

    Stats plusSeries(long moreSamples, long moreChunks) {
      return new Stats(samples + moreSamples, series + 1, chunks + moreChunks, tombstones);
    }

    Stats withTombstones(long count) {
      return new Stats(samples, series, chunks, count);
    }
  }

  /// What a block was made of.
  ///
  /// @param level 1 for what came out of the head
  /// @param sources the blocks of level 1 that are in it, or itself
  /// @param parents the blocks that it replaces
  public record Descent(int level, List<String> sources, List<Parent> parents) {
    public Descent {
      sources = List.copyOf(sources);
      parents = List.copyOf(parents);
    }

    /// Of a block that was made of no other.
    public static Descent first(String ulid) {
      return new Descent(1, List.of(ulid), List.of());
    }

    /// Of a block that replaces others.
    public static Descent of(List<BlockMeta> parents) {
      return new Descent(
          1 + parents.stream().mapToInt(BlockMeta::level).max().orElse(0),
          parents.stream()
              .flatMap(one -> one.descent.sources.stream())
              .distinct()
              .sorted()
              .toList(),
          parents.stream().map(one -> new Parent(one.ulid, one.minMs, one.maxMs)).toList());
    }

    /// Of a block that is written anew with less in it.
    public static Descent shortened(BlockMeta block) {
      return new Descent(
          block.level(),
          block.descent.sources,
          List.of(new Parent(block.ulid, block.minMs, block.maxMs)));
    }
  }

  /// A block that another one replaces.
  public record Parent(String ulid, long minMs, long maxMs) {}

  public int level() {
    return descent.level;
  }

  public boolean overlaps(long startMs, long endMs) {
    return minMs <= endMs && maxMs > startMs;
  }

  BlockMeta withTombstones(long count) {
    return new BlockMeta(ulid, minMs, maxMs, stats.withTombstones(count), descent);
  }
}
