package dev.sightline.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrustedTimeTest {
  private static final long START_MS = 1_700_000_000_000L;
  private static final long YEAR_MS = 365L * 24 * 3_600_000;

  private final FakeClock clock = new FakeClock(START_MS);
  private final TrustedTime time = new TrustedTime(clock);

  @Test
  void followsAClockThatGoesOn() {
    clock.advance(Duration.ofHours(3));
    clock.jumpTo(clock.nowMs() + 60_000);
    assertThat(time.nowMs()).isEqualTo(clock.nowMs());
  }

  @Test
  void doesNotFollowAJumpAndItsReturn() {
    clock.jumpTo(START_MS + 10 * YEAR_MS);
    assertThat(time.nowMs()).isEqualTo(START_MS);
    clock.advance(Duration.ofMinutes(50));
    assertThat(time.nowMs()).isEqualTo(START_MS + 50 * 60_000);
    clock.jumpTo(START_MS + 50 * 60_000);
    assertThat(time.nowMs()).isEqualTo(clock.nowMs());
  }

  @Test
  void believesAJumpThatHolds() {
    clock.jumpTo(START_MS - YEAR_MS);
    assertThat(time.nowMs()).isEqualTo(START_MS);
    clock.advance(Duration.ofMinutes(61));
    assertThat(time.nowMs()).isEqualTo(clock.nowMs());
  }
}
