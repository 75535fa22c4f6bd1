package dev.sightline.wire.whylogs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads the fields of one protobuf message.
final class ProtoInput {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int wire;

  ProtoInput(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  int at() {
    return at;
  }

  boolean isAtEnd() {
    return at >= end;
  }

  /// @return the number of the next field, or 0 at the end
  int field() {
    if (at >= end) {
      return 0;
    }
    long tag = varint();
    wire = (int) (tag & 7);
    if (tag >>> 3 == 0 || tag >>> 3 > 1 << 29) {
      throw new BadProfileException("a field of number " + (tag >>> 3));
    }
    return (int) (tag >>> 3);
  }

  boolean isBytes() {
    return wire == BYTES;
  }

  /// A whole number, of whatever size it was written in.
  long integer() {
    return switch (wire) {
      case VARINT -> varint();
      case FIXED_64 -> fixed(Long.BYTES).getLong();
      case FIXED_32 -> fixed(Integer.BYTES).getInt();
      default -> throw new BadProfileException("bytes where a number belongs");
    };
  }

  double number() {
    return switch (wire) {
      case FIXED_64 -> fixed(Double.BYTES).getDouble();
      case FIXED_32 -> fixed(Float.BYTES).getFloat();
      default -> integer();
    };
  }

  String text() {
    ProtoInput inner = message();
    return new String(bytes, inner.at, inner.end - inner.at, StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    ProtoInput inner = message();
    return Arrays.copyOfRange(bytes, inner.at, inner.end);
  }

  /// The message within this field.
  ProtoInput message() {
    if (wire != BYTES) {
      throw new BadProfileException("a number where a message belongs");
    }
    return delimited();
  }

  /// A message behind its length, without a tag.
  ProtoInput delimited() {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw new BadProfileException("a part of " + length + " bytes where " + (end - at) + " are");
    }
    int from = at;
    at += (int) length;
    return new ProtoInput(bytes, from, at);
  }

  void skip() {
    switch (wire) {
      case VARINT -> varint();
      case FIXED_64 -> fixed(Long.BYTES);
      case FIXED_32 -> fixed(Integer.BYTES);
      case BYTES -> delimited();
      default -> throw new BadProfileException("a field of kind " + wire);
    }
  }

  /// The raw number behind a field or before a message.
  long varint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at >= end) {
        throw new BadProfileException("the profile ends early");
      }
      int part = bytes[at++] & 0xFF;
      value |= (long) (part & 0x7F) << shift;
      if (part < 0x80) {
        return value;
      }
    }
    throw new BadProfileException("a number without an end");
  }

  private ByteBuffer fixed(int size) {
    if (size > end - at) {
      throw new BadProfileException("the profile ends early");
    }
    ByteBuffer value = ByteBuffer.wrap(bytes, at, size).order(ByteOrder.LITTLE_ENDIAN);
    at += size;
    return value;
  }
}
