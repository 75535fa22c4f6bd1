package dev.sightline.predictions.column;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.predictions.record.FieldWalk;
import dev.sightline.predictions.record.TruthHistory;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.OpenFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes one column file, block by block, of rows that someone walks over anyway.
///
/// The file is worth nothing before [#finish]. Owned by one thread.
public final class ColumnFileWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int TRUTH = 2;
  private static final int TRUTH_TIME = 3;
  private static final int OUTPUT = 4;
  private static final int CONFIDENCE = 5;
  private static final int LATENCY = 6;
  private static final int VERSION = 7;
  private static final List<Field> ALWAYS =
      List.of(
          new Field.Truth(),
          new Field.TruthTimeMs(),
          new Field.Output(),
          new Field.Confidence(),
          new Field.LatencyMs(),
          new Field.Version());

  private final OpenFile file;
  private final ByteSink buffer = new ByteSink(1 << 16);
  private final ByteSink chunks = new ByteSink(1 << 16);
  private final ByteSink table = new ByteSink();
  private final List<Field> fields = new ArrayList<>(ALWAYS);
  private final List<ChunkBuilder> columns = new ArrayList<>();
  private final NamedColumns features = new NamedColumns(Field.Feature::new);
  private final NamedColumns probabilities = new NamedColumns(Field.Probability::new);
  private final NamedColumns tags = new NamedColumns(Field.Tag::new);
  private final Row row = new Row();
  private long[] hashes = new long[ColumnFormat.BLOCK_ROWS];
  private boolean complete = true;
  private int blockRows;
  private long blockBytes;
  private int blocks;
  private int rows;
  private long firstMs;
  private long lastMs;
  private long blockBeforeMs;
  private long written;

  public ColumnFileWriter(FileSystem files, Path path, int number) {
    this.file = files.create(path);
    buffer.u32(ColumnFormat.HEADER_MAGIC).u32(ColumnFormat.VERSION).u32(number).checksum(0);
    for (int i = 0; i < ColumnNames.FIRST_FIELD + ALWAYS.size(); i++) {
      columns.add(new ChunkBuilder());
    }
  }

  /// Adds the row behind those before it.
  ///
  /// @param record an encoded prediction
  /// @param idHash of its id
  public void add(long timeMs, byte[] record, long idHash, @Nullable TruthHistory truths) {
    if (blockRows == 0) {
      firstMs = timeMs;
    }
    lastMs = timeMs;
    hashes[blockRows] = idHash;
    columns.get(ColumnNames.TIME).number(blockRows, (double) timeMs);
    features.first();
    probabilities.first();
    tags.first();
    FieldWalk.read(record, row);
    if (truths != null) {
      GroundTruth truth = truths.newest();
      row.target = columns.get(TRUTH);
      FieldWalk.show(truth.value(), row);
      columns.get(TRUTH_TIME).number(blockRows, (double) truth.timeMs());
    }
    blockRows++;
    blockBytes += record.length;
    rows++;
    if (blockRows == ColumnFormat.BLOCK_ROWS
        || blockBytes >= ColumnFormat.BLOCK_BYTES
        || (long) blockRows * columns.size() >= ColumnFormat.BLOCK_CELLS) {
      endBlock();
    }
  }

  /// Writes the rest and makes the file safe.
  public void finish() {
    endBlock();
    int start = buffer.size();
    buffer.u32(rows);
    ColumnNames.write(fields, complete, buffer);
    buffer.uvarint(blocks).bytes(table.view().array(), 0, table.size()).checksum(start);
    buffer.u32(buffer.size() - start).u32(ColumnFormat.END_MAGIC);
    flush();
    file.sync();
  }

  @Override
  public void close() {
    file.close();
  }

  private void endBlock() {
    if (blockRows == 0) {
      return;
    }
    int directory = buffer.size();
    for (int column = 0; column < columns.size(); column++) {
      int start = chunks.size();
      int kind =
          column == ColumnNames.HASH
              ? encodeHashes()
              : columns.get(column).encode(blockRows, chunks);
      buffer.u8(kind).u32(chunks.size() - start);
    }
    buffer.checksum(directory);
    buffer.bytes(chunks.view().array(), 0, chunks.size());
    table.uvarint(blockRows).uvarint(columns.size()).uvarint(chunks.size());
    table.varint(firstMs - blockBeforeMs).uvarint(lastMs - firstMs);
    blockBeforeMs = firstMs;
    chunks.clear();
    blocks++;
    blockRows = 0;
    blockBytes = 0;
    if (buffer.size() >= BUFFER_BYTES) {
      flush();
    }
  }

  private int encodeHashes() {
    int start = chunks.size();
    ByteBuffer bytes = ByteBuffer.allocate(blockRows * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(hashes, 0, blockRows);
    chunks.bytes(bytes.array()).checksum(start);
    return ColumnFormat.HASHES;
  }

  private void flush() {
    file.write(buffer.view(), written);
    written += buffer.size();
    buffer.clear();
  }

  /// Hands each field of a row to its column.
  private final class Row implements FieldWalk.Visitor {
    private @Nullable ChunkBuilder target;

    @Override
    public void name(FieldWalk.Names of, byte[] from, int offset, int length) {
      NamedColumns named =
          switch (of) {
            case FEATURES -> features;
            case PROBABILITIES -> probabilities;
            case TAGS -> tags;
          };
      target = named.column(from, offset, length);
    }

    @Override
    public void toVersion() {
      target = columns.get(VERSION);
    }

    @Override
    public void toOutput() {
      target = columns.get(OUTPUT);
    }

    @Override
    public void toConfidence() {
      target = columns.get(CONFIDENCE);
    }

    @Override
    public void toLatencyMs() {
      target = columns.get(LATENCY);
    }

    @Override
    public void number(double value) {
      if (target != null) {
        target.number(blockRows, value);
      }
    }

    @Override
    public void flag(boolean value) {
      if (target != null) {
        target.flag(blockRows, value);
      }
    }

    @Override
    public void text(byte[] from, int offset, int length) {
      if (target != null) {
        target.text(blockRows, from, offset, length);
      }
    }
  }

  /// The columns of one list of named values. Rows mostly name the same in the same order, so the
  /// name behind the one before is tried first.
  private final class NamedColumns {
    private final Function<String, Field> field;
    private final WordTable names = new WordTable();
    private final List<ChunkBuilder> ofNames = new ArrayList<>();
    private int expected;

    NamedColumns(Function<String, Field> field) {
      this.field = field;
    }

    void first() {
      expected = 0;
    }

    /// @return null where there are too many
    @Nullable ChunkBuilder column(byte[] from, int offset, int length) {
      int code = expected;
      if (code >= names.count() || !names.is(code, 0, from, offset, length)) {
        if (columns.size() >= ColumnFormat.MOST_COLUMNS) {
          code = names.find(0, from, offset, length);
        } else {
          code = names.code(0, from, offset, length);
        }
      }
      if (code < 0) {
        complete = false;
        return null;
      }
      if (code == ofNames.size()) {
        ChunkBuilder fresh = new ChunkBuilder();
        ofNames.add(fresh);
        columns.add(fresh);
        fields.add(field.apply(new String(from, offset, length, StandardCharsets.UTF_8)));
      }
      expected = code + 1;
      return ofNames.get(code);
    }
  }
}
