package dev.sightline.predictions.part;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.OpenFile;
import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;

/// The end of a row file, which says what is in it.
record RowFileFooter(PartFacts facts, BlockTable blocks) {
  static void write(PartFacts facts, BlockTable blocks, ByteSink into) {
    int start = into.size();
    into.text(facts.model()).u64(facts.day()).u32(facts.rows()).u32(facts.labelled());
    into.u64(facts.oldestMs()).u64(facts.newestMs());
    into.u64(facts.lastSequence());
    into.uvarint(facts.rowsOfVersion().size());
    facts.rowsOfVersion().forEach((version, rows) -> into.text(version).uvarint(rows));
    blocks.write(into);
    into.checksum(start);
  }

  /// @throws BadBytesException if the file is not whole
  static RowFileFooter read(OpenFile file) {
    long size = file.sizeBytes();
    if (size < RowFormat.HEADER_BYTES + RowFormat.END_BYTES) {
      throw new BadBytesException("a row file of " + size + " bytes");
    }
    int number = number(file);
    ByteSource end = bytes(file, size - RowFormat.END_BYTES, RowFormat.END_BYTES);
    long length = end.u32();
    if (end.u32() != RowFormat.END_MAGIC
        || length > size - RowFormat.HEADER_BYTES - RowFormat.END_BYTES
        || length < RowFormat.CHECKSUM_BYTES) {
      throw new BadBytesException("a row file without an end");
    }
    long offset = size - RowFormat.END_BYTES - length;
    ByteSource from = bytes(file, offset, (int) length);
    bytes(file, offset, (int) length)
        .skip((int) length - RowFormat.CHECKSUM_BYTES)
        .checksum(0, (int) length - RowFormat.CHECKSUM_BYTES);
    return parse(number, from);
  }

  /// The number in the header.
  static int number(OpenFile file) {
    ByteSource header = bytes(file, 0, RowFormat.HEADER_BYTES);
    if (header.u32() != RowFormat.HEADER_MAGIC) {
      throw new BadBytesException("not a row file");
    }
    long version = header.u32();
    if (version != RowFormat.VERSION) {
      throw new BadBytesException(
          "a row file of version " + version + ", this program reads " + RowFormat.VERSION);
    }
    int number = (int) header.u32();
    header.checksum(0, RowFormat.HEADER_BYTES - RowFormat.CHECKSUM_BYTES);
    return number;
  }

  private static RowFileFooter parse(int number, ByteSource from) {
    String model = from.text();
    long day = from.u64();
    int rows = (int) from.u32();
    int labelled = (int) from.u32();
    long oldestMs = from.u64();
    long newestMs = from.u64();
    long lastSequence = from.u64();
    SortedMap<String, Integer> rowsOfVersion = new TreeMap<>();
    for (int left = from.length(); left > 0; left--) {
      rowsOfVersion.put(from.text(), (int) from.uvarint());
    }
    BlockTable blocks = BlockTable.read(from);
    PartFacts facts =
        new PartFacts(
            number, model, day, rows, labelled, oldestMs, newestMs, lastSequence, rowsOfVersion);
    return new RowFileFooter(facts, blocks);
  }

  /// @throws BadBytesException if the file is shorter
  static ByteSource bytes(OpenFile file, long offset, int length) {
    byte[] bytes = new byte[length];
    int read = file.read(ByteBuffer.wrap(bytes), offset);
    if (read < length) {
      throw new BadBytesException("ends at " + (offset + read) + ", " + (length - read) + " short");
    }
    return new ByteSource(bytes);
  }
}
