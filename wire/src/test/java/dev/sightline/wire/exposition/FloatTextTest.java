package dev.sightline.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.series.ValueText;
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
            assertThat(parse(ValueText.of(value))).isEqualTo(value);
            String plain = new BigDecimal(value).toPlainString();
            if (plain.length() < FloatText.MAX_LENGTH) {
              assertThat(parse(plain)).isEqualTo(value);
            }
          }
        });
  }
}
