package dev.sightline.tsdb.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sightline.model.series.Staleness;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.testkit.Seeds;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class XorChunkTest {
  /// Bits worked out by hand from the table in [XorFormat].
  @Test
  void hasTheBytesOfPrometheus() {
    check("0000");
    // count 1, zigzag varint of 1000 is 2000 = 0xd0 0x0f, 1.0
    check("0001 d00f 3ff0000000000000", 1000, 1.0);
    // delta 15000 = 0x98 0x75, then value bit 0
    check("0002 d00f 3ff0000000000000 9875 00", 1000, 1.0, 16000, 1.0);
    // 1.0 ^ 2.0 = 0x7ff0…: 11 leading=00001 width=001011, 11 ones; then 0 0: the same again
    check("0003 d00f 3ff0000000000000 9875 c25f ff 00", 1000, 1.0, 16000, 2.0, 31000, 2.0);
    // difference of deltas 1: 10 00000000000001, value 0
    check("0003 00 0000000000000000 01 40 00 80", 0, 0.0, 1, 0.0, 3, 0.0);
  }

  @Test
  void keepsDifferencesAtTheEdgesOfTheirRanges() {
    long[] edges = {8191, 8192, 8193, 65535, 65536, 65537, 524287, 524288, 524289, 1L << 40};
    for (long edge : edges) {
      for (long difference : new long[] {edge, -edge}) {
        long base = 1L << 41;
        checkRoundTrip(
            new long[] {-5, base, 2 * base + difference, 3 * base + difference},
            new long[] {1, 2, 3, 4});
      }
    }
    checkRoundTrip(
        new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}, new long[] {-1, 0, Long.MIN_VALUE, 1});
  }

  @Test
  void keepsEveryBitOfEveryValue() {
    Seeds.check(
        2_000,
        seed -> {
          Random random = new Random(seed);
          int count = 1 + random.nextInt(240);
          long[] timestampsMs = new long[count];
          long[] bits = new long[count];
          long timeMs = random.nextLong() >> 20;
          long value = Double.doubleToRawLongBits(random.nextInt(100));
          for (int i = 0; i < count; i++) {
            timeMs +=
                1
                    + (random.nextInt(4) == 0
                        ? random.nextLong() >>> 24 + random.nextInt(39)
                        : 15_000);
            timestampsMs[i] = timeMs;
            value = nextBits(random, value);
            bits[i] = value;
          }
          checkRoundTrip(timestampsMs, bits);
        });
  }

  @Test
  void answersDamagedBytesWithItsOwnException() {
    Seeds.check(
        2_000,
        seed -> {
          Random random = new Random(seed);
          byte[] bytes = new byte[random.nextInt(60)];
          random.nextBytes(bytes);
          assertThatCode(
                  () -> {
                    try {
                      XorCursor cursor = new XorCursor(bytes);
                      while (cursor.next()) {}
                    } catch (BadBytesException _) {
                      // what it promises
                    }
                  })
              .doesNotThrowAnyException();
        });
  }

  private static long nextBits(Random random, long before) {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextLong();
      case 1 -> Staleness.MARKER_BITS;
      case 2 -> 0x7ff8000000000001L | random.nextInt(1000);
      case 3 -> Double.doubleToRawLongBits(random.nextInt(10) / 10.0);
      case 4 -> Double.doubleToRawLongBits(Double.longBitsToDouble(before) + 1);
      case 5 -> 1L << random.nextInt(64);
      default -> before;
    };
  }

  private static void check(String hex, double... timesAndValues) {
    XorAppender appender = new XorAppender();
    for (int i = 0; i < timesAndValues.length; i += 2) {
      appender.append((long) timesAndValues[i], timesAndValues[i + 1]);
    }
    assertThat(HexFormat.of().formatHex(appender.toChunk())).isEqualTo(hex.replace(" ", ""));
  }

  private static void checkRoundTrip(long[] timestampsMs, long[] bits) {
    XorAppender appender = new XorAppender();
    for (int i = 0; i < bits.length; i++) {
      appender.append(timestampsMs[i], Double.longBitsToDouble(bits[i]));
    }
    checkReads(new XorCursor(appender.toChunk()), timestampsMs, bits, bits.length);
    checkReads(
        new XorCursor(appender.bytes(), bits.length / 2), timestampsMs, bits, bits.length / 2);
  }

  private static void checkReads(XorCursor cursor, long[] timestampsMs, long[] bits, int count) {
    long[] readMs = new long[count];
    long[] readBits = new long[count];
    for (int i = 0; i < count; i++) {
      assertThat(cursor.next()).isTrue();
      readMs[i] = cursor.timestampMs();
      readBits[i] = Double.doubleToRawLongBits(cursor.value());
    }
    assertThat(cursor.next()).isFalse();
    assertThat(readMs).isEqualTo(Arrays.copyOf(timestampsMs, count));
    assertThat(readBits).isEqualTo(Arrays.copyOf(bits, count));
  }
}
