package dev.sightline.logstore.record;

import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// A record of the log, taken apart: where its lines are in its bytes, and what tells each from all
/// others.
///
/// Not changed once it has its sequence.
public final class LinesRecord {
  private static final int LIKELY_LINE_BYTES = 128;

  private final byte[] bytes;
  private final List<Labels> streams = new ArrayList<>();

  /// by stream: where its labels are, and their hash
  private int[] labelsStart = new int[8];

  private int[] labelsEnd = new int[8];
  private long[] streamHash = new long[8];

  private int size;
  private int[] stream;
  private long[] timestampNs;
  private int[] bodyStart;
  private int[] bodyEnd;
  private int[] identity;
  private long firstSequence;
  private final long arrivalMs;

  private LinesRecord(byte[] bytes) {
    this.bytes = bytes;
    int likely = 4 + bytes.length / LIKELY_LINE_BYTES;
    stream = new int[likely];
    timestampNs = new long[likely];
    bodyStart = new int[likely];
    bodyEnd = new int[likely];
    identity = new int[likely];
    ByteSource source = new ByteSource(bytes);
    int type = source.u8();
    if (type != LinesFormat.LINES) {
      throw new BadBytesException(
          "a record of type " + type + ", which this version does not know");
    }
    firstSequence = source.u64();
    arrivalMs = source.u64();
    readLines(source);
  }

  /// @param bytes kept, not copied
  /// @throws BadBytesException if they are no record
  public static LinesRecord parse(byte[] bytes) {
    return new LinesRecord(bytes);
  }

  /// A record without lines.
  public static LinesRecord none() {
    return parse(new ByteSink(32).u8(LinesFormat.LINES).u64(0).u64(0).toArray());
  }

  private void readLines(ByteSource source) {
    long lastNs = 0;
    while (source.remaining() > 0) {
      if (size == stream.length) {
        grow();
      }
      int number = readStream(source);
      stream[size] = number;
      lastNs += source.varint();
      timestampNs[size] = lastNs;
      bodyStart[size] = source.position();
      LineBody.skipLabels(source);
      int metadataEnd = source.position();
      int length = source.length();
      int start = source.position();
      source.skip(length);
      bodyEnd[size] = source.position();
      identity[size] =
          LineIdentity.of(
              streamHash[number],
              lastNs,
              bytes,
              bodyStart[size],
              metadataEnd,
              start,
              bodyEnd[size]);
      size++;
    }
  }

  private int readStream(ByteSource source) {
    long number = source.uvarint();
    if (number < 0 || number > streams.size()) {
      throw new BadBytesException("stream " + number + " of " + streams.size());
    }
    if (number == streams.size()) {
      int count = streams.size();
      if (count == labelsStart.length) {
        labelsStart = Arrays.copyOf(labelsStart, 2 * count);
        labelsEnd = Arrays.copyOf(labelsEnd, 2 * count);
        streamHash = Arrays.copyOf(streamHash, 2 * count);
      }
      labelsStart[count] = source.position();
      streams.add(LineBody.readLabels(source));
      labelsEnd[count] = source.position();
      streamHash[count] = LineIdentity.ofStream(bytes, labelsStart[count], labelsEnd[count]);
    }
    return (int) number;
  }

  private void grow() {
    int larger = 2 * size;
    stream = Arrays.copyOf(stream, larger);
    timestampNs = Arrays.copyOf(timestampNs, larger);
    bodyStart = Arrays.copyOf(bodyStart, larger);
    bodyEnd = Arrays.copyOf(bodyEnd, larger);
    identity = Arrays.copyOf(identity, larger);
  }

  /// Gives the lines their numbers, in the bytes too.
  public void number(long first) {
    firstSequence = first;
    byte[] encoded = new ByteSink(16).u64(first).toArray();
    System.arraycopy(encoded, 0, bytes, LinesFormat.FIRST_SEQUENCE_OFFSET, encoded.length);
  }

  /// The same without some lines.
  public LinesRecord without(BitSet left) {
    ByteSink sink = new ByteSink(bytes.length);
    sink.bytes(bytes, 0, LinesFormat.HEADER_BYTES);
    int[] numbers = new int[streams.size()];
    Arrays.fill(numbers, -1);
    int known = 0;
    long lastNs = 0;
    for (int row = left.nextClearBit(0); row < size; row = left.nextClearBit(row + 1)) {
      int old = stream[row];
      boolean fresh = numbers[old] < 0;
      if (fresh) {
        numbers[old] = known++;
      }
      sink.uvarint(numbers[old]);
      if (fresh) {
        sink.bytes(bytes, labelsStart[old], labelsEnd[old] - labelsStart[old]);
      }
      sink.varint(timestampNs[row] - lastNs);
      lastNs = timestampNs[row];
      sink.bytes(bytes, bodyStart[row], bodyEnd[row] - bodyStart[row]);
    }
    return parse(sink.toArray());
  }

  /// Which lines repeat an earlier one of this record.
  public BitSet repeatedWithin() {
    BitSet repeated = new BitSet();
    if (isRising()) {
      return repeated;
    }
    int[] table = new int[Math.max(16, Integer.highestOneBit(size) * 4)];
    int mask = table.length - 1;
    for (int row = 0; row < size; row++) {
      int slot = identity[row] & mask;
      while (table[slot] != 0 && !isEqual(table[slot] - 1, row)) {
        slot = slot + 1 & mask;
      }
      if (table[slot] == 0) {
        table[slot] = row + 1;
      } else {
        repeated.set(row);
      }
    }
    return repeated;
  }

  /// Whether each line is later than those of its stream before it.
  private boolean isRising() {
    long[] newest = new long[streams.size()];
    Arrays.fill(newest, Long.MIN_VALUE);
    for (int row = 0; row < size; row++) {
      if (timestampNs[row] <= newest[stream[row]]) {
        return false;
      }
      newest[stream[row]] = timestampNs[row];
    }
    return true;
  }

  private boolean isEqual(int left, int right) {
    return identity[left] == identity[right]
        && stream[left] == stream[right]
        && timestampNs[left] == timestampNs[right]
        && Arrays.equals(
            bytes, bodyStart[left], bodyEnd[left], bytes, bodyStart[right], bodyEnd[right]);
  }

  public byte[] bytes() {
    return bytes;
  }

  /// How many lines there are.
  public int size() {
    return size;
  }

  public long firstSequence() {
    return firstSequence;
  }

  /// Behind the last line.
  public long endSequence() {
    return firstSequence + size;
  }

  public long arrivalMs() {
    return arrivalMs;
  }

  /// The streams of the record, by their numbers within it.
  public List<Labels> streams() {
    return streams;
  }

  public int stream(int row) {
    return stream[row];
  }

  public long timestampNs(int row) {
    return timestampNs[row];
  }

  public int bodyStart(int row) {
    return bodyStart[row];
  }

  /// Where the bytes of the line begin, within its body.
  public int lineStart(int row) {
    ByteSource body = body(row);
    LineBody.skipLabels(body);
    body.uvarint();
    return body.position();
  }

  public Labels metadata(int row) {
    return LineBody.readLabels(body(row));
  }

  private ByteSource body(int row) {
    return new ByteSource(bytes, bodyStart[row], bodyEnd[row] - bodyStart[row]);
  }

  public int bodyEnd(int row) {
    return bodyEnd[row];
  }

  /// A hash of stream, time, metadata and line; part of the format of blocks.
  public int identity(int row) {
    return identity[row];
  }
}
