package dev.sightline.storage.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// Reads what [ByteSink] writes, from a stretch of an array.
///
/// Owned by one thread. Every method throws [BadBytesException] at the end of the stretch.
public final class ByteSource {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int end;
  private int position;

  public ByteSource(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  public ByteSource(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.position = offset;
    this.end = offset + length;
  }

  /// Reads what remains in a buffer that lies on the heap.
  public static ByteSource of(ByteBuffer buffer) {
    return new ByteSource(
        buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
  }

  public int u8() {
    need(1);
    return bytes[position++] & 0xff;
  }

  public long u32() {
    need(4);
    position += 4;
    return (int) INT.get(bytes, position - 4) & 0xffff_ffffL;
  }

  public long u64() {
    need(8);
    position += 8;
    return (long) LONG.get(bytes, position - 8);
  }

  public double f64() {
    return Double.longBitsToDouble(u64());
  }

  public long uvarint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = u8();
      value |= (next & 0x7fL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new BadBytesException("a number of more than 10 bytes at " + position);
  }

  public long varint() {
    long zigzag = uvarint();
    return zigzag >>> 1 ^ -(zigzag & 1);
  }

  /// A count or length that the rest can hold, given that each unit takes at least a byte.
  public int length() {
    long length = uvarint();
    if (length < 0 || length > remaining()) {
      throw new BadBytesException(
          "length " + length + " at " + position + ", but only " + remaining() + " bytes are left");
    }
    return (int) length;
  }

  public String text() {
    int length = length();
    position += length;
    return new String(bytes, position - length, length, StandardCharsets.UTF_8);
  }

  public byte[] bytes(int length) {
    need(length);
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  public ByteSource skip(int length) {
    need(length);
    position += length;
    return this;
  }

  /// Where the next byte is read, in the array.
  public int position() {
    return position;
  }

  public int remaining() {
    return end - position;
  }

  /// Reads the CRC-32C of the `length` bytes at `from`, and holds it against them.
  public void checksum(int from, int length) {
    long found = crc(bytes, from, length);
    long expected = u32();
    if (found != expected) {
      throw new BadBytesException(
          "checksum %08x at %d, expected %08x".formatted(found, position - 4, expected));
    }
  }

  public static long crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return crc.getValue();
  }

  private void need(int count) {
    if (count < 0 || end - position < count) {
      throw new BadBytesException(
          "ends at " + end + ", expected " + count + " more bytes at " + position);
    }
  }
}
