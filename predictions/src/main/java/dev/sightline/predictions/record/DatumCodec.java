package dev.sightline.predictions.record;

import dev.sightline.model.prediction.Datum;
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
    return isDeeperThan(MAX_DEPTH, datum);
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

  static void write(Datum datum, ByteWriter into) {
    switch (datum) {
      case Datum.Missing() -> into.writeByte(MISSING);
      case Datum.Amount(double value) -> writeAmount(value, into);
      case Datum.Text(String value) -> {
        into.writeByte(TEXT);
        into.writeText(value);
      }
      case Datum.Flag(boolean value) -> into.writeByte(value ? TRUE : FALSE);
      case Datum.Items(List<Datum> values) -> {
        into.writeByte(ITEMS);
        into.writeUnsigned(values.size());
        values.forEach(value -> write(value, into));
      }
      case Datum.Fields(Map<String, Datum> values) -> {
        into.writeByte(FIELDS);
        writeFields(values, into);
      }
    }
  }

  static void writeFields(Map<String, Datum> values, ByteWriter into) {
    into.writeUnsigned(values.size());
    values.forEach(
        (name, value) -> {
          into.writeText(name);
          write(value, into);
        });
  }

  static Datum read(ByteReader from) {
    return read(from, 0);
  }

  static Map<String, Datum> readFields(ByteReader from) {
    return readFields(from, 0);
  }

  /// Passes over a datum, and refuses what [#read] would refuse.
  static void skip(ByteReader from) {
    skip(from, 0);
  }

  static void skipFields(ByteReader from) {
    skipFields(from, 0);
  }

  private static void skip(ByteReader from, int depth) {
    requireDepth(depth);
    int tag = from.readByte();
    switch (tag) {
      case MISSING, FALSE, TRUE -> {}
      case DOUBLE -> from.skip(Double.BYTES);
      case INTEGER -> from.readUnsigned();
      case TEXT -> from.skipText();
      case ITEMS -> {
        for (int left = from.readCount(); left > 0; left--) {
          skip(from, depth + 1);
        }
      }
      case FIELDS -> skipFields(from, depth + 1);
      default -> throw unknown(tag);
    }
  }

  private static void skipFields(ByteReader from, int depth) {
    for (int left = from.readCount(); left > 0; left--) {
      from.skipText();
      skip(from, depth);
    }
  }

  private static void requireDepth(int depth) {
    if (depth > MAX_DEPTH) {
      throw new UnreadableRecordException("nested deeper than " + MAX_DEPTH);
    }
  }

  private static UnreadableRecordException unknown(int tag) {
    return new UnreadableRecordException("a datum of the unknown kind " + tag);
  }

  private static Datum read(ByteReader from, int depth) {
    requireDepth(depth);
    int tag = from.readByte();
    return switch (tag) {
      case MISSING -> new Datum.Missing();
      case DOUBLE -> new Datum.Amount(from.readDouble());
      case INTEGER -> new Datum.Amount((double) from.readZigzag());
      case TEXT -> new Datum.Text(from.readText());
      case FALSE -> new Datum.Flag(false);
      case TRUE -> new Datum.Flag(true);
      case ITEMS -> {
        int count = from.readCount();
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

  private static Map<String, Datum> readFields(ByteReader from, int depth) {
    int count = from.readCount();
    Map<String, Datum> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(from.readText(), read(from, depth));
    }
    return values;
  }

  private static void writeAmount(double value, ByteWriter into) {
    long whole = (long) value;
    if (Double.doubleToRawLongBits((double) whole) == Double.doubleToRawLongBits(value)
        && Math.abs(whole) < 1L << 53) {
      into.writeByte(INTEGER);
      into.writeZigzag(whole);
    } else {
      into.writeByte(DOUBLE);
      into.writeDouble(value);
    }
  }
}
