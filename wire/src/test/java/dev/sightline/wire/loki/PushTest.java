package dev.sightline.wire.loki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogBatch;
import dev.sightline.testkit.Seeds;
import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PushTest {
  private static List<String> rows(PushJson.Push push) {
    LogBatch batch = push.batch();
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      String line = new String(batch.line(i), StandardCharsets.UTF_8);
      rows.add(batch.stream(i) + " " + batch.timestampNs(i) + " " + line + " " + batch.metadata(i));
    }
    return rows;
  }

  private static PushJson.Push json(String text) {
    return PushJson.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsJson() {
    PushJson.Push push =
        json(
            "{\"streams\": [{\"values\": [[\"1\", \"a\"], [\"2\", \"ü\", {\"k\": \"v\"}]],"
                + " \"stream\": {\"app\": \"x\"}, \"other\": [1]}, {\"stream\": {}}]}");
    assertThat(rows(push)).containsExactly("{app=\"x\"} 1 a {}", "{app=\"x\"} 2 ü {k=\"v\"}");
    assertThat(push.streams()).isEqualTo(2);
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> json(text)).isInstanceOf(PushException.class).hasMessage(message);
  }

  @Test
  void saysWhatIsWrong() {
    refused("[]", "expected an object, in line 1, column 2");
    refused("{\"streams\":{}}", "expected \"streams\" as a list, in line 1, column 13");
    refused(
        "{\"streams\":[{\"stream\":{\"a\":1}}]}",
        "expected \"stream\" as an object of texts, in line 1, column 29");
    refused(
        "{\"streams\":[{\"values\":[[1,\"x\"]]}]}",
        "expected the time of an entry as a text, in line 1, column 26");
    refused(
        "{\"streams\":[{\"values\":[[\"1.5\",\"x\"]]}]}",
        "the time of an entry must be Unix nanoseconds, found \"1.5\", in line 1, column 30");
    refused(
        "{\"streams\":[{\"values\":[[\"1\",2]]}]}",
        "expected the line of an entry as a text, in line 1, column 30");
    assertThatThrownBy(() -> json("{\"streams\":["))
        .isInstanceOf(PushException.class)
        .hasMessageStartingWith("the push is no JSON: ");
  }

  /// One field of a protobuf message.
  private static byte[] field(int number, byte[]... parts) {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(inner::writeBytes);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(number << 3 | 2);
    out.writeBytes(varint(inner.size()));
    out.writeBytes(inner.toByteArray());
    return out.toByteArray();
  }

  private static byte[] varint(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rest = value;
    while (rest >= 0x80) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteArray();
  }

  private static byte[] number(int field, long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(field << 3);
    out.writeBytes(varint(value));
    return out.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] push() {
    byte[] metadata = field(3, field(1, text("k")), field(2, text("v")));
    byte[] entry =
        field(2, field(1, number(1, 7), number(2, 5)), field(2, text("a line")), metadata);
    return field(1, field(1, text("x")), entry, number(3, 99));
  }

  private static byte[] snappy(byte[] plain) {
    SnappyJavaCompressor compressor = new SnappyJavaCompressor();
    byte[] out = new byte[compressor.maxCompressedLength(plain.length)];
    int size = compressor.compress(plain, 0, plain.length, out, 0, out.length);
    return Arrays.copyOf(out, size);
  }

  @Test
  void readsProtobuf() {
    PushJson.Push push =
        PushProtobuf.read(snappy(push()), 1_000, labels -> Labels.of("app", labels));
    assertThat(rows(push)).containsExactly("{app=\"x\"} 7000000005 a line {k=\"v\"}");
    assertThatThrownBy(() -> PushProtobuf.read(snappy(push()), 10, _ -> Labels.EMPTY))
        .isInstanceOf(PushException.class)
        .hasMessage("the push has " + push().length + " bytes decompressed, the limit is 10");
  }

  @Test
  void anyBytesAreReadOrRefused() {
    Seeds.check(
        20_000,
        seed -> {
          Random random = new Random(seed);
          boolean outside = random.nextBoolean();
          byte[] bytes = outside ? snappy(push()) : push();
          for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
          }
          bytes = Arrays.copyOf(bytes, bytes.length - random.nextInt(3));
          byte[] sent = outside ? bytes : snappy(bytes);
          try {
            assertThat(PushProtobuf.read(sent, 10_000, _ -> Labels.EMPTY)).isNotNull();
          } catch (PushException refused) {
            assertThat(refused).hasMessageNotContaining("null");
          }
        });
  }

  private static void level(String line, String level) {
    assertThat(LevelDetection.levelOf(Labels.EMPTY, Labels.EMPTY, text(line)))
        .as(line)
        .isEqualTo(level);
  }

  @Test
  void findsLevels() {
    level("{\"msg\": \"error\", \"level\": \"WARN\"}", "warn");
    level("ts=1 level=info msg=\"an error\"", "info");
    level("2026-01-01 ERROR no features", "error");
    level("[Warning] late", "warn");
    level("panic: runtime", "fatal");
    level("terrors of levels", "unknown");
    level("", "unknown");
    Labels debug = Labels.of("level", "DEBUG");
    assertThat(LevelDetection.levelOf(debug, Labels.EMPTY, text("error"))).isEqualTo("debug");
    assertThat(LevelDetection.levelOf(Labels.EMPTY, debug, text("error"))).isEqualTo("debug");
  }
}
