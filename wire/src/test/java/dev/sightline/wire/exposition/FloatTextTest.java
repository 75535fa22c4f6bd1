package dev.sightline.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Seeds;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FloatTextTest {
  private static double parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return FloatText.parse(bytes, 0, bytes.length);
  }

  private static void check(double value, String want) {
    assertThat(FloatText.of(value)).isEqualTo(want);
    assertThat(Double.valueOf(parse(want))).isEqualTo(Double.valueOf(value));
  }

  @Test
  void writesAsGoDoes() {
    check(0, "0");
    check(-0.0, "-0");
    check(1, "1");
    check(-12.5, "-12.5");
    check(100_000, "100000");
    check(1_000_000, "1e+06");
    check(1_234_567, "1.234567e+06");
    check(0.0001, "0.0001");
    check(0.00001, "1e-05");
    check(1.5e300, "1.5e+300");
    check(Double.NEGATIVE_INFINITY, "-Inf");
    check(Double.NaN, "NaN");
    assertThat(FloatText.withFraction(10)).isEqualTo("10.0");
    assertThat(FloatText.withFraction(1e6)).isEqualTo("1e+06");
    assertThat(FloatText.withFraction(Double.POSITIVE_INFINITY)).isEqualTo("+Inf");
  }

  @Test
  void readsWhatTheJdkReads() {
    Seeds.check(
        20_000,
        seed -> {
          Random random = new Random(seed);
          double value =
              switch (random.nextInt(3)) {
                case 0 -> Double.longBitsToDouble(random.nextLong());
                case 1 -> random.nextInt(1_000_000) / 1_000.0;
                default -> random.nextLong() / Math.pow(10, random.nextInt(25));
              };
          if (Double.isFinite(value)) {
            assertThat(parse(Double.toString(value))).isEqualTo(value);
            assertThat(parse(FloatText.of(value))).isEqualTo(value);
            String plain = new BigDecimal(value).toPlainString();
            if (plain.length() < FloatText.MAX_LENGTH) {
              assertThat(parse(plain)).isEqualTo(value);
            }
          }
        });
  }
}
