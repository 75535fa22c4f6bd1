package dev.sightline.wire.parquet;

import dev.sightline.wire.table.BadTableException;
import dev.sightline.wire.table.ColumnSink;
import dev.sightline.wire.table.Table;
import dev.sightline.wire.table.TableSinks;
import io.airlift.compress.v3.MalformedInputException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A Parquet file as a table. Numbers of every type are doubles, flags are the texts `true` and
/// `false`; nested columns, times and bytes are left out.
public final class ParquetTable implements Table {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int LARGEST_FOOTER = 256 << 20;

  private final String name;
  private final FileChannel file;
  private final ParquetFooter footer;
  private final List<String> columns = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();
  private final Map<String, String> skipped = new LinkedHashMap<>();

  private ParquetTable(String name, FileChannel file, ParquetFooter footer) {
    this.name = name;
    this.file = file;
    this.footer = footer;
    for (int place = 0; place < footer.leaves().size(); place++) {
      Leaf leaf = footer.leaves().get(place);
      String why = leaf.skippedBecause();
      if (why == null) {
        columns.add(leaf.name());
        places.add(place);
      } else {
        skipped.put(leaf.name(), why);
      }
    }
  }

  /// @throws BadTableException if it is no Parquet file
  public static ParquetTable open(Path path) {
    FileChannel file = null;
    try {
      file = FileChannel.open(path);
      return new ParquetTable(path.toString(), file, footer(path, file));
    } catch (IOException | BadTableException | IndexOutOfBoundsException failure) {
      closeQuietly(file);
      throw bad(path.toString(), failure);
    }
  }

  private static ParquetFooter footer(Path path, FileChannel file) throws IOException {
    long size = file.size();
    byte[] tail = new byte[Integer.BYTES + MAGIC.length];
    if (size < tail.length + MAGIC.length) {
      throw new BadTableException(path + " is too short for a Parquet file");
    }
    readFully(file, size - tail.length, tail);
    String magic = new String(tail, Integer.BYTES, MAGIC.length, StandardCharsets.ISO_8859_1);
    if (magic.equals("PARE")) {
      throw new BadTableException(path + " is encrypted");
    }
    if (!magic.equals("PAR1")) {
      throw new BadTableException(path + " is no Parquet file: it does not end with PAR1");
    }
    int length = ColumnPages.littleEndian(tail, 0, tail.length);
    if (length <= 0 || length > Math.min(LARGEST_FOOTER, size - tail.length)) {
      throw new BadTableException(path + " describes itself in " + length + " bytes");
    }
    byte[] footer = new byte[length];
    readFully(file, size - tail.length - length, footer);
    return ParquetFooter.read(footer);
  }

  private static void readFully(FileChannel file, long from, byte[] into) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(into);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, from + buffer.position()) < 0) {
        throw new BadTableException("it ends early");
      }
    }
  }

  @Override
  public List<String> columns() {
    return List.copyOf(columns);
  }

  @Override
  public Map<String, String> skipped() {
    return Map.copyOf(skipped);
  }

  @Override
  public boolean isColumnar() {
    return true;
  }

  @Override
  public long read(int[] wanted, TableSinks sinks) {
    for (int column : wanted) {
      Leaf leaf = footer.leaves().get(places.get(column));
      try {
        read(leaf, places.get(column), sinks.of(column));
      } catch (IOException
          | BadTableException
          | IndexOutOfBoundsException
          | MalformedInputException
          | BufferUnderflowException failure) {
        throw bad(name + ", column " + leaf.name(), failure);
      }
    }
    return footer.rows();
  }

  private void read(Leaf leaf, int place, ColumnSink sink) throws IOException {
    NumberPages numbers = new NumberPages(leaf, sink);
    TextPages texts = new TextPages(leaf, sink);
    for (ParquetFooter.RowGroup group : footer.groups()) {
      if (group.chunks().size() != footer.leaves().size()) {
        throw new BadTableException("a row group has " + group.chunks().size() + " columns");
      }
      ColumnPages pages = new ColumnPages(file, group.chunks().get(place), leaf.optional());
      if (leaf.isNumber()) {
        numbers.read(pages);
      } else {
        texts.read(pages);
      }
    }
  }

  private static BadTableException bad(String where, Throwable failure) {
    return switch (failure) {
      case BadTableException bad when String.valueOf(bad.getMessage()).startsWith(where) -> bad;
      case BadTableException bad -> new BadTableException(where + ": " + bad.getMessage(), bad);
      case MalformedInputException packed ->
          new BadTableException(where + " is damaged: a page cannot be unpacked", packed);
      case IndexOutOfBoundsException beyond ->
          new BadTableException(where + " is damaged: a value lies beyond its page", beyond);
      case IOException io ->
          new BadTableException(where + " cannot be read: " + io.getMessage(), io);
      default -> new BadTableException(where + " is damaged: " + failure.getMessage(), failure);
    };
  }

  private static void closeQuietly(java.io.@org.jspecify.annotations.Nullable Closeable file) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException _) {
      // The first failure is the one to be told.
    }
  }

  @Override
  public void close() {
    closeQuietly(file);
  }
}
