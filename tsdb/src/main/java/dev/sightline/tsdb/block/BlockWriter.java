package dev.sightline.tsdb.block;

import dev.sightline.model.label.CodePointOrder;
import dev.sightline.storage.failpoint.Failpoints;
import dev.sightline.storage.fs.AtomicReplacement;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.tsdb.block.BlockMeta.Descent;
import dev.sightline.tsdb.block.BlockMeta.Stats;
import dev.sightline.tsdb.chunk.SampleCursor;
import dev.sightline.tsdb.chunk.StoredSeries;
import dev.sightline.tsdb.chunk.XorAppender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes one block into a directory of its own, which gets its name when everything is on disk.
public final class BlockWriter {
  static final String UNFINISHED = ".tmp-for-creation";

  private static final Logger LOG = LoggerFactory.getLogger(BlockWriter.class);
  private static final int SAMPLES_PER_CHUNK = 120;

  private final FileSystem files;
  private final Path parent;

  /// @param parent the directory of the store, in which blocks lie
  public BlockWriter(FileSystem files, Path parent) {
    this.files = files;
    this.parent = parent;
  }

  /// @param series sorted by labels; those without samples in the range are left out
  /// @return the block's meta; its `stats` say if it is empty, and then nothing was written
  public BlockMeta write(
      String ulid, long minMs, long maxMs, Iterable<? extends StoredSeries> series) {
    return write(ulid, new Span(minMs, maxMs), Descent.first(ulid), series);
  }

  /// @param series as above; walked twice
  public BlockMeta write(
      String ulid, Span span, Descent descent, Iterable<? extends StoredSeries> series) {
    Path unfinished = parent.resolve(ulid + UNFINISHED);
    try {
      return write(
          unfinished, new BlockMeta(ulid, span.minMs, span.maxMs, Stats.NONE, descent), series);
    } catch (RuntimeException failure) {
      removeQuietly(unfinished);
      throw failure;
    }
  }

  /// The range of a block, its end not included.
  public record Span(long minMs, long maxMs) {}

  private BlockMeta write(
      Path unfinished, BlockMeta plan, Iterable<? extends StoredSeries> series) {
    files.createDirectories(unfinished.resolve("chunks"));
    Stats stats = writeSeries(unfinished, new Span(plan.minMs(), plan.maxMs()), series);
    BlockMeta meta = new BlockMeta(plan.ulid(), plan.minMs(), plan.maxMs(), stats, plan.descent());
    if (stats.samples() == 0) {
      new DirectoryRemoval(files).deleteTree(unfinished);
      return meta;
    }
    TombstonesFile.writeEmpty(files, unfinished.resolve("tombstones"));
    AtomicReplacement.write(files, unfinished, "meta.json", MetaFile.write(meta));
    files.syncDirectory(unfinished);
    Failpoints.reach("tsdb.block.before-rename");
    files.rename(unfinished, parent.resolve(meta.ulid()));
    files.syncDirectory(parent);
    Failpoints.reach("tsdb.block.after-rename");
    return meta;
  }

  /// Each further try writes a directory of its own: on a full disk they must not pile up.
  private void removeQuietly(Path unfinished) {
    try {
      new DirectoryRemoval(files).deleteTree(unfinished);
    } catch (StorageException failure) {
      LOG.warn("cannot delete the unfinished {}", unfinished, failure);
    }
  }

  private Stats writeSeries(Path directory, Span range, Iterable<? extends StoredSeries> series) {
    Stats stats = Stats.NONE;
    try (ChunkFiles chunks = new ChunkFiles(files, directory.resolve("chunks"));
        IndexFile index = new IndexFile(files, directory.resolve("index"), texts(series))) {
      for (StoredSeries one : series) {
        SeriesChunks written = new SeriesChunks(chunks);
        written.addAll(one.cursor(range.minMs, range.maxMs - 1), range);
        if (written.samples > 0) {
          index.add(one.labels(), written.metas);
          stats = stats.plusSeries(written.samples, written.metas.size());
        }
      }
      chunks.finish();
      index.finish();
    }
    return stats;
  }

  private static Set<String> texts(Iterable<? extends StoredSeries> series) {
    TreeSet<String> texts = new TreeSet<>(CodePointOrder::compare);
    for (StoredSeries one : series) {
      for (int i = 0; i < one.labels().size(); i++) {
        texts.add(one.labels().name(i));
        texts.add(one.labels().value(i));
      }
    }
    return texts;
  }

  /// The chunks of one series, in the making.
  private static final class SeriesChunks {
    private final ChunkFiles chunks;
    private final List<ChunkMeta> metas = new ArrayList<>();
    private long samples;
    private XorAppender appender = new XorAppender(512);
    private long firstMs;
    private long lastMs;

    SeriesChunks(ChunkFiles chunks) {
      this.chunks = chunks;
    }

    void addAll(SampleCursor cursor, Span range) {
      while (cursor.next() && cursor.timestampMs() < range.maxMs) {
        if (cursor.timestampMs() >= range.minMs) {
          add(cursor.timestampMs(), cursor.value());
        }
      }
      finishChunk();
    }

    private void add(long timestampMs, double value) {
      if (appender.count() == SAMPLES_PER_CHUNK) {
        finishChunk();
      }
      if (appender.count() == 0) {
        firstMs = timestampMs;
      }
      appender.append(timestampMs, value);
      lastMs = timestampMs;
      samples++;
    }

    private void finishChunk() {
      if (appender.count() > 0) {
        metas.add(new ChunkMeta(chunks.add(appender.toChunk()), firstMs, lastMs));
        appender = new XorAppender(512);
      }
    }
  }
}
