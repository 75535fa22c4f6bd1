package dev.sightline.predictions.record;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Reads what [ByteWriter] wrote. Every length is checked against what is left before anything is
/// allocated.
final class ByteReader {
  private final ByteBuffer bytes;

  /// @param bytes from position to limit
  ByteReader(ByteBuffer bytes) {
    this.bytes = bytes.slice();
  }

  int readByte() {
    try {
      return bytes.get() & 0xFF;
    } catch (BufferUnderflowException _) {
      throw new UnreadableRecordException("the record ends early");
    }
  }

  long readLong() {
    if (bytes.remaining() < 8) {
      throw new UnreadableRecordException("the record ends early");
    }
    return bytes.getLong();
  }

  double readDouble() {
    return Double.longBitsToDouble(readLong());
  }

  long readUnsigned() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = readByte();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new UnreadableRecordException("a number of more than ten bytes");
  }

  long readZigzag() {
    long value = readUnsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  /// A count of things of at least one byte each.
  int readCount() {
    long count = readUnsigned();
    if (count < 0 || count > bytes.remaining()) {
      throw new UnreadableRecordException(
          "a count of " + count + " with " + bytes.remaining() + " bytes left");
    }
    return (int) count;
  }

  void skip(int count) {
    if (count > bytes.remaining()) {
      throw new UnreadableRecordException("the record ends early");
    }
    bytes.position(bytes.position() + count);
  }

  void skipText() {
    skip(readCount());
  }

  String readText() {
    byte[] encoded = new byte[readCount()];
    bytes.get(encoded);
    return new String(encoded, StandardCharsets.UTF_8);
  }
}
