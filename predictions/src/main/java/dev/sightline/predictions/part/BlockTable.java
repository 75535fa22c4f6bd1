package dev.sightline.predictions.part;

import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.Arrays;

/// Where the blocks of a row file lie, which rows they hold, and the time of the first of them.
final class BlockTable {
  private long[] offsets = new long[16];
  private int[] firstRows = new int[16];
  private long[] firstMs = new long[16];
  private int count;
  private long endOffset = RowFormat.HEADER_BYTES;
  private int rows;

  void add(int bytes, int rowCount, long timeMs) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, count * 2);
      firstRows = Arrays.copyOf(firstRows, count * 2);
      firstMs = Arrays.copyOf(firstMs, count * 2);
    }
    offsets[count] = endOffset;
    firstRows[count] = rows;
    firstMs[count] = timeMs;
    count++;
    endOffset += bytes;
    rows += rowCount;
  }

  void write(ByteSink into) {
    into.uvarint(count);
    long before = 0;
    for (int i = 0; i < count; i++) {
      into.uvarint(bytes(i));
      into.uvarint(rows(i));
      into.varint(firstMs[i] - before);
      before = firstMs[i];
    }
  }

  static BlockTable read(ByteSource from) {
    BlockTable table = new BlockTable();
    long timeMs = 0;
    for (int left = from.length(); left > 0; left--) {
      int bytes = (int) from.uvarint();
      int rows = (int) from.uvarint();
      timeMs += from.varint();
      table.add(bytes, rows, timeMs);
    }
    return table;
  }

  int count() {
    return count;
  }

  int rows() {
    return rows;
  }

  long offset(int block) {
    return offsets[block];
  }

  int bytes(int block) {
    return (int) ((block + 1 < count ? offsets[block + 1] : endOffset) - offsets[block]);
  }

  /// The time of the first row of a block, Unix milliseconds.
  long firstMs(int block) {
    return firstMs[block];
  }

  int firstRow(int block) {
    return firstRows[block];
  }

  int rows(int block) {
    return (block + 1 < count ? firstRows[block + 1] : rows) - firstRows[block];
  }

  /// The block that holds a row.
  int holding(int row) {
    int at = Arrays.binarySearch(firstRows, 0, count, row);
    return at >= 0 ? at : -at - 2;
  }

  /// The first block that may hold a row at `timeMs` or later: equal times may go over an edge.
  int firstFrom(long timeMs) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (firstMs[middle] < timeMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Math.max(0, low - 1);
  }

  /// The block behind the last that may hold a row at `timeMs` or earlier.
  int endTo(long timeMs) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (firstMs[middle] <= timeMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
