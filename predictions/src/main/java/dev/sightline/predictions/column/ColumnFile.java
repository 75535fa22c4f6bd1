package dev.sightline.predictions.column;

import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.OpenFile;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What a column file holds, and how to read some columns of a block. Safe for any number of
/// threads.
public final class ColumnFile {
  private final ColumnNames names;
  private final int rows;

  // by block
  private final long[] offsets;
  private final int[] firstRows;
  private final int[] columns;
  private final long[] firstMs;
  private final long[] lastMs;

  private ColumnFile(ColumnNames names, int rows, int blocks) {
    this.names = names;
    this.rows = rows;
    this.offsets = new long[blocks + 1];
    this.firstRows = new int[blocks + 1];
    this.columns = new int[blocks];
    this.firstMs = new long[blocks];
    this.lastMs = new long[blocks];
  }

  /// @throws BadBytesException if the file is not whole, or not that of a part of so many rows
  public static ColumnFile open(OpenFile file, int number, int rows) {
    long size = file.sizeBytes();
    if (size < ColumnFormat.HEADER_BYTES + ColumnFormat.END_BYTES) {
      throw new BadBytesException("a column file of " + size + " bytes");
    }
    ByteSource header = read(file, 0, ColumnFormat.HEADER_BYTES);
    if (header.u32() != ColumnFormat.HEADER_MAGIC || header.u32() != ColumnFormat.VERSION) {
      throw new BadBytesException("not a column file of version " + ColumnFormat.VERSION);
    }
    long found = header.u32();
    header.checksum(0, ColumnFormat.HEADER_BYTES - ColumnFormat.CHECKSUM_BYTES);
    ByteSource end = read(file, size - ColumnFormat.END_BYTES, ColumnFormat.END_BYTES);
    long length = end.u32();
    if (end.u32() != ColumnFormat.END_MAGIC
        || length > size - ColumnFormat.HEADER_BYTES - ColumnFormat.END_BYTES
        || length < ColumnFormat.CHECKSUM_BYTES) {
      throw new BadBytesException("a column file without an end");
    }
    long footer = size - ColumnFormat.END_BYTES - length;
    ByteSource from = checked(file, footer, (int) length);
    ColumnFile columns = parse(from);
    if (found != number
        || columns.rows != rows
        || columns.firstRows[columns.blocks()] != rows
        || columns.offsets[columns.blocks()] != footer) {
      throw new BadBytesException("a column file that does not fit its part");
    }
    return columns;
  }

  private static ColumnFile parse(ByteSource from) {
    int rows = (int) from.u32();
    ColumnNames names = ColumnNames.read(from);
    ColumnFile file = new ColumnFile(names, rows, from.length());
    file.offsets[0] = ColumnFormat.HEADER_BYTES;
    long beforeMs = 0;
    for (int block = 0; block < file.blocks(); block++) {
      file.firstRows[block + 1] = file.firstRows[block] + (int) from.uvarint();
      file.columns[block] = (int) from.uvarint();
      file.offsets[block + 1] =
          file.offsets[block] + directoryBytes(file.columns[block]) + from.uvarint();
      file.firstMs[block] = beforeMs + from.varint();
      file.lastMs[block] = file.firstMs[block] + from.uvarint();
      beforeMs = file.firstMs[block];
    }
    return file;
  }

  private static int directoryBytes(int columns) {
    return columns * ColumnFormat.ENTRY_BYTES + ColumnFormat.CHECKSUM_BYTES;
  }

  public int blocks() {
    return columns.length;
  }

  /// Of the part.
  public int firstRow(int block) {
    return firstRows[block];
  }

  public int rows(int block) {
    return firstRows[block + 1] - firstRows[block];
  }

  /// Unix milliseconds, of the oldest row.
  public long firstMs(int block) {
    return firstMs[block];
  }

  /// Unix milliseconds, of the newest row.
  public long lastMs(int block) {
    return lastMs[block];
  }

  /// @return a place for [#read], -1 where no row has the field; null where that cannot be said
  public @Nullable Integer place(Field field) {
    return names.place(field);
  }

  /// @return the place of the times of the rows
  public static int times() {
    return ColumnNames.TIME;
  }

  /// @return the place of the hashes of ids
  public static int hashes() {
    return ColumnNames.HASH;
  }

  /// Reads some columns of a block.
  ///
  /// @param places as [#place] says; below 0 for a chunk in which all is absent
  /// @throws BadBytesException if one of them is damaged
  public Chunk[] read(OpenFile file, int block, int[] places) {
    int directoryBytes = directoryBytes(columns[block]);
    ByteSource directory = checked(file, offsets[block], directoryBytes);
    int[] kinds = new int[columns[block]];
    long[] starts = new long[columns[block] + 1];
    starts[0] = offsets[block] + directoryBytes;
    for (int column = 0; column < kinds.length; column++) {
      kinds[column] = directory.u8();
      starts[column + 1] = starts[column] + directory.u32();
    }
    if (starts[kinds.length] != offsets[block + 1]) {
      throw new BadBytesException("a block of another length at " + offsets[block]);
    }
    Chunk[] chunks = new Chunk[places.length];
    for (int i = 0; i < places.length; i++) {
      int place = places[i];
      chunks[i] =
          place < 0 || place >= kinds.length || starts[place] == starts[place + 1]
              ? Chunk.absent(rows(block))
              : chunk(file, kinds[place], starts[place], starts[place + 1], rows(block));
    }
    return chunks;
  }

  private static Chunk chunk(OpenFile file, int kind, long start, long end, int rows) {
    if (end - start < ColumnFormat.CHECKSUM_BYTES || end - start > ColumnFormat.MAX_CHUNK_BYTES) {
      throw new BadBytesException("a chunk of " + (end - start) + " bytes at " + start);
    }
    int length = (int) (end - start);
    byte[] bytes = checkedBytes(file, start, length);
    return Chunk.of(kind, bytes, length - ColumnFormat.CHECKSUM_BYTES, rows);
  }

  /// Bytes that end with their checksum.
  private static byte[] checkedBytes(OpenFile file, long offset, int length) {
    byte[] bytes = bytes(file, offset, length);
    int content = length - ColumnFormat.CHECKSUM_BYTES;
    new ByteSource(bytes).skip(content).checksum(0, content);
    return bytes;
  }

  private static ByteSource checked(OpenFile file, long offset, int length) {
    byte[] bytes = checkedBytes(file, offset, length);
    return new ByteSource(bytes, 0, length - ColumnFormat.CHECKSUM_BYTES);
  }

  private static ByteSource read(OpenFile file, long offset, int length) {
    return new ByteSource(bytes(file, offset, length));
  }

  private static byte[] bytes(OpenFile file, long offset, int length) {
    byte[] bytes = new byte[length];
    int read = file.read(ByteBuffer.wrap(bytes), offset);
    if (read < length) {
      throw new BadBytesException("ends at " + (offset + read) + ", " + (length - read) + " short");
    }
    return bytes;
  }
}
