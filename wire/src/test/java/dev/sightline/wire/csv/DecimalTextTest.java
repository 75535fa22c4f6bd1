package dev.sightline.wire.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Seeds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalTextTest {
  @Test
  void everyNumberIsTheNearestDouble() {
    Seeds.check(
        30,
        seed -> {
          Random random = new Random(seed);
          for (int round = 0; round < 20_000; round++) {
            long digits = random.nextLong() >>> (1 + random.nextInt(63));
            check(digits, random.nextInt(660) - 345);
            check(digits, random.nextInt(40) - 25);
          }
        });
  }

  /// Doubles as other programs print them, and what lies exactly between two of them.
  @Test
  void printedDoublesComeBack() {
    Seeds.check(
        30,
        seed -> {
          Random random = new Random(seed);
          for (int round = 0; round < 10_000; round++) {
            double value = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
            if (Double.isFinite(value)) {
              check(new BigDecimal(Double.toString(value)));
            }
            check(new BigDecimal((1L << 53) + random.nextInt(1 << 20)).add(new BigDecimal("0.5")));
            long odd = (1L << 53) + 2L * random.nextInt(1 << 20) + 1;
            check(odd, 0);
          }
        });
  }

  private static void check(BigDecimal number) {
    BigInteger digits = number.unscaledValue();
    if (digits.bitLength() < Long.SIZE) {
      check(digits.longValue(), -number.scale());
    }
  }

  private static void check(long digits, int power) {
    double got = DecimalText.of(digits, power);
    if (!Double.isNaN(got)) {
      assertThat(got)
          .as("%d e %d", digits, power)
          .isEqualTo(Double.parseDouble(digits + "e" + power));
    }
  }
}
