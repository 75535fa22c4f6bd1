package dev.sightline.tsdb.block;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.OpenFile;
import dev.sightline.tsdb.index.IntPostings;
import dev.sightline.tsdb.index.LabelIndex;
import dev.sightline.tsdb.index.Postings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the index file of a block.
///
/// Its tables come into memory when they are first needed and leave with [#rest]; postings and
/// series are read where they are wanted. Every method throws [BadBytesException] where the file is
/// damaged.
///
/// @see IndexFormat
final class BlockIndex implements LabelIndex, AutoCloseable {
  private static final int CHECKSUM_BYTES = 4;
  private static final int USUAL_SERIES_BYTES = 512;

  private final OpenFile file;
  private final long sizeBytes;
  private final Contents contents;

  /// set while they are in use
  private volatile @Nullable Tables tables;

  private volatile boolean used;

  private record Tables(Symbols symbols, PostingsTable postings) {}

  private record Contents(long symbols, long series, long postings, long postingsTable) {}

  /// One series of the block.
  record Entry(int number, Labels labels, List<ChunkMeta> chunks) {}

  /// @param file belongs to the index from now on
  BlockIndex(OpenFile file) {
    this.file = file;
    this.sizeBytes = file.sizeBytes();
    ByteSource header = new ByteSource(read(0, IndexFormat.HEADER_BYTES));
    long magic = header.u32();
    int version = header.u8();
    if (magic != IndexFormat.MAGIC || version != IndexFormat.VERSION) {
      throw new BadBytesException(
          "index begins with %08x, version %d; expected %08x, version %d"
              .formatted(magic, version, IndexFormat.MAGIC, IndexFormat.VERSION));
    }
    this.contents = readContents();
  }

  /// Reads and checks what every query needs.
  void check() {
    Postings all = all();
    int first = all.next();
    if (first != Postings.END) {
      entry(first);
    }
  }

  private Contents readContents() {
    int length = IndexFormat.CONTENTS_BYTES;
    byte[] bytes = read(sizeBytes - length, length);
    ByteSource source = new ByteSource(bytes);
    long symbols = source.u64();
    long series = source.u64();
    long postings = source.skip(16).u64();
    long postingsTable = source.u64();
    source.checksum(0, length - CHECKSUM_BYTES);
    return new Contents(symbols, series, postings, postingsTable);
  }

  @Override
  public Postings all() {
    return with("", "");
  }

  @Override
  public Postings with(String name, String value) {
    long offset = tables().postings.offset(name, value);
    if (offset < 0) {
      return IntPostings.none();
    }
    ByteSource source = new ByteSource(section(offset));
    int[] numbers = new int[Math.toIntExact(source.u32())];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (int) source.u32();
    }
    return new IntPostings(numbers, numbers.length);
  }

  @Override
  public Collection<String> names() {
    return tables().postings.names();
  }

  @Override
  public Collection<String> values(String name) {
    return tables().postings.values(name);
  }

  /// @param number from postings of this index
  Entry entry(int number) {
    long offset = (long) number * IndexFormat.SERIES_ALIGNMENT;
    byte[] bytes = read(offset, (int) Math.min(USUAL_SERIES_BYTES, sizeBytes - offset));
    ByteSource source = new ByteSource(bytes);
    long length = source.uvarint();
    int start = source.position();
    if (length < 0 || length > sizeBytes - offset) {
      throw new BadBytesException("series of " + length + " bytes at " + offset + " of the index");
    }
    if (start + length + CHECKSUM_BYTES > bytes.length) {
      bytes = read(offset, Math.toIntExact(start + length + CHECKSUM_BYTES));
    }
    new ByteSource(bytes).skip(start + (int) length).checksum(start, (int) length);
    return entry(number, new ByteSource(bytes, start, (int) length));
  }

  private Entry entry(int number, ByteSource source) {
    Symbols symbols = tables().symbols;
    List<Label> labels = new ArrayList<>();
    for (int left = source.length(); left > 0; left--) {
      labels.add(new Label(symbols.text(source.uvarint()), symbols.text(source.uvarint())));
    }
    int count = source.length();
    List<ChunkMeta> chunks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      chunks.add(chunk(source, chunks));
    }
    return new Entry(number, Labels.of(labels), chunks);
  }

  private static ChunkMeta chunk(ByteSource source, List<ChunkMeta> before) {
    if (before.isEmpty()) {
      long minMs = source.varint();
      long maxMs = minMs + source.uvarint();
      return new ChunkMeta(source.uvarint(), minMs, maxMs);
    }
    long minMs = before.getLast().maxMs() + source.uvarint();
    long maxMs = minMs + source.uvarint();
    return new ChunkMeta(before.getLast().ref() + source.varint(), minMs, maxMs);
  }

  /// Lets go of tables that nobody has used since the call before.
  void rest() {
    if (!used) {
      tables = null;
    }
    used = false;
  }

  private Tables tables() {
    used = true;
    Tables present = tables;
    if (present == null) {
      present =
          new Tables(
              new Symbols(section(contents.symbols)),
              new PostingsTable(section(contents.postingsTable)));
      tables = present;
    }
    return present;
  }

  /// What stands between the length and the checksum of a section, checked.
  private byte[] section(long offset) {
    long length = new ByteSource(read(offset, 4)).u32();
    if (length > sizeBytes - offset) {
      throw new BadBytesException("section of " + length + " bytes at " + offset + " of the index");
    }
    byte[] bytes = read(offset + 4, Math.toIntExact(length + CHECKSUM_BYTES));
    new ByteSource(bytes).skip((int) length).checksum(0, (int) length);
    return Arrays.copyOf(bytes, (int) length);
  }

  private byte[] read(long offset, int length) {
    if (offset < 0 || length < 0 || offset + length > sizeBytes) {
      throw new BadBytesException(
          "index of " + sizeBytes + " bytes, expected " + length + " at " + offset);
    }
    byte[] bytes = new byte[length];
    int read = file.read(ByteBuffer.wrap(bytes), offset);
    if (read < length) {
      throw new BadBytesException("index ends at " + (offset + read));
    }
    return bytes;
  }

  @Override
  public void close() {
    file.close();
  }
}
