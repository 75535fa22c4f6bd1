package dev.sightline.predictions.part;

import dev.sightline.predictions.record.PredictionKey;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.OpenFile;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Reads the whole blocks of a row file whose end cannot be trusted.
final class Salvage {
  private static final long DAY_MS = 86_400_000;

  private final OpenFile file;
  private final long size;
  private long offset = RowFormat.HEADER_BYTES;
  private List<StoredRow> first = List.of();

  Salvage(OpenFile file) {
    this.file = file;
    this.size = file.sizeBytes();
    this.first = nextBlock();
  }

  /// Each whole block up to the first that is damaged.
  Iterator<StoredRow> rows() {
    return new Iterator<>() {
      private Iterator<StoredRow> block = first.iterator();

      @Override
      public boolean hasNext() {
        if (!block.hasNext()) {
          block = nextBlock().iterator();
        }
        return block.hasNext();
      }

      @Override
      public StoredRow next() {
        return block.next();
      }
    };
  }

  String model() {
    return key().model();
  }

  /// In days since 1970 (UTC).
  long day() {
    return Math.floorDiv(key().timeMs(), DAY_MS);
  }

  private PredictionKey key() {
    return RecordCodec.key(first.getFirst().record());
  }

  private List<StoredRow> nextBlock() {
    try {
      if (offset + RowFormat.BLOCK_HEADER_BYTES > size) {
        return List.of();
      }
      ByteSource header = RowFileFooter.bytes(file, offset, RowFormat.BLOCK_HEADER_BYTES);
      header.u32();
      int rows = (int) header.u32();
      header.u32();
      long bytes = RowFormat.BLOCK_HEADER_BYTES + header.u32() + RowFormat.CHECKSUM_BYTES;
      if (bytes > size - offset) {
        return List.of();
      }
      ByteSource from = new ByteSource(Part.decompressed(file, offset, (int) bytes, rows));
      offset += bytes;
      List<StoredRow> read = new ArrayList<>();
      while (from.remaining() > 0) {
        read.add(RowFormat.read(from));
      }
      return read;
    } catch (BadBytesException _) {
      return List.of();
    }
  }
}
