package dev.sightline.tsdb.compact;

import dev.sightline.tsdb.block.BlockMeta;
import dev.sightline.tsdb.chunk.ChunkSpan;
import java.util.ArrayList;
import java.util.List;

/// Chooses blocks that should become one.
public final class CompactionPlan {
  /*
   * As Prometheus does it, so that directories look alike:
   * 1. Blocks that overlap come first: queries would have to merge them each time.
   * 2. The newest block is left alone: late samples may still bring one that overlaps it.
   * 3. Ranges of 2 h, 6 h, 18 h … begin at multiples of their length. The blocks within one range become one when they
   *    fill it, or when there is a block behind it, so that nothing more will come.
   */
  private static final int GROWTH = 3;
  private static final int LEVELS = 10;
  private static final long LONGEST_MS = 31L * 24 * 60 * 60 * 1000;
  private static final int SHARE_OF_RETENTION = 10;

  private CompactionPlan() {}

  /// How long blocks may become, shortest first.
  public static List<Long> rangesMs(long retentionMs) {
    long longestMs =
        Math.max(ChunkSpan.RANGE_MS, Math.min(LONGEST_MS, retentionMs / SHARE_OF_RETENTION));
    List<Long> ranges = new ArrayList<>();
    long rangeMs = ChunkSpan.RANGE_MS;
    for (int i = 0; i < LEVELS && rangeMs <= longestMs; i++) {
      ranges.add(rangeMs);
      rangeMs *= GROWTH;
    }
    return List.copyOf(ranges);
  }

  /// @param metas in order of their beginnings
  /// @return the blocks of the next step, or none
  public static List<BlockMeta> next(List<BlockMeta> metas, List<Long> rangesMs) {
    List<BlockMeta> overlapping = overlapping(metas);
    if (!overlapping.isEmpty()) {
      return overlapping;
    }
    if (metas.size() < 2) {
      return List.of();
    }
    List<BlockMeta> settled = metas.subList(0, metas.size() - 1);
    long newestStartMs = settled.getLast().minMs();
    for (long rangeMs : rangesMs.subList(1, rangesMs.size())) {
      for (List<BlockMeta> group : within(settled, rangeMs)) {
        long startMs = group.getFirst().minMs();
        long endMs = group.getLast().maxMs();
        boolean complete = endMs - startMs == rangeMs || endMs <= newestStartMs;
        if (complete && group.size() > 1) {
          return group;
        }
      }
    }
    return List.of();
  }

  /// The first blocks that share some time with each other.
  private static List<BlockMeta> overlapping(List<BlockMeta> metas) {
    List<BlockMeta> group = new ArrayList<>();
    long groupEndMs = Long.MIN_VALUE;
    for (BlockMeta meta : metas) {
      if (!group.isEmpty() && meta.minMs() >= groupEndMs) {
        if (group.size() > 1) {
          return group;
        }
        group = new ArrayList<>();
      }
      group.add(meta);
      groupEndMs = Math.max(groupEndMs, meta.maxMs());
    }
    return group.size() > 1 ? group : List.of();
  }

  /// The blocks that lie within the same multiple of a range.
  private static List<List<BlockMeta>> within(List<BlockMeta> metas, long rangeMs) {
    List<List<BlockMeta>> groups = new ArrayList<>();
    long groupOf = Long.MIN_VALUE;
    for (BlockMeta meta : metas) {
      long number = Math.floorDiv(meta.minMs(), rangeMs);
      if (meta.maxMs() > (number + 1) * rangeMs) {
        continue;
      }
      if (groups.isEmpty() || number != groupOf) {
        groups.add(new ArrayList<>());
        groupOf = number;
      }
      groups.getLast().add(meta);
    }
    return groups;
  }
}
