package dev.sightline.predictions.record;

import dev.sightline.model.prediction.Datum;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The bytes of one datum: a tag, and what the tag says follows.
///
/// | Tag | Datum | What follows |
/// |----:|-------|--------------|
/// | 0 | missing | – |
/// | 1 | number | 8 bytes of the double, big-endian |
/// | 2 | number without a fraction, not minus zero | zigzag varint |
/// | 3 | text | varint length, UTF-8 |
/// | 4, 5 | false, true | – |
/// | 6 | items | varint count, that many data |
/// | 7 | fields | varint count, that many times text and datum |
final class DatumCodec {
  private static final int MISSING = 0;
  private static final int DOUBLE = 1;
  private static final int INTEGER = 2;
  private static final int TEXT = 3;
  private static final int FALSE = 4;
  private static final int TRUE = 5;
  private static final int ITEMS = 6;
  private static final int FIELDS = 7;

  /// How deep items and fields may lie in each other.
  static final int MAX_DEPTH = 64;

  private DatumCodec() {}

  /// Whether a datum lies too deep to be read back; it must not be written.
  static boolean isTooDeep(Datum datum) {
    return switch (datum) {
      case Datum.Missing _, Datum.Amount _, Datum.Text _, Datum.Flag _ -> false;
      case Datum.Items _, Datum.Fields _ -> isDeeperThan(MAX_DEPTH, datum);
    };
  }

  /// How much memory a datum takes, about.
  static long bytes(Datum datum) {
    return 32
        + switch (datum) {
          case Datum.Missing _, Datum.Amount _, Datum.Flag _ -> 0;
          case Datum.Text(String value) -> 2L * value.length();
          case Datum.Items(List<Datum> values) ->
              values.stream().mapToLong(DatumCodec::bytes).sum();
          case Datum.Fields(Map<String, Datum> values) ->
              values.entrySet().stream()
                  .mapToLong(one -> 64 + 2L * one.getKey().length() + bytes(one.getValue()))
                  .sum();
        };
  }

  private static boolean isDeeperThan(int depth, Datum datum) {
    return depth < 0
        || switch (datum) {
          case Datum.Items(List<Datum> values) ->
              values.stream().anyMatch(value -> isDeeperThan(depth - 1, value));
          case Datum.Fields(Map<String, Datum> values) ->
              values.values().stream().anyMatch(value -> isDeeperThan(depth - 1, value));
          case Datum.Missing _, Datum.Amount _, Datum.Text _, Datum.Flag _ -> false;
        };
  }

  static void write(Datum datum, ByteSink into) {
    switch (datum) {
      case Datum.Missing() -> into.u8(MISSING);
      case Datum.Amount(double value) -> writeAmount(value, into);
      case Datum.Text(String value) -> {
        into.u8(TEXT);
        into.text(value);
      }
      case Datum.Flag(boolean value) -> into.u8(value ? TRUE : FALSE);
      case Datum.Items(List<Datum> values) -> {
        into.u8(ITEMS);
        into.uvarint(values.size());
        values.forEach(value -> write(value, into));
      }
      case Datum.Fields(Map<String, Datum> values) -> {
        into.u8(FIELDS);
        writeFields(values, into);
      }
    }
  }

  static void writeFields(Map<String, Datum> values, ByteSink into) {
    into.uvarint(values.size());
    values.forEach(
        (name, value) -> {
          into.text(name);
          write(value, into);
        });
  }

  static Datum read(ByteSource from) {
    return read(from, 0);
  }

  /// Shows a datum where it lies, unless it is missing, items or fields.
  static void visit(byte[] record, ByteSource from, FieldWalk.Value value) {
    int tag = from.u8();
    switch (tag) {
      case DOUBLE -> value.number(from.f64());
      case INTEGER -> value.number((double) from.varint());
      case TEXT -> {
        int length = from.length();
        value.text(record, from.position(), length);
        from.skip(length);
      }
      case FALSE -> value.flag(false);
      case TRUE -> value.flag(true);
      case MISSING -> {}
      case ITEMS, FIELDS -> skipContent(tag, from, 0);
      default -> throw unknown(tag);
    }
  }

  static Map<String, Datum> readFields(ByteSource from) {
    return readFields(from, 0);
  }

  /// Passes over a datum, and refuses what [#read] would refuse.
  static void skip(ByteSource from) {
    skip(from, 0);
  }

  static void skipFields(ByteSource from) {
    skipFields(from, 0);
  }

  private static void skip(ByteSource from, int depth) {
    requireDepth(depth);
    skipContent(from.u8(), from, depth);
  }

  private static void skipContent(int tag, ByteSource from, int depth) {
    switch (tag) {
      case MISSING, FALSE, TRUE -> {}
      case DOUBLE -> from.skip(Double.BYTES);
      case INTEGER -> from.uvarint();
      case TEXT -> from.skip(from.length());
      case ITEMS -> {
        for (int left = from.length(); left > 0; left--) {
          skip(from, depth + 1);
        }
      }
      case FIELDS -> skipFields(from, depth + 1);
      default -> throw unknown(tag);
    }
  }

  private static void skipFields(ByteSource from, int depth) {
    for (int left = from.length(); left > 0; left--) {
      from.skip(from.length());
      skip(from, depth);
    }
  }

  private static void requireDepth(int depth) {
    if (depth > MAX_DEPTH) {
      throw new BadBytesException("nested deeper than " + MAX_DEPTH);
    }
  }

  private static BadBytesException unknown(int tag) {
    return new BadBytesException("a datum of the unknown kind " + tag);
  }

  private static Datum read(ByteSource from, int depth) {
    requireDepth(depth);
    int tag = from.u8();
    return switch (tag) {
      case MISSING -> new Datum.Missing();
      case DOUBLE -> new Datum.Amount(from.f64());
      case INTEGER -> new Datum.Amount((double) from.varint());
      case TEXT -> new Datum.Text(from.text());
      case FALSE -> new Datum.Flag(false);
      case TRUE -> new Datum.Flag(true);
      case ITEMS -> {
        int count = from.length();
        List<Datum> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
          values.add(read(from, depth + 1));
        }
        yield new Datum.Items(values);
      }
      case FIELDS -> new Datum.Fields(readFields(from, depth + 1));
      default -> throw unknown(tag);
    };
  }

  private static Map<String, Datum> readFields(ByteSource from, int depth) {
    int count = from.length();
    Map<String, Datum> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(from.text(), read(from, depth));
    }
    return values;
  }

  private static void writeAmount(double value, ByteSink into) {
    long whole = (long) value;
    if (Double.doubleToRawLongBits((double) whole) == Double.doubleToRawLongBits(value)
        && Math.abs(whole) < 1L << 53) {
      into.u8(INTEGER);
      into.varint(whole);
    } else {
      into.u8(DOUBLE);
      into.f64(value);
    }
  }
}
