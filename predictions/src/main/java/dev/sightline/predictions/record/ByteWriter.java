package dev.sightline.predictions.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes that grow as values are written; owned by one thread.
final class ByteWriter {
  private byte[] bytes = new byte[256];
  private int size;

  void writeByte(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  /// Eight bytes, big-endian.
  void writeLong(long value) {
    reserve(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  void writeDouble(double value) {
    writeLong(Double.doubleToRawLongBits(value));
  }

  /// Seven bits a byte, the lowest first.
  void writeUnsigned(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    writeByte((int) rest);
  }

  /// Signed numbers, small ones of either sign in few bytes.
  void writeZigzag(long value) {
    writeUnsigned((value << 1) ^ (value >> 63));
  }

  void writeText(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    writeUnsigned(encoded.length);
    reserve(encoded.length);
    System.arraycopy(encoded, 0, bytes, size, encoded.length);
    size += encoded.length;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
