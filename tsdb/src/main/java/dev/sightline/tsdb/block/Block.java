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
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A directory of samples of a span of time, which never changes.
///
/// Opened with one holder; closed when its last holder lets go. Safe for any number of threads.
public final class Block {
  private static final Logger LOG = LoggerFactory.getLogger(Block.class);

  private final BlockIndex index;
  private final BlockChunks chunks;
  private final FileSystem files;
  private final Path directory;

  /// written by one thread at a time
  private volatile BlockMeta meta;

  private volatile Map<Integer, List<Deletion>> deletions;
  private final AtomicInteger holders = new AtomicInteger(1);
  private final LongAdder damagedChunks = new LongAdder();

  private Block(FileSystem files, Path directory, Contents contents) {
    this.files = files;
    this.directory = directory;
    this.meta = contents.meta;
    this.index = contents.index;
    this.chunks = contents.chunks;
    this.deletions = contents.deletions;
  }

  private record Contents(
      BlockMeta meta,
      BlockIndex index,
      BlockChunks chunks,
      Map<Integer, List<Deletion>> deletions) {}

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
      return new Block(files, directory, new Contents(meta, index, chunks, deletions));
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
    Postings postings;
    try {
      postings = MatcherPostings.of(index, matchers);
    } catch (BadBytesException damage) {
      noteDamage(damage);
      return selected;
    }
    for (int i = postings.next(); i != Postings.END; i = postings.next()) {
      BlockIndex.Entry entry = readable(i);
      List<ChunkMeta> metas = entry == null ? List.of() : entry.chunks();
      if (!metas.isEmpty()
          && metas.getFirst().minMs() <= endMs
          && metas.getLast().maxMs() >= startMs) {
        selected.add(new BlockSeries(Objects.requireNonNull(entry)));
      }
    }
    return selected;
  }

  /// A damaged spot of the index costs what it describes, not the answer.
  private BlockIndex.@Nullable Entry readable(int number) {
    try {
      return index.entry(number);
    } catch (BadBytesException | ArithmeticException | IllegalArgumentException damage) {
      noteDamage(damage);
      return null;
    }
  }

  /// Says that something of the block could not be read; its other data count all the same.
  public void noteDamage(RuntimeException damage) {
    damagedChunks.increment();
    LOG.warn("block {} is damaged: {}", meta.ulid(), damage.getMessage());
  }

  /// Every wanted series, sorted by labels and read on the way, without those of which everything
  /// was deleted.
  Iterable<StoredSeries> all(Predicate<Labels> wanted) {
    return () -> {
      List<Integer> numbers = new ArrayList<>();
      Postings all = index.all();
      for (int i = all.next(); i != Postings.END; i = all.next()) {
        numbers.add(i);
      }
      return numbers.stream()
          .map(index::entry)
          .filter(entry -> !entry.chunks().isEmpty() && wanted.test(entry.labels()))
          .map(entry -> (StoredSeries) new BlockSeries(entry))
          .filter(series -> !isDeleted(series))
          .iterator();
    };
  }

  /// Whether there is a series with such labels.
  public boolean hasSeries(Predicate<Labels> wanted) {
    return all(wanted).iterator().hasNext();
  }

  private boolean isDeleted(StoredSeries series) {
    return series instanceof BlockSeries one
        && deletions.getOrDefault(one.entry.number(), List.of()).stream()
            .anyMatch(deletion -> deletion.covers(one.minMs()) && deletion.covers(one.maxMs()));
  }

  /// Hides the samples of some series from now on, also after a restart. One thread at a time.
  ///
  /// @param minMs included, as is `maxMs`
  /// @return how many series have samples there
  public int delete(Collection<Matcher> matchers, long minMs, long maxMs) {
    Map<Integer, List<Deletion>> more = new TreeMap<>(deletions);
    int found = 0;
    Postings postings = MatcherPostings.of(index, matchers);
    for (int i = postings.next(); i != Postings.END; i = postings.next()) {
      List<ChunkMeta> metas = index.entry(i).chunks();
      if (metas.stream().anyMatch(chunk -> chunk.minMs() <= maxMs && chunk.maxMs() >= minMs)) {
        long fromMs = Math.max(minMs, metas.getFirst().minMs());
        long toMs = Math.min(maxMs, metas.getLast().maxMs());
        more.merge(i, List.of(new Deletion(fromMs, toMs)), TombstonesFile::joined);
        found++;
      }
    }
    if (found > 0) {
      BlockMeta marked = meta.withTombstones(more.values().stream().mapToLong(List::size).sum());
      TombstonesFile.replace(files, directory, more);
      AtomicReplacement.write(files, directory, "meta.json", MetaFile.write(marked));
      meta = marked;
      deletions = more;
    }
    return found;
  }

  /// Whether something was deleted that still takes room.
  public boolean hasDeletions() {
    return !deletions.isEmpty();
  }

  public Path directory() {
    return directory;
  }

  /// What its files take on the disk.
  public long sizeBytes() {
    return DirectorySize.of(files, directory);
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
