package dev.sightline.tsdb.block;

import dev.sightline.model.label.Labels;
import dev.sightline.tsdb.chunk.SampleCursor;
import dev.sightline.tsdb.chunk.SeriesParts;
import dev.sightline.tsdb.chunk.StoredSeries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/// All series of several blocks, sorted by labels, each once; read from the blocks on the way, so
/// that there may be millions.
///
/// @param blocks held by whoever walks
/// @param wanted which series to show
public record MergedBlocks(List<Block> blocks, Predicate<Labels> wanted)
    implements Iterable<StoredSeries> {
  public MergedBlocks {
    blocks = List.copyOf(blocks);
  }

  /// Every series of the blocks.
  public MergedBlocks(List<Block> blocks) {
    this(blocks, _ -> true);
  }

  @Override
  public Iterator<StoredSeries> iterator() {
    return new Walk();
  }

  private final class Walk implements Iterator<StoredSeries> {
    private final PriorityQueue<Source> sources =
        new PriorityQueue<>(Comparator.comparing((Source source) -> source.present.labels()));

    Walk() {
      for (Block block : blocks) {
        Iterator<StoredSeries> all = block.all(wanted).iterator();
        if (all.hasNext()) {
          sources.add(new Source(all, all.next()));
        }
      }
    }

    @Override
    public boolean hasNext() {
      return !sources.isEmpty();
    }

    @Override
    public StoredSeries next() {
      Source first = sources.peek();
      if (first == null) {
        throw new NoSuchElementException();
      }
      Labels labels = first.present.labels();
      List<StoredSeries> parts = new ArrayList<>(blocks.size());
      for (Source source = sources.peek();
          source != null && source.present.labels().equals(labels);
          source = sources.peek()) {
        parts.add(source.present);
        sources.remove();
        if (source.all.hasNext()) {
          sources.add(new Source(source.all, source.all.next()));
        }
      }
      return parts.size() == 1 ? parts.getFirst() : new Merged(labels, parts);
    }
  }

  /// @param present the series that comes next
  private record Source(Iterator<StoredSeries> all, StoredSeries present) {}

  /// One series that is in several blocks.
  private record Merged(Labels labels, List<StoredSeries> parts) implements StoredSeries {
    @Override
    public long minMs() {
      return parts.stream().mapToLong(StoredSeries::minMs).min().orElseThrow();
    }

    @Override
    public long maxMs() {
      return parts.stream().mapToLong(StoredSeries::maxMs).max().orElseThrow();
    }

    @Override
    public SampleCursor cursor(long startMs, long endMs) {
      return SeriesParts.cursor(parts, startMs, endMs);
    }
  }
}
