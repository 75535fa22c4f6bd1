package dev.sightline.logstore;

import dev.sightline.logstore.block.Block;
import dev.sightline.logstore.block.BlockSummary;
import dev.sightline.logstore.merge.MergedCursor;
import dev.sightline.logstore.merge.Span;
import dev.sightline.logstore.merge.StreamPart;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineTest.Tester;
import dev.sightline.model.log.LogCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Puts one block in the place of some of the same day: to merge them, or to leave lines out.
final class Rewriting {
  /*
   * Nothing is lost, nothing comes twice, and nothing that was left out comes back, wherever this is interrupted:
   * 1. The block is written under another name, synced, renamed, its directory synced. It names the files that it
   *    replaces; whoever opens the store from now on deletes those.
   * 2. Readers see it instead of the others, in one step. Who reads the others goes on: their files are open.
   * 3. The others are deleted.
   * If a line of the others cannot be read, nothing is replaced: what is damaged stays where it can be looked at.
   */
  private final BlockDirectory directory;
  private final PartsHolder parts;

  Rewriting(BlockDirectory directory, PartsHolder parts) {
    this.directory = directory;
    this.parts = parts;
  }

  /// Which lines of a stream are left out.
  @FunctionalInterface
  interface Leaving {
    /// @return null for none
    @Nullable Tester of(Labels stream, long minNs, long maxNs);
  }

  /// @param olds of one day, none of which other lines of the day arrived between
  /// @throws dev.sightline.storage.fs.StorageException if the disk refuses
  /// @throws dev.sightline.storage.codec.BadBytesException if something cannot be read
  void replace(List<Block> olds, Leaving leaving) {
    List<Block> held = new ArrayList<>();
    try {
      for (Block old : olds) {
        old.acquire();
        held.add(old);
      }
      Count left = new Count();
      List<Rewritten> streams = streams(olds, leaving, left);
      long before = olds.stream().mapToLong(old -> old.summary().rows()).sum();
      Block fresh =
          directory.rewrite(olds, streams, numbers(olds), rows -> rows + left.rows == before);
      parts.replace(olds, fresh == null ? List.of() : List.of(fresh));
    } finally {
      held.forEach(Block::release);
    }
    olds.forEach(directory::delete);
  }

  /// Whether anything of a block is left out.
  static boolean leavesAny(Block block, Leaving leaving) {
    block.acquire();
    try {
      Count left = new Count();
      for (Rewritten stream : streams(List.of(block), leaving, left)) {
        if (stream.hides != null) {
          LogCursor cursor = stream.read(Span.ALL);
          while (left.rows == 0 && cursor.next()) {}
        }
        if (left.rows > 0) {
          return true;
        }
      }
      return false;
    } finally {
      block.release();
    }
  }

  private static List<Rewritten> streams(List<Block> olds, Leaving leaving, Count left) {
    Map<Labels, List<StreamPart>> byLabels = new TreeMap<>();
    for (Block old : olds) {
      for (StreamPart part : old.select(List.of(), Long.MIN_VALUE, Long.MAX_VALUE)) {
        byLabels.computeIfAbsent(part.labels(), _ -> new ArrayList<>()).add(part);
      }
    }
    List<Rewritten> streams = new ArrayList<>();
    byLabels.forEach(
        (labels, of) -> {
          long minNs = of.stream().mapToLong(StreamPart::minNs).min().orElseThrow();
          long maxNs = of.stream().mapToLong(StreamPart::maxNs).max().orElseThrow();
          Tester hides = leaving.of(labels, minNs, maxNs);
          streams.add(new Rewritten(labels, of, minNs, maxNs, hides, left));
        });
    return streams;
  }

  private static BlockSummary numbers(List<Block> olds) {
    long first = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    long arrivalMs = Long.MIN_VALUE;
    for (Block old : olds) {
      first = Math.min(first, old.summary().firstSequence());
      end = Math.max(end, old.summary().endSequence());
      arrivalMs = Math.max(arrivalMs, old.summary().newestArrivalMs());
    }
    return new BlockSummary(first, end, 0, 0, 0, 0, arrivalMs);
  }

  private static final class Count {
    private long rows;
  }

  /// A stream of several blocks without what is left out.
  private record Rewritten(
      Labels labels,
      List<StreamPart> parts,
      long minNs,
      long maxNs,
      @Nullable Tester hides,
      Count left)
      implements StreamPart {
    @Override
    public LogCursor read(Span span) {
      LogCursor lines =
          parts.size() == 1 ? parts.getFirst().read(span) : new MergedCursor(parts, span);
      return hides == null ? lines : new HidingCursor(labels, lines, hides, _ -> left.rows++);
    }
  }
}
