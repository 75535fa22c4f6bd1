package dev.sightline.predictions.part;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.predictions.record.TruthHistory;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bytes of a row file: the predictions of one model and one day, by time, with their truths.
/// `RowFileTest` holds this against golden bytes. Numbers are big-endian.
///
/// | Part | Bytes |
/// |------|-------|
/// | header | magic `SLPR`, version 1, part's number, CRC-32C of these; 4 bytes each |
/// | block, many | magic `SLPB` or `SLPL`, rows, bytes when read, bytes here (4 each); zstd or LZ4, as the magic says; CRC-32C of all before it |
/// | footer | text model, day (8), rows (4), labelled (4), oldest and newest ms (8 each), last sequence (8), count of versions, each a text and a varint; count of blocks, each: bytes in the file, rows, zigzag ms since the block before; CRC-32C |
/// | end | length of the footer (4), magic `SLPE` |
///
/// A row is its sequence, its log record with its length before it, and a count of truths, each a
/// log record with its length before it. The time stands in the record.
final class RowFormat {
  static final int HEADER_MAGIC = 0x534c5052;
  static final int ZSTD_MAGIC = 0x534c5042;
  static final int LZ4_MAGIC = 0x534c504c;
  static final int END_MAGIC = 0x534c5045;
  static final int VERSION = 1;
  static final int HEADER_BYTES = 16;
  static final int BLOCK_HEADER_BYTES = 16;
  static final int CHECKSUM_BYTES = 4;
  static final int END_BYTES = 8;

  /// A block is closed when it has become this long, so that one row costs little to read and many
  /// cost few blocks.
  static final int BLOCK_BYTES = 32 << 10;

  /// No block that was ever written is longer: what a file claims is checked before memory is
  /// taken.
  static final int MAX_BLOCK_BYTES = 64 << 20;

  private RowFormat() {}

  static int blockMagic(Packing packing) {
    return switch (packing) {
      case FAST -> LZ4_MAGIC;
      case SMALL -> ZSTD_MAGIC;
    };
  }

  static void write(StoredRow row, ByteSink into) {
    into.uvarint(row.place().sequence());
    into.uvarint(row.record().length).bytes(row.record());
    TruthHistory truths = row.truths();
    into.uvarint(truths == null ? 0 : truths.truths().size());
    if (truths != null) {
      for (GroundTruth truth : truths.truths()) {
        byte[] record = RecordCodec.encode(truth);
        into.uvarint(record.length).bytes(record);
      }
    }
  }

  /// Passes over a row.
  static void skip(ByteSource from) {
    from.uvarint();
    from.skip(from.length());
    for (int truths = from.length(); truths > 0; truths--) {
      from.skip(from.length());
    }
  }

  static StoredRow read(ByteSource from) {
    long sequence = from.uvarint();
    byte[] record = from.bytes(from.length());
    long timeMs = RecordCodec.timeMs(record);
    int count = from.length();
    return new StoredRow(new Place(timeMs, sequence), record, truths(from, count));
  }

  private static @Nullable TruthHistory truths(ByteSource from, int count) {
    if (count == 0) {
      return null;
    }
    List<GroundTruth> truths = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      truths.add(RecordCodec.decodeTruth(from.bytes(from.length())));
    }
    return new TruthHistory(truths);
  }
}
