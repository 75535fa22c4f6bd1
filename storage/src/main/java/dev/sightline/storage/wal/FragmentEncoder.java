package dev.sightline.storage.wal;

import static dev.sightline.storage.wal.LogFormat.FIRST;
import static dev.sightline.storage.wal.LogFormat.FULL;
import static dev.sightline.storage.wal.LogFormat.HEADER_BYTES;
import static dev.sightline.storage.wal.LogFormat.LAST;
import static dev.sightline.storage.wal.LogFormat.MIDDLE;
import static dev.sightline.storage.wal.LogFormat.PAGE_BYTES;

import java.nio.ByteBuffer;

/// Turns records into the bytes that come next in a log file.
final class FragmentEncoder {
  private static final int START_BYTES = 2 * PAGE_BYTES;

  private ByteBuffer bytes = ByteBuffer.allocate(START_BYTES);

  /// where in the file `bytes` begins
  private long fileOffset;

  /// Begins at the start of a new file.
  void reset() {
    bytes.clear();
    fileOffset = 0;
  }

  /// How much of the file is used, what is not yet written included.
  long usedBytes() {
    return fileOffset + bytes.position();
  }

  long writtenBytes() {
    return fileOffset;
  }

  int unwrittenBytes() {
    return bytes.position();
  }

  /// What is to be written next; [#written] says that it was.
  ByteBuffer unwritten() {
    return bytes.duplicate().flip();
  }

  void written() {
    fileOffset = usedBytes();
    bytes.clear();
  }

  /// @param compression of the record as a whole: 0, [LogFormat#SNAPPY] or [LogFormat#ZSTD]
  void add(byte[] record, int length, int compression) {
    int at = 0;
    boolean begun = false;
    while (!begun || at < length) {
      int leftOfPage = PAGE_BYTES - (int) (usedBytes() % PAGE_BYTES);
      reserve(leftOfPage);
      if (leftOfPage < HEADER_BYTES) {
        bytes.put(new byte[leftOfPage]);
        continue;
      }
      int part = Math.min(length - at, leftOfPage - HEADER_BYTES);
      putFragment(type(!begun, at + part == length) | compression, record, at, part);
      begun = true;
      at += part;
    }
  }

  private static int type(boolean begins, boolean ends) {
    if (begins) {
      return ends ? FULL : FIRST;
    }
    return ends ? LAST : MIDDLE;
  }

  private void putFragment(int type, byte[] record, int offset, int length) {
    bytes.put((byte) type);
    bytes.putShort((short) length);
    bytes.putInt(LogFormat.checksum(record, offset, length));
    bytes.put(record, offset, length);
  }

  private void reserve(int more) {
    if (bytes.remaining() < more) {
      ByteBuffer larger =
          ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + more));
      bytes = larger.put(bytes.flip());
    }
  }
}
