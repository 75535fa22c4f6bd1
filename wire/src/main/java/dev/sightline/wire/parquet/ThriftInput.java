package dev.sightline.wire.parquet;

import dev.sightline.wire.table.BadTableException;
import java.nio.charset.StandardCharsets;

/// Reads Thrift's compact protocol, in which Parquet's footer and page headers are written.
final class ThriftInput {
  static final int STOP = 0;
  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int I16 = 4;
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int MAP = 11;
  private static final int STRUCT = 12;
  private static final int DEEPEST = 32;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int type;

  ThriftInput(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /// Where the next byte lies.
  int at() {
    return at;
  }

  /// The number of the next field of a struct.
  ///
  /// @param before the number of the field before, 0 at first
  /// @return [#STOP] at the struct's end
  int field(int before) {
    int header = next();
    type = header & 0x0F;
    if (type == STOP) {
      return STOP;
    }
    int step = header >>> 4;
    return step == 0 ? (int) integer() : before + step;
  }

  boolean flag() {
    return type == TRUE;
  }

  /// A whole number of any size.
  long integer() {
    long raw = varint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  int small() {
    long value = integer();
    if (value != (int) value) {
      throw new BadTableException("a number of " + value + " where a small one belongs");
    }
    return (int) value;
  }

  String text() {
    int length = length(end - at);
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  /// How many elements the list has that begins here.
  int list() {
    int header = next();
    type = header & 0x0F;
    int size = header >>> 4;
    return size == 15 ? length(end - at) : size;
  }

  void skip() {
    skip(type, 0);
  }

  private void skip(int kind, int depth) {
    if (depth > DEEPEST) {
      throw new BadTableException("its description is nested deeper than " + DEEPEST);
    }
    switch (kind) {
      case TRUE, FALSE -> {}
      case BYTE -> next();
      case I16, I32, I64 -> varint();
      case DOUBLE -> move(Double.BYTES);
      case BINARY -> move(length(end - at));
      case LIST, SET -> skipList(depth);
      case MAP -> skipMap(depth);
      case STRUCT -> skipStruct(depth);
      default -> throw new BadTableException("its description holds a field of kind " + kind);
    }
  }

  private void skipList(int depth) {
    int size = list();
    int kind = type;
    for (int element = 0; element < size; element++) {
      skipElement(kind, depth);
    }
  }

  private void skipMap(int depth) {
    int size = length(end - at);
    int kinds = size == 0 ? 0 : next();
    for (int entry = 0; entry < size; entry++) {
      skipElement(kinds >>> 4, depth);
      skipElement(kinds & 0x0F, depth);
    }
  }

  /// Flags are in their type as fields, and a byte of their own in lists.
  private void skipElement(int kind, int depth) {
    if (kind == TRUE || kind == FALSE) {
      next();
    } else {
      skip(kind, depth + 1);
    }
  }

  private void skipStruct(int depth) {
    int number = 0;
    while ((number = field(number)) != STOP) {
      skip(type, depth + 1);
    }
  }

  private void move(int count) {
    if (count > end - at) {
      throw truncated();
    }
    at += count;
  }

  private int length(int most) {
    long length = varint();
    if (length < 0 || length > most) {
      throw new BadTableException("its description holds a length of " + length);
    }
    return (int) length;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int part = next();
      value |= (long) (part & 0x7F) << shift;
      if (part < 0x80) {
        return value;
      }
    }
    throw new BadTableException("its description holds a number without an end");
  }

  private int next() {
    if (at >= end) {
      throw truncated();
    }
    return bytes[at++] & 0xFF;
  }

  private static BadTableException truncated() {
    return new BadTableException("its description ends early");
  }
}
