package dev.sightline.model.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UlidTest {
  @Test
  void beginsWithItsTime() {
    // The example of the ULID specification.
    assertThat(Ulid.of(1_469_918_176_385L, new SplittableRandom(1))).startsWith("01ARYZ6S41");
    assertThat(Ulid.of(0, new SplittableRandom(1))).startsWith("0000000000");
    assertThat(Ulid.of((1L << 48) - 1, new SplittableRandom(1))).startsWith("7ZZZZZZZZZ");
  }

  @Test
  void isRecognized() {
    assertThat(Ulid.isUlid(Ulid.of(1_469_918_176_385L, new SplittableRandom(1)))).isTrue();
    assertThat(Ulid.isUlid("01ARYZ6S41TSV4RRFFQ69G5FAV")).isTrue();
    assertThat(Ulid.isUlid("01ARYZ6S41TSV4RRFFQ69G5FA")).isFalse();
    assertThat(Ulid.isUlid("81ARYZ6S41TSV4RRFFQ69G5FAV")).isFalse();
    assertThat(Ulid.isUlid("01ARYZ6S41TSV4RRFFQ69G5FAU")).isFalse();
  }
}
