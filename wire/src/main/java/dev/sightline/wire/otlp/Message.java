package dev.sightline.wire.otlp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Reads the fields of one protobuf message.
final class Message {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;
  private static final int MAX_VARINT_BITS = 70;

  private final ByteBuffer bytes;
  private int wire;

  Message(ByteBuffer bytes) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /// @return the number of the next field, or 0 at the end
  int field() {
    if (!bytes.hasRemaining()) {
      return 0;
    }
    long tag = varint();
    wire = (int) (tag & 7);
    long number = tag >>> 3;
    if (number == 0 || number >= 1 << 29) {
      throw new OtlpException("a field of number " + number);
    }
    return (int) number;
  }

  /// A whole number, of whatever size it was written in.
  long integer() {
    return switch (wire) {
      case VARINT -> varint();
      case FIXED_64 -> need(Long.BYTES).getLong();
      case FIXED_32 -> need(Integer.BYTES).getInt();
      default -> throw new OtlpException("bytes where a number belongs");
    };
  }

  double number() {
    if (wire != FIXED_64) {
      throw new OtlpException("something else where a double belongs");
    }
    return need(Double.BYTES).getDouble();
  }

  Message message() {
    return new Message(part());
  }

  String text() {
    return StandardCharsets.UTF_8.decode(part()).toString();
  }

  String hex() {
    ByteBuffer part = part();
    byte[] copy = new byte[part.remaining()];
    part.get(copy);
    return HexFormat.of().formatHex(copy);
  }

  void skip() {
    if (wire == BYTES) {
      part();
    } else {
      integer();
    }
  }

  private ByteBuffer part() {
    if (wire != BYTES) {
      throw new OtlpException("a number where a message or text belongs");
    }
    long length = varint();
    if (length < 0 || length > bytes.remaining()) {
      throw new OtlpException("a part of " + length + " bytes where " + bytes.remaining() + " are");
    }
    ByteBuffer part = bytes.slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    return part;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
      int each = need(1).get();
      value |= (long) (each & 0x7f) << shift;
      if (each >= 0) {
        return value;
      }
    }
    throw new OtlpException("a number without an end");
  }

  private ByteBuffer need(int size) {
    if (bytes.remaining() < size) {
      throw new OtlpException("the request ends early");
    }
    return bytes;
  }
}
