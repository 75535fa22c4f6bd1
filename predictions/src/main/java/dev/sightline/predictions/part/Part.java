package dev.sightline.predictions.part;

import dev.sightline.predictions.column.Chunk;
import dev.sightline.predictions.column.ColumnFile;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.OpenFile;
import dev.sightline.storage.fs.StorageException;
import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.lz4.Lz4JavaDecompressor;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The predictions of one model and one day, or some of them, in files that never change.
///
/// Safe for any number of threads. A block that is damaged costs its rows, which are reported.
public final class Part {
  private final OpenFiles open;
  private final Damage damage;
  private final PartFacts facts;
  private final BlockTable blocks;
  private final IdIndex index;
  private final @Nullable IdFilter filter;
  private final Path rowPath;
  private final Path idPath;
  private final Path columnPath;
  private volatile boolean indexBroken;
  private volatile @Nullable ColumnFile columns;
  private volatile boolean withoutColumns;
  private volatile boolean damaged;

  Part(
      PartDirectory directory,
      OpenFiles open,
      Damage damage,
      RowFileFooter footer,
      @Nullable IdFilter filter) {
    this.open = open;
    this.damage = damage;
    this.facts = footer.facts();
    this.blocks = footer.blocks();
    this.index = new IdIndex(facts.rows(), IdFilter.words(facts.rows()));
    this.filter = filter;
    this.rowPath = directory.file(facts.number(), PartDirectory.ROWS);
    this.idPath = directory.file(facts.number(), PartDirectory.IDS);
    this.columnPath = directory.file(facts.number(), PartDirectory.COLUMNS);
  }

  public PartFacts facts() {
    return facts;
  }

  /// Memory that the filter of ids takes.
  public long filterBytes() {
    return filter == null ? 0 : (long) filter.words().length * Long.BYTES;
  }

  /// What is known of an id without reading its row.
  ///
  /// @param labelled whether the row itself holds a truth
  /// @param timeMs of a row close by: of the first in its block, Unix milliseconds
  public record Known(boolean labelled, long timeMs) {}

  /// @param idHash see [IdHash]
  /// @return null if the id is not here; 64 bits decide, no more
  public @Nullable Known known(long idHash) {
    List<IdIndex.Hit> hits = hits(idHash);
    if (hits.isEmpty()) {
      return null;
    }
    IdIndex.Hit hit = hits.getFirst();
    return new Known(hit.labelled(), blocks.firstMs(blocks.holding(hit.row())));
  }

  /// @param idHash of the id
  public @Nullable StoredRow find(String id, long idHash) {
    for (IdIndex.Hit hit : hits(idHash)) {
      StoredRow row = row(hit.row());
      if (row != null && RecordCodec.key(row.record()).id().equals(id)) {
        return row;
      }
    }
    return null;
  }

  /// The first row that can be read.
  public @Nullable StoredRow first() {
    for (int block = 0; block < blocks.count(); block++) {
      List<StoredRow> rows = read(block);
      if (!rows.isEmpty()) {
        return rows.getFirst();
      }
    }
    return null;
  }

  /// The columns of the rows; null while there are none that can be read.
  public @Nullable ColumnFile columns() {
    ColumnFile present = columns;
    if (present != null || withoutColumns) {
      return present;
    }
    try {
      ColumnFile opened =
          open.with(columnPath, file -> ColumnFile.open(file, facts.number(), facts.rows()));
      columns = opened;
      return opened;
    } catch (BadBytesException | StorageException bad) {
      withoutColumns(bad);
      return null;
    }
  }

  /// Reads some columns of a block; see [ColumnFile#read].
  public Chunk[] chunks(ColumnFile file, int block, int[] places) {
    return open.with(columnPath, opened -> file.read(opened, block, places));
  }

  /// The columns cannot be read, or not all of them: rows are read until they are made anew.
  public void withoutColumns(RuntimeException reason) {
    columns = null;
    withoutColumns = true;
    if (!(reason.getCause() instanceof NoSuchFileException)) {
      damage.found(columnPath, "columns, which are made anew: " + reason.getMessage());
    }
  }

  void columnsRebuilt() {
    withoutColumns = false;
  }

  /// Some rows, by their places in the part; those that cannot be read are left out.
  ///
  /// @param first included
  /// @param end excluded
  public List<StoredRow> rows(int first, int end) {
    List<StoredRow> rows = new ArrayList<>(end - first);
    for (int block = blocks.holding(first); block < blocks.count(); block++) {
      int before = blocks.firstRow(block);
      if (before >= end) {
        break;
      }
      List<StoredRow> all = read(block);
      int from = Math.min(Math.max(0, first - before), all.size());
      rows.addAll(all.subList(from, Math.max(from, Math.min(all.size(), end - before))));
    }
    return rows;
  }

