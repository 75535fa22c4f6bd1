package dev.sightline.logstore.block;

import dev.sightline.logstore.record.LineBody;
import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSource;

/// The metadata of the rows of a frame, read. Not changed any more.
final class MetadataColumn {
  private final byte[] bytes;

  /// by row, where the labels are; or by number, the labels themselves
  private final int[] starts;

  private final Labels[] table;
  private final int rowsStart;

  /// @param version of the block's format
  MetadataColumn(byte[] bytes, int rows, int version) {
    this.bytes = bytes;
    ByteSource source = new ByteSource(bytes);
    int kind = version == BlockFormat.FIRST_VERSION ? BlockFormat.PLAIN : source.u8();
    switch (kind) {
      case BlockFormat.PLAIN -> {
        table = new Labels[0];
        starts = new int[rows];
        for (int row = 0; row < rows; row++) {
          starts[row] = source.position();
          LineBody.skipLabels(source);
        }
      }
      case BlockFormat.TABLE -> {
        starts = new int[0];
        table = table(source);
        if (source.remaining() < rows) {
          throw new BadBytesException("fewer metadata than rows");
        }
      }
      default -> throw new BadBytesException("metadata of kind " + kind);
    }
    rowsStart = source.position();
  }

  private static Labels[] table(ByteSource source) {
    int count = source.length();
    if (count > BlockFormat.MAX_TABLE) {
      throw new BadBytesException("a table of " + count + " metadata");
    }
    Labels[] table = new Labels[count];
    for (int i = 0; i < count; i++) {
      table[i] = LineBody.readLabels(source);
    }
    return table;
  }

  Labels at(int row) {
    if (starts.length == 0) {
      int number = bytes[rowsStart + row] & 0xFF;
      if (number >= table.length) {
        throw new BadBytesException("metadata " + number + " of " + table.length);
      }
      return table[number];
    }
    int start = starts[row];
    return bytes[start] == 0
        ? Labels.EMPTY
        : LineBody.readLabels(new ByteSource(bytes, start, bytes.length - start));
  }
}
