package dev.sightline.quality.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowsTest {
  private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
  private static final ZoneId UTC = ZoneId.of("UTC");

  private static long ms(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  private static void check(
      String start, String end, Duration step, ZoneId zone, String... beginnings) {
    Windows windows = Windows.of(ms(start), ms(end), new CalendarStep(step, zone));
    List<String> found =
        windows.list().stream()
            .map(each -> Instant.ofEpochMilli(each.startMs()) + (each.partial() ? " partial" : ""))
            .toList();
    assertThat(found).containsExactly(beginnings);
    assertThat(windows.endMs()).isEqualTo(ms(end));
  }

  @Test
  void daysBeginAtLocalMidnightAndWhatTheRangeCutsIsPartial() {
    check(
        "2026-03-28T12:00:00Z",
        "2026-03-30T22:00:00Z",
        Duration.ofDays(1),
        MADRID,
        "2026-03-28T12:00:00Z partial",
        "2026-03-28T23:00:00Z", // 23 hours: clocks go forward
        "2026-03-29T22:00:00Z");
    check(
        "2026-03-28T00:00:00Z",
        "2026-03-29T12:00:00Z",
        Duration.ofDays(1),
        UTC,
        "2026-03-28T00:00:00Z",
        "2026-03-29T00:00:00Z partial");
  }

  @Test
  void weeksBeginOnMondays() {
    check(
        "2026-11-15T00:00:00Z",
        "2026-11-23T00:00:00Z",
        Duration.ofDays(7),
        UTC,
        "2026-11-15T00:00:00Z partial",
        "2026-11-16T00:00:00Z");
  }

  @Test
  void partsOfADayFollowTheWallClockWhenClocksChange() {
    check(
        "2026-10-24T22:00:00Z",
        "2026-10-25T23:00:00Z",
        Duration.ofHours(6),
        MADRID,
        "2026-10-24T22:00:00Z", // seven hours
        "2026-10-25T05:00:00Z",
        "2026-10-25T11:00:00Z",
        "2026-10-25T17:00:00Z");
    check(
        "2026-03-29T00:00:00Z",
        "2026-03-29T03:00:00Z",
        Duration.ofHours(1),
        MADRID,
        "2026-03-29T00:00:00Z",
        "2026-03-29T01:00:00Z",
        "2026-03-29T02:00:00Z");
  }

  @Test
  void whatDoesNotDivideADayCountsFrom1970() {
    check(
        "1970-01-01T00:00:00Z",
        "1970-01-01T14:00:00Z",
        Duration.ofHours(7),
        UTC,
        "1970-01-01T00:00:00Z",
        "1970-01-01T07:00:00Z");
  }

  @Test
  void windowsCoverTheirRangeOnceInEveryZone() {
    Seeds.check(
        200,
        seed -> {
          Random random = new Random(seed);
          List<String> zones =
              List.of("UTC", "Europe/Madrid", "Asia/Kathmandu", "America/St_Johns");
          ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
          Duration step =
              List.of(
                      Duration.ofMinutes(30),
                      Duration.ofHours(1),
                      Duration.ofHours(6),
                      Duration.ofHours(5),
                      Duration.ofDays(1),
                      Duration.ofDays(3),
                      Duration.ofDays(7))
                  .get(random.nextInt(7));
          long startMs = 1_700_000_000_000L + random.nextLong(365L * 86_400_000);
          long endMs = startMs + 1 + random.nextLong(10L * 86_400_000);
          Windows windows = Windows.of(startMs, endMs, new CalendarStep(step, zone));
          long atMs = startMs;
          for (Window window : windows.list()) {
            assertThat(window.startMs()).isEqualTo(atMs);
            assertThat(window.endMs()).isGreaterThan(atMs);
            atMs = window.endMs();
          }
          assertThat(atMs).isEqualTo(endMs);
          long timeMs = startMs + random.nextLong(endMs - startMs);
          Window found = windows.get(windows.indexOf(timeMs));
          assertThat(timeMs).isBetween(found.startMs(), found.endMs() - 1);
          assertThat(windows.indexOf(startMs - 1)).isEqualTo(-1);
          assertThat(windows.indexOf(endMs)).isEqualTo(-1);
        });
  }

  @Test
  void tooManyWindowsAndTooShortOnesAreRefused() {
    CalendarStep minute = new CalendarStep(Duration.ofMinutes(1), UTC);
    assertThatThrownBy(() -> Windows.of(0, 86_400_000, minute))
        .hasMessageContaining("more than 1000 windows");
    assertThatThrownBy(() -> new CalendarStep(Duration.ofMillis(999), UTC))
        .hasMessageContaining("at least 1s");
  }
}
