package dev.sightline.storage.wal;

import static dev.sightline.storage.wal.LogFormat.HEADER_BYTES;
import static dev.sightline.storage.wal.LogFormat.PAGE_BYTES;

import dev.sightline.storage.fs.OpenFile;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.storage.wal.ReplayReport.Damage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One pass over a log file, page by page, that finds its way again behind every bad spot.
final class FileScan implements RecordAssembler.Sink {
  /*
   * A fragment holds if its header is possible and its checksum is right. Where one does not hold:
   * 1. If another value of one of the two length bytes makes the checksum right, the length was the
   *    damage. Nothing is lost.
   * 2. Else, if a fragment holds where this one should end, its payload or checksum was the damage.
   * 3. Else every place behind it in the page is tried, and the first that holds is the next
   *    fragment; without one, the next page.
   * The order matters: a record may contain bytes that look like fragments, and only case 3 would
   * take them for such.
   */
  private final OpenFile file;
  private final int number;
  private final Consumer<ByteBuffer> records;
  private final RecordAssembler assembler = new RecordAssembler(this);
  private final List<Damage> damages = new ArrayList<>();
  private final ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
  private final byte[] bytes = page.array();

  private long pageOffset;
  private int length;
  private long goodEnd;

  /// where zeros began that ought to last until the end of the file, -1 if there are none
  private long zerosOffset = -1;

  /// What a pass found.
  ///
  /// @param goodEnd the offset behind the last whole record
  record Result(List<Damage> damages, long goodEnd) {
    boolean hasTornTail() {
      return !damages.isEmpty() && damages.getLast().tornTail();
    }
  }

  FileScan(OpenFile file, int number, Consumer<ByteBuffer> records) {
    this.file = file;
    this.number = number;
    this.records = records;
  }

  Result run() {
    long sizeBytes = file.sizeBytes();
    for (pageOffset = 0; pageOffset < sizeBytes; pageOffset += PAGE_BYTES) {
      if (readPage()) {
        scanPage();
      }
    }
    assembler.finish();
    return new Result(damages.stream().map(this::judged).toList(), goodEnd);
  }

  @Override
  public void record(ByteBuffer record, long endOffset) {
    goodEnd = endOffset;
    records.accept(record);
  }

  @Override
  public void lost(long offset, long bytes, String what) {
    damages.add(new Damage(number, offset, bytes, what, false));
  }

  private Damage judged(Damage damage) {
    boolean torn = damage.offset() >= goodEnd;
    return new Damage(number, damage.offset(), damage.bytes(), damage.what(), torn);
  }

  private boolean readPage() {
    try {
      length = file.read(page.clear(), pageOffset);
      return true;
    } catch (StorageException unreadable) {
      lost(pageOffset, PAGE_BYTES, String.valueOf(unreadable.getMessage()));
      assembler.broken();
      return false;
    }
  }

  private void scanPage() {
    int at = 0;
    while (at < length && PAGE_BYTES - at >= HEADER_BYTES) {
      if (holds(at, declaredLength(at))) {
        at = take(at, declaredLength(at));
      } else if (isZeroFrom(at)) {
        zerosOffset = zerosOffset < 0 ? pageOffset + at : zerosOffset;
        return;
      } else {
        at = passOver(at);
      }
    }
  }

  private int take(int at, int fragmentLength) {
    if (zerosOffset >= 0) {
      lost(zerosOffset, pageOffset + at - zerosOffset, "zeros where records should be");
      assembler.broken();
      zerosOffset = -1;
    }
    assembler.fragment(bytes, at, fragmentLength, pageOffset);
    return at + HEADER_BYTES + fragmentLength;
  }

  private int passOver(int at) {
    int trueLength = lengthThatHolds(at);
    if (trueLength >= 0) {
      lost(pageOffset + at, 0, "a damaged length, which could be put right");
      return take(at, trueLength);
    }
    int end = at + HEADER_BYTES + declaredLength(at);
    int next = holds(end, declaredLength(end)) ? end : firstThatHolds(at + 1);
    lost(pageOffset + at, next - at, "a damaged record");
    assembler.broken();
    return next;
  }

  /// @return -1 if there is none
  private int lengthThatHolds(int at) {
    int declared = declaredLength(at);
    for (int other = 0; other < 256 && declared >= 0; other++) {
      int withLow = (declared & 0xFF00) | other;
      int withHigh = (declared & 0x00FF) | other << 8;
      if (holds(at, withLow)) {
        return withLow;
      }
      if (holds(at, withHigh)) {
        return withHigh;
      }
    }
    return -1;
  }

  /// @return the end of the page if there is none
  private int firstThatHolds(int from) {
    int at = from;
    while (at < length && !holds(at, declaredLength(at))) {
      at++;
    }
    return at;
  }

  /// @return -1 if there is no room for a header
  private int declaredLength(int at) {
    if (at + HEADER_BYTES > length) {
      return -1;
    }
    return page.getShort(at + LogFormat.LENGTH_OFFSET) & 0xFFFF;
  }

  private boolean holds(int at, int fragmentLength) {
    int payload = at + HEADER_BYTES;
    if (fragmentLength < 0 || payload + fragmentLength > length || !LogFormat.isType(bytes[at])) {
      return false;
    }
    if (fragmentLength == 0) {
      boolean isFirst = (bytes[at] & LogFormat.TYPE_MASK) == LogFormat.FIRST;
      return isFirst && payload == PAGE_BYTES; // the only fragment that a writer leaves empty
    }
    return page.getInt(at + LogFormat.CHECKSUM_OFFSET)
        == LogFormat.checksum(bytes, payload, fragmentLength);
  }

  private boolean isZeroFrom(int from) {
    for (int at = from; at < length; at++) {
      if (bytes[at] != 0) {
        return false;
      }
    }
    return true;
  }
}
