package dev.sightline.wire.whylogs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes the fields of one protobuf message; what is 0 or empty is left out.
final class ProtoOutput {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ProtoOutput integer(int field, long value) {
    if (value != 0) {
      tag(field, VARINT).varint(value);
    }
    return this;
  }

  /// Also where it is 0: one of several that may stand there.
  ProtoOutput integerAlways(int field, long value) {
    return tag(field, VARINT).varint(value);
  }

  /// Also where it is 0: one of several that may stand there.
  ProtoOutput numberAlways(int field, double value) {
    tag(field, FIXED_64);
    byte[] bytes =
        ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array();
    out.writeBytes(bytes);
    return this;
  }

  ProtoOutput text(int field, String text) {
    return text.isEmpty() ? this : bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  ProtoOutput bytes(int field, byte[] bytes) {
    return tag(field, BYTES).delimited(bytes);
  }

  ProtoOutput message(int field, ProtoOutput message) {
    return bytes(field, message.toBytes());
  }

  /// One entry of a map of texts.
  ProtoOutput entry(int field, String key, String value) {
    return message(field, new ProtoOutput().text(1, key).text(2, value));
  }

  /// Bytes behind their length, without a tag.
  ProtoOutput delimited(byte[] bytes) {
    varint(bytes.length);
    return raw(bytes);
  }

  ProtoOutput raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  int size() {
    return out.size();
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  private ProtoOutput tag(int field, int wire) {
    return varint((long) field << 3 | wire);
  }

  private ProtoOutput varint(long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      out.write((int) (left & 0x7f | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
    return this;
  }
}
