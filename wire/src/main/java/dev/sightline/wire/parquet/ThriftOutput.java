package dev.sightline.wire.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/// Writes Thrift's compact protocol: the little of it that Parquet's headers need.
final class ThriftOutput {
  private static final int TRUE = 1;
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /// the number of the field written last, of each struct that is open
  private final ArrayDeque<Integer> last = new ArrayDeque<>();

  ThriftOutput() {
    last.push(0);
  }

  ThriftOutput number(int field, int value) {
    field(field, I32);
    return varint(zigzag(value));
  }

  ThriftOutput large(int field, long value) {
    field(field, I64);
    return varint(zigzag(value));
  }

  ThriftOutput text(int field, String value) {
    field(field, BINARY);
    return bytes(value);
  }

  ThriftOutput yes(int field) {
    field(field, TRUE);
    return this;
  }

  ThriftOutput begin(int field) {
    field(field, STRUCT);
    last.push(0);
    return this;
  }

  /// A struct as an element of a list.
  ThriftOutput element() {
    last.push(0);
    return this;
  }

  ThriftOutput end() {
    out.write(0);
    last.pop();
    return this;
  }

  ThriftOutput structs(int field, int count) {
    return list(field, count, STRUCT);
  }

  ThriftOutput numbers(int field, int... values) {
    list(field, values.length, I32);
    for (int value : values) {
      varint(zigzag(value));
    }
    return this;
  }

  ThriftOutput texts(int field, String... values) {
    list(field, values.length, BINARY);
    for (String value : values) {
      bytes(value);
    }
    return this;
  }

  private ThriftOutput list(int field, int count, int type) {
    field(field, LIST);
    if (count < 15) {
      out.write(count << 4 | type);
    } else {
      out.write(0xF0 | type);
      varint(count);
    }
    return this;
  }

  private ThriftOutput bytes(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    varint(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  private void field(int field, int type) {
    int before = last.pop();
    last.push(field);
    out.write(field - before << 4 | type);
  }

  private static long zigzag(long value) {
    return value << 1 ^ value >> 63;
  }

  private ThriftOutput varint(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) (left & 0x7F | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
    return this;
  }

  /// All that was written, the outermost struct ended.
  byte[] toByteArray() {
    out.write(0);
    return out.toByteArray();
  }
}
