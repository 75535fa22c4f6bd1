package dev.sightline.predictions.part;

import dev.sightline.predictions.record.PredictionKey;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.OpenFile;
import io.airlift.compress.v3.Compressor;
import io.airlift.compress.v3.lz4.Lz4JavaCompressor;
import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes one row file, block by block, and remembers what its index needs.
///
/// The file is worth nothing before [#finish]. Owned by one thread.
final class RowFileWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final OpenFile file;
  private final int number;
  private final Packing packing;
  private final PartEntries entries = new PartEntries();
  private final BlockTable blocks = new BlockTable();
  private final Compressor compressor;
  private final ByteSink block = new ByteSink(RowFormat.BLOCK_BYTES * 2);
  private final ByteSink buffer = new ByteSink(BUFFER_BYTES * 2);
  private final SortedMap<String, Integer> rowsOfVersion = new TreeMap<>();
  private byte[] compressed = new byte[0];
  private long written;
  private int blockRows;
  private long blockMs;
  private long oldestMs = Long.MAX_VALUE;
  private long newestMs = Long.MIN_VALUE;
  private long lastSequence;
  private int labelled;

  RowFileWriter(FileSystem files, Path path, int number, Packing packing) {
    this.file = files.create(path);
    this.number = number;
    this.packing = packing;
    this.compressor =
        switch (packing) {
          case FAST -> new Lz4JavaCompressor();
          case SMALL -> new ZstdJavaCompressor();
        };
    buffer.u32(RowFormat.HEADER_MAGIC).u32(RowFormat.VERSION).u32(number).checksum(0);
  }

  /// Adds the row behind those before it.
  ///
  /// @return the hash of its id
  long add(StoredRow row) {
    long timeMs = row.place().timeMs();
    if (timeMs < newestMs) {
      throw new IllegalStateException("BUG: rows of part " + number + " are not in order");
    }
    if (blockRows == 0) {
      blockMs = timeMs;
    }
    RowFormat.write(row, block);
    blockRows++;
    oldestMs = Math.min(oldestMs, timeMs);
    newestMs = timeMs;
    lastSequence = Math.max(lastSequence, row.place().sequence());
    labelled += row.truths() == null ? 0 : 1;
    PredictionKey key = RecordCodec.key(row.record());
    long hash = IdHash.of(key.id());
    entries.add(hash, row.truths() != null);
    if (!key.version().isEmpty()) {
      rowsOfVersion.merge(key.version(), 1, Integer::sum);
    }
    if (block.size() >= RowFormat.BLOCK_BYTES) {
      endBlock();
    }
    return hash;
  }

  static long hash(StoredRow row) {
    return IdHash.of(RecordCodec.key(row.record()).id());
  }

  PartEntries entries() {
    return entries;
  }

  /// Writes the rest and makes the file safe.
  PartFacts finish(PartFacts.Origin origin) {
    endBlock();
    PartFacts facts =
        new PartFacts(
            number,
            origin.model(),
            origin.day(),
            entries.count(),
            labelled,
            oldestMs,
            newestMs,
            lastSequence,
            rowsOfVersion);
    int start = buffer.size();
    RowFileFooter.write(facts, blocks, buffer);
    int length = buffer.size() - start;
    buffer.u32(length).u32(RowFormat.END_MAGIC);
    flush();
    file.sync();
    return facts;
  }

  @Override
  public void close() {
    file.close();
  }

  private void endBlock() {
    if (blockRows == 0) {
      return;
    }
    byte[] raw = block.view().array();
    int bound = compressor.maxCompressedLength(block.size());
    if (compressed.length < bound) {
      compressed = new byte[bound];
    }
    int length = compressor.compress(raw, 0, block.size(), compressed, 0, compressed.length);
    int start = buffer.size();
    buffer.u32(RowFormat.blockMagic(packing)).u32(blockRows).u32(block.size()).u32(length);
    buffer.bytes(compressed, 0, length).checksum(start);
    blocks.add(buffer.size() - start, blockRows, blockMs);
    block.clear();
    blockRows = 0;
    if (buffer.size() >= BUFFER_BYTES) {
      flush();
    }
  }

  private void flush() {
    int bytes = buffer.size();
    file.write(buffer.view(), written);
    written += bytes;
    buffer.clear();
  }
}
