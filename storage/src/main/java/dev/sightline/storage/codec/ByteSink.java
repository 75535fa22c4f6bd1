package dev.sightline.storage.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// Bytes in the making, in an array that grows: numbers big-endian or as varints, as Prometheus's
/// formats write them.
///
/// Owned by one thread.
public final class ByteSink {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int size;

  public ByteSink() {
    this(256);
  }

  public ByteSink(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  public ByteSink u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  public ByteSink u32(long value) {
    room(4);
    INT.set(bytes, size, (int) value);
    size += 4;
    return this;
  }

  public ByteSink u64(long value) {
    room(8);
    LONG.set(bytes, size, value);
    size += 8;
    return this;
  }

  /// The bits of a double, as [#u64].
  public ByteSink f64(double value) {
    return u64(Double.doubleToRawLongBits(value));
  }

  /// Seven bits a byte, the lowest first.
  public ByteSink uvarint(long value) {
    room(10);
    long left = value;
    while ((left & ~0x7fL) != 0) {
      bytes[size++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
    return this;
  }

  /// Zigzag, so that small negative numbers are short too.
  public ByteSink varint(long value) {
    return uvarint(value << 1 ^ value >> 63);
  }

  public ByteSink bytes(byte[] from, int offset, int length) {
    room(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
    return this;
  }

  public ByteSink bytes(byte[] from) {
    return bytes(from, 0, from.length);
  }

  /// The length in bytes and then the text in UTF-8.
  public ByteSink text(String text) {
    int length = text.length();
    int start = size;
    uvarint(length);
    room(length);
    for (int i = 0; i < length; i++) {
      char unit = text.charAt(i);
      if (unit >= 0x80) {
        size = start;
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return uvarint(utf8.length).bytes(utf8);
      }
      bytes[size + i] = (byte) unit; // most texts are ASCII, and need no array of their own
    }
    size += length;
    return this;
  }

  /// The CRC-32C of what stands behind `from`.
  public ByteSink checksum(int from) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, size - from);
    return u32(crc.getValue());
  }

  /// Zeros up to the next multiple of `alignment`, counted from `origin`.
  public ByteSink pad(long origin, int alignment) {
    while ((origin + size) % alignment != 0) {
      u8(0);
    }
    return this;
  }

  public int size() {
    return size;
  }

  /// Empties the sink and keeps its memory.
  public void clear() {
    size = 0;
  }

  public byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  /// What is in the sink, valid until the next change.
  public ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
