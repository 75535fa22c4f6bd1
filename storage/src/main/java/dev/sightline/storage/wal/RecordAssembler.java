package dev.sightline.storage.wal;

import static dev.sightline.storage.wal.LogFormat.COMPRESSION_MASK;
import static dev.sightline.storage.wal.LogFormat.FIRST;
import static dev.sightline.storage.wal.LogFormat.FULL;
import static dev.sightline.storage.wal.LogFormat.MIDDLE;
import static dev.sightline.storage.wal.LogFormat.TYPE_MASK;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Puts the fragments of one log file together to records.
final class RecordAssembler {
  /*
   * The checksum does not cover the type byte, so the order of fragments has to prove it:
   * 1. A writer ends a FIRST or MIDDLE exactly at the end of its page; one that ends elsewhere is
   *    damaged.
   * 2. A FULL or LAST that touches the end of its page might be a damaged FIRST or MIDDLE. It is held
   *    until the next fragment begins a record.
   * 3. What follows a FIRST or MIDDLE must continue it. If it begins a record instead, one of the two
   *    is damaged and nothing says which, so both are given up rather than one invented.
   */
  private final Sink sink;
  private final RecordDecompressor decompressor = new RecordDecompressor();
  private byte[] parts = new byte[LogFormat.PAGE_BYTES];
  private int partsLength;
  private int compression;

  /// where in the file the record in `parts` begins, and ends so far
  private long startOffset;

  private long endOffset;
  private State state = State.BETWEEN;

  private enum State {
    /// the next fragment begins a record
    BETWEEN,
    /// `parts` holds the beginning of a record
    OPEN,
    /// `parts` holds what seems to be a whole record that touches the end of its page
    HELD,
    /// behind a bad spot: what continues a record is passed over
    LOST
  }

  /// Takes what comes out.
  interface Sink {
    /// @param record valid until this returns
    /// @param endOffset in the file, behind the record
    void record(ByteBuffer record, long endOffset);

    /// @param offset in the file where the lost record begins
    void lost(long offset, long bytes, String what);
  }

  RecordAssembler(Sink sink) {
    this.sink = sink;
  }

  /// Takes the next fragment, whose checksum holds.
  ///
  /// @param offset of its header in the page
  /// @param pageOffset of the page in the file
  void fragment(byte[] page, int offset, int length, long pageOffset) {
    int type = page[offset] & TYPE_MASK;
    int payload = offset + LogFormat.HEADER_BYTES;
    long fragmentOffset = pageOffset + offset;
    boolean endsPage = payload + length == LogFormat.PAGE_BYTES;
    if (type == FULL || type == FIRST) {
      if (!begins(fragmentOffset)) {
        return;
      }
      partsLength = 0;
      startOffset = fragmentOffset;
      compression = page[offset] & COMPRESSION_MASK;
    } else if (!continues(page[offset] & COMPRESSION_MASK, fragmentOffset, length)) {
      return;
    }
    put(page, payload, length);
    endOffset = pageOffset + payload + length;
    settle(type, endsPage);
  }

  /// Says that something between the fragment before and the next could not be read.
  void broken() {
    if (state == State.HELD) {
      deliver();
    }
    state = State.LOST;
  }

  /// Says that the file has ended.
  void finish() {
    if (state == State.HELD) {
      deliver();
    } else if (state == State.OPEN) {
      lose("a record that is not finished");
    }
  }

  private boolean begins(long fragmentOffset) {
    if (state == State.HELD) {
      deliver();
    } else if (state == State.OPEN) {
      endOffset = fragmentOffset;
      lose("a record that is not finished before the next begins");
      return false;
    }
    return true;
  }

  private boolean continues(int flags, long fragmentOffset, int length) {
    if (state == State.LOST) {
      return false;
    }
    if (state == State.BETWEEN) {
      startOffset = fragmentOffset;
      endOffset = fragmentOffset + LogFormat.HEADER_BYTES + length;
      lose("a part of a record without its beginning");
      return false;
    }
    if (state == State.HELD || flags != compression) {
      lose("a record whose parts do not belong together");
      return false;
    }
    return true;
  }

  private void settle(int type, boolean endsPage) {
    boolean unfinished = type == FIRST || type == MIDDLE;
    if (unfinished && !endsPage) {
      lose("a part of a record that ends too early");
    } else if (unfinished) {
      state = State.OPEN;
    } else if (endsPage) {
      state = State.HELD;
    } else {
      deliver();
    }
  }

  private void put(byte[] page, int offset, int length) {
    if (parts.length - partsLength < length) {
      parts = Arrays.copyOf(parts, Math.max(2 * parts.length, partsLength + length));
    }
    System.arraycopy(page, offset, parts, partsLength, length);
    partsLength += length;
  }

  private void deliver() {
    ByteBuffer record = decompressor.decompress(parts, partsLength, compression);
    if (record == null) {
      lose("a record that cannot be decompressed");
    } else {
      sink.record(record, endOffset);
    }
    state = State.BETWEEN;
  }

  private void lose(String what) {
    sink.lost(startOffset, endOffset - startOffset, what);
    state = State.LOST;
  }
}