  BlockTable blocks() {
    return blocks;
  }

  /// The rows of a block in order; none if it is damaged.
  List<StoredRow> read(int block) {
    try {
      ByteSource from = new ByteSource(raw(block));
      List<StoredRow> rows = new ArrayList<>(blocks.rows(block));
      while (from.remaining() > 0) {
        rows.add(RowFormat.read(from));
      }
      return rows;
    } catch (BadBytesException bad) {
      found(bad, block);
      return List.of();
    }
  }

  private void found(BadBytesException bad, int block) {
    damaged = true;
    damage.found(
        rowPath, blocks.rows(block) + " predictions of " + facts.model() + ": " + bad.getMessage());
  }

  /// One row; those before it in its block are passed over.
  private @Nullable StoredRow row(int row) {
    int block = blocks.holding(row);
    try {
      ByteSource from = new ByteSource(raw(block));
      for (int before = blocks.firstRow(block); before < row; before++) {
        RowFormat.skip(from);
      }
      return from.remaining() > 0 ? RowFormat.read(from) : null;
    } catch (BadBytesException bad) {
      found(bad, block);
      return null;
    }
  }

  private List<IdIndex.Hit> hits(long hash) {
    if (facts.rows() == 0 || filter != null && !filter.mayHold(hash)) {
      return List.of();
    }
    if (!indexBroken) {
      try {
        return open.with(idPath, file -> index.find(file, hash));
      } catch (BadBytesException bad) {
        indexBroken = true;
        damage.found(idPath, "an id index, which is made anew: " + bad.getMessage());
      }
    }
    return hitsOfScan(hash);
  }

  /// As [IdIndex#find], at the price of reading everything.
  private List<IdIndex.Hit> hitsOfScan(long hash) {
    List<IdIndex.Hit> hits = new ArrayList<>();
    for (int block = 0; block < blocks.count(); block++) {
      List<StoredRow> rows = read(block);
      for (int i = 0; i < rows.size(); i++) {
        if (RowFileWriter.hash(rows.get(i)) == hash) {
          hits.add(new IdIndex.Hit(blocks.firstRow(block) + i, rows.get(i).truths() != null));
        }
      }
    }
    return hits;
  }

  /// Whether the id index is damaged, so that every look-up reads all rows until it is made anew.
  public boolean isIndexBroken() {
    return indexBroken;
  }

  /// Whether rows could not be read. Such a part is left as it is, for whoever can read more.
  public boolean isDamaged() {
    return damaged;
  }

  void indexRebuilt() {
    indexBroken = false;
  }

  private byte[] raw(int block) {
    return open.with(
        rowPath,
        file -> decompressed(file, blocks.offset(block), blocks.bytes(block), blocks.rows(block)));
  }

  /// @throws BadBytesException if the block is damaged
  static byte[] decompressed(OpenFile file, long offset, int bytes, int rows) {
    ByteSource from = RowFileFooter.bytes(file, offset, bytes);
    long magic = from.u32();
    boolean known = magic == RowFormat.ZSTD_MAGIC || magic == RowFormat.LZ4_MAGIC;
    if (!known || from.u32() != rows) {
      throw new BadBytesException("no block of " + rows + " rows at " + offset);
    }
    long rawLength = from.u32();
    long length = from.u32();
    if (length != bytes - RowFormat.BLOCK_HEADER_BYTES - RowFormat.CHECKSUM_BYTES
        || rawLength > RowFormat.MAX_BLOCK_BYTES) {
      throw new BadBytesException("a block of another length at " + offset);
    }
    byte[] compressed = from.bytes((int) length);
    from.checksum(0, bytes - RowFormat.CHECKSUM_BYTES);
    byte[] raw = new byte[(int) rawLength];
    try {
      int read =
          magic == RowFormat.ZSTD_MAGIC
              ? ZstdUnpacking.unpack(compressed, raw)
              : new Lz4JavaDecompressor()
                  .decompress(compressed, 0, compressed.length, raw, 0, raw.length);
      if (read != raw.length) {
        throw new BadBytesException("a block of " + read + " bytes at " + offset);
      }
    } catch (MalformedInputException malformed) {
      throw new BadBytesException("a block at " + offset + ": " + malformed.getMessage());
    }
    return raw;
  }
}
