package dev.sightline.tsdb.block;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.AtomicReplacement;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.tsdb.block.TombstonesFile.Deletion;
import dev.sightline.tsdb.chunk.JoinedCursor;
import dev.sightline.tsdb.chunk.SampleCursor;
import dev.sightline.tsdb.chunk.StoredSeries;
import dev.sightline.tsdb.chunk.XorCursor;
import dev.sightline.tsdb.index.LabelIndex;
import dev.sightline.tsdb.index.MatcherPostings;
import dev.sightline.tsdb.index.Postings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A directory of samples of a span of time, which never changes.
///
/// Opened with one holder; closed when its last holder lets go. Safe for any number of threads.
public final class Block {
  private static final Logger LOG = LoggerFactory.getLogger(Block.class);

  private final BlockMeta meta;
  private final BlockIndex index;
  private final BlockChunks chunks;
  private final Map<Integer, List<Deletion>> deletions;
  private final AtomicInteger holders = new AtomicInteger(1);
  private final LongAdder damagedChunks = new LongAdder();

  private Block(
      BlockMeta meta,
      BlockIndex index,
      BlockChunks chunks,
      Map<Integer, List<Deletion>> deletions) {
    this.meta = meta;
    this.index = index;
    this.chunks = chunks;
    this.deletions = deletions;
  }

  /// @throws BadBytesException if something is missing or damaged that every query needs
  public static Block open(FileSystem files, Path directory) {
    BlockIndex index = null;
    BlockChunks chunks = null;
    try {
      BlockMeta meta = MetaFile.read(AtomicReplacement.read(files, directory.resolve("meta.json")));
      Map<Integer, List<Deletion>> deletions =
          TombstonesFile.read(files, directory.resolve("tombstones"));
      index = new BlockIndex(files.openForReading(directory.resolve("index")));
      index.check();
      chunks = new BlockChunks(files, directory.resolve("chunks"));
      return new Block(meta, index, chunks, deletions);
    } catch (BadBytesException | StorageException | ArithmeticException failure) {
      if (index != null) {
        index.close();
      }
      if (chunks != null) {
        chunks.close();
      }
      throw new BadBytesException("block " + directory + ": " + failure.getMessage());
    }
  }

  public BlockMeta meta() {
    return meta;
  }

  public LabelIndex index() {
    return index;
  }

  /// How many chunks could not be read since the block was opened.
  public long damagedChunks() {
    return damagedChunks.sum();
  }

  /// The series that satisfy the matchers and may have samples in the range, both ends included,
  /// sorted by labels.
  public List<StoredSeries> select(Collection<Matcher> matchers, long startMs, long endMs) {
    List<StoredSeries> selected = new ArrayList<>();
    Postings postings = MatcherPostings.of(index, matchers);
    for (int i = postings.next(); i != Postings.END; i = postings.next()) {
      BlockIndex.Entry entry = index.entry(i);
      List<ChunkMeta> metas = entry.chunks();
      if (!metas.isEmpty()
          && metas.getFirst().minMs() <= endMs
          && metas.getLast().maxMs() >= startMs) {
        selected.add(new BlockSeries(entry));
      }
    }
    return selected;
  }

  /// Frees memory that no query has used lately.
  public void rest() {
    index.rest();
  }

  /// @return false if the block is closed already
  public boolean hold() {
    return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  public void letGo() {
    if (holders.decrementAndGet() == 0) {
      index.close();
      chunks.close();
    }
  }

  private final class BlockSeries implements StoredSeries {
    private final BlockIndex.Entry entry;

    BlockSeries(BlockIndex.Entry entry) {
      this.entry = entry;
    }

    @Override
    public Labels labels() {
      return entry.labels();
    }

    @Override
    public long minMs() {
      return entry.chunks().getFirst().minMs();
    }

    @Override
    public long maxMs() {
      return entry.chunks().getLast().maxMs();
    }

    @Override
    public SampleCursor cursor(long startMs, long endMs) {
      SampleCursor samples =
          new JoinedCursor(
              entry.chunks().stream()
                  .filter(chunk -> chunk.maxMs() >= startMs && chunk.minMs() <= endMs)
                  .map(this::chunk)
                  .iterator());
      List<Deletion> deleted = deletions.getOrDefault(entry.number(), List.of());
      return deleted.isEmpty() ? samples : new UndeletedCursor(samples, deleted);
    }

    /// One damaged chunk costs its own samples, not the answer.
    private XorCursor chunk(ChunkMeta chunk) {
      try {
        return chunks.cursor(chunk);
      } catch (BadBytesException damage) {
        damagedChunks.increment();
        LOG.warn(
            "samples of {} from {} to {} cannot be read: {}",
            entry.labels(),
            chunk.minMs(),
            chunk.maxMs(),
            damage.getMessage());
        return new XorCursor(new byte[2]);
      }
    }
  }

  /// Walks what was not deleted.
  private record UndeletedCursor(SampleCursor samples, List<Deletion> deletions)
      implements SampleCursor {
    @Override
    public boolean next() {
      while (samples.next()) {
        long timestampMs = samples.timestampMs();
        if (deletions.stream().noneMatch(deletion -> deletion.covers(timestampMs))) {
          return true;
        }
      }
      return false;
    }

    @Override
    public long timestampMs() {
      return samples.timestampMs();
    }

    @Override
    public double value() {
      return samples.value();
    }
  }
}
