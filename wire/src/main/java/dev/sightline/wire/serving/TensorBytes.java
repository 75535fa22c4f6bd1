package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads the values of a tensor from bytes, as Triton's binary tensor data extension has them.
///
/// | Datatype                                 | Bytes of a value, little-endian              |
/// |------------------------------------------|----------------------------------------------|
/// | `BOOL`, `INT8`, `UINT8`                  | 1                                            |
/// | `INT16`, `UINT16`, `FP16`, `BF16`        | 2; `BF16` is the upper half of an `FP32`     |
/// | `INT32`, `UINT32`, `FP32`                | 4                                            |
/// | `INT64`, `UINT64`, `FP64`                | 8                                            |
/// | `BYTES`                                  | 4 for the length, then as many, text in UTF-8 |
final class TensorBytes {
  private static final int BF16_SHIFT = 16;
  private static final int LENGTH_BYTES = 4;

  private TensorBytes() {}

  static List<Datum> read(String datatype, ByteBuffer bytes) {
    ByteBuffer in = bytes.order(ByteOrder.LITTLE_ENDIAN);
    int width = width(datatype);
    if (width > 0 && in.remaining() % width != 0) {
      throw new PayloadException(
          in.remaining() + " bytes are no whole number of values of " + datatype);
    }
    List<Datum> values = new ArrayList<>(width > 0 ? in.remaining() / width : 0);
    while (in.hasRemaining()) {
      values.add(value(datatype, in));
    }
    return values;
  }

  private static int width(String datatype) {
    return switch (datatype) {
      case "BOOL", "INT8", "UINT8" -> 1;
      case "INT16", "UINT16", "FP16", "BF16" -> 2;
      case "INT32", "UINT32", "FP32" -> 4;
      case "INT64", "UINT64", "FP64" -> 8;
      case "BYTES" -> 0;
      default -> throw new PayloadException("the datatype of a binary tensor is not known");
    };
  }

  private static Datum value(String datatype, ByteBuffer in) {
    return switch (datatype) {
      case "BOOL" -> new Datum.Flag(in.get() != 0);
      case "BYTES" -> new Datum.Text(text(in));
      default -> new Datum.Amount(number(datatype, in));
    };
  }

  private static double number(String datatype, ByteBuffer in) {
    return switch (datatype) {
      case "INT8" -> in.get();
      case "UINT8" -> Byte.toUnsignedInt(in.get());
      case "INT16" -> in.getShort();
      case "UINT16" -> Short.toUnsignedInt(in.getShort());
      case "FP16" -> Float.float16ToFloat(in.getShort());
      case "BF16" -> Float.intBitsToFloat(in.getShort() << BF16_SHIFT);
      case "INT32" -> in.getInt();
      case "UINT32" -> Integer.toUnsignedLong(in.getInt());
      case "FP32" -> in.getFloat();
      case "INT64" -> in.getLong();
      case "UINT64" -> unsigned(in.getLong());
      default -> in.getDouble();
    };
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }

  private static String text(ByteBuffer in) {
    int length = in.remaining() < LENGTH_BYTES ? -1 : in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new PayloadException("a text of a binary tensor is longer than the tensor");
    }
    byte[] text = new byte[length];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
