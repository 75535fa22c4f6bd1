package dev.sightline.testkit;

import dev.sightline.model.label.Labels;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A remote write as a sender makes it, for tests.
public final class RemoteWriteBytes {
  private static final int LITERAL_BYTES = 1 << 16;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public RemoteWriteBytes series(Series series) {
    field(out, 1, series.out.toByteArray());
    return this;
  }

  public RemoteWriteBytes metadata(int type, String family, String help, String unit) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(1 << 3);
    varint(message, type);
    field(message, 2, utf8(family));
    field(message, 4, utf8(help));
    field(message, 5, utf8(unit));
    field(out, 3, message.toByteArray());
    return this;
  }

  public byte[] plain() {
    return out.toByteArray();
  }

  public byte[] snappy() {
    return snappy(plain());
  }

  /// A snappy block without any copies in it, which every decoder reads.
  public static byte[] snappy(byte[] plain) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    varint(block, plain.length);
    for (int at = 0; at < plain.length; at += LITERAL_BYTES) {
      int length = Math.min(LITERAL_BYTES, plain.length - at);
      block.write(61 << 2);
      block.write(length - 1);
      block.write(length - 1 >>> 8);
      block.write(plain, at, length);
    }
    return block.toByteArray();
  }

  /// One series in the making.
  public static final class Series {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public Series labels(Labels labels) {
      labels.toMap().forEach(this::label);
      return this;
    }

    public Series label(String name, String value) {
      return label(name, utf8(value));
    }

    public Series label(String name, byte[] value) {
      field(out, 1, pair(name, value));
      return this;
    }

    public Series sample(double value, long timestampMs) {
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      number(message, 1, value);
      message.write(2 << 3);
      varint(message, timestampMs);
      field(out, 2, message.toByteArray());
      return this;
    }

    /// A native histogram without buckets, and with no more than its sum and time.
    public Series histogram(double sum, long timestampMs) {
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      number(message, 3, sum);
      message.write(15 << 3);
      varint(message, timestampMs);
      field(out, 4, message.toByteArray());
      return this;
    }

    public Series exemplar(Labels labels, double value, long timestampMs) {
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      labels.toMap().forEach((name, text) -> field(message, 1, pair(name, utf8(text))));
      number(message, 2, value);
      message.write(3 << 3);
      varint(message, timestampMs);
      field(out, 3, message.toByteArray());
      return this;
    }

    private static byte[] pair(String name, byte[] value) {
      ByteArrayOutputStream pair = new ByteArrayOutputStream();
      field(pair, 1, utf8(name));
      field(pair, 2, value);
      return pair.toByteArray();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void number(ByteArrayOutputStream into, int field, double value) {
    into.write(field << 3 | 1);
    into.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
  }

  private static void field(ByteArrayOutputStream into, int field, byte[] content) {
    into.write(field << 3 | 2);
    varint(into, content.length);
    into.writeBytes(content);
  }

  private static void varint(ByteArrayOutputStream into, long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      into.write((int) (left & 0x7f | 0x80));
      left >>>= 7;
    }
    into.write((int) left);
  }
}
