package dev.sightline.quality.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowPlanTest {
  private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
  private static final ZoneId UTC = ZoneId.of("UTC");

  private static long ms(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  private static List<String> shown(List<Window> windows) {
    return windows.stream()
        .map(
            window ->
                Instant.ofEpochMilli(window.startMs()) + "/" + Instant.ofEpochMilli(window.endMs()))
        .toList();
  }

  @Test
  void monthsAreThoseOfTheCalendarAndRemaindersBelongToTheirNeighbours() {
    List<Window> windows =
        WindowPlan.tumbling(
            ms("2026-01-28T00:00:00Z"), ms("2026-04-03T00:00:00Z"), CalendarStep.ofMonths(MADRID));
    assertThat(shown(windows))
        .containsExactly(
            "2026-01-28T00:00:00Z/2026-02-28T23:00:00Z",
            // Clocks change at the end of March.
            "2026-02-28T23:00:00Z/2026-04-03T00:00:00Z");
  }

  @Test
  void whatIsHalfAsLongStandsAlone() {
    CalendarStep hours = new CalendarStep(Duration.ofHours(1), UTC);
    assertThat(
            shown(
                WindowPlan.tumbling(ms("2026-01-01T00:00:00Z"), ms("2026-01-01T01:30:00Z"), hours)))
        .containsExactly(
            "2026-01-01T00:00:00Z/2026-01-01T01:00:00Z",
            "2026-01-01T01:00:00Z/2026-01-01T01:30:00Z");
    assertThat(
            shown(
                WindowPlan.tumbling(ms("2026-01-01T00:00:00Z"), ms("2026-01-01T01:20:00Z"), hours)))
        .containsExactly("2026-01-01T00:00:00Z/2026-01-01T01:20:00Z");
  }

  @Test
  void slidingWindowsShareRowsAndAreWhole() {
    List<Window> windows =
        WindowPlan.sliding(
            ms("2026-01-01T00:05:00Z"),
            ms("2026-01-01T02:00:00Z"),
            Duration.ofHours(1),
            Duration.ofMinutes(30));
    assertThat(shown(windows))
        .containsExactly(
            "2026-01-01T00:30:00Z/2026-01-01T01:30:00Z",
            "2026-01-01T01:00:00Z/2026-01-01T02:00:00Z");
  }

  @Test
  void windowsByCountMergeTheRest() {
    long[] times = LongStream.range(0, 104).toArray();
    assertThat(WindowPlan.byCount(times, 50))
        .containsExactly(new Window(0, 50, false), new Window(50, 104, false));
    assertThat(WindowPlan.byCount(LongStream.range(0, 130).toArray(), 50))
        .containsExactly(
            new Window(0, 50, false), new Window(50, 100, false), new Window(100, 130, true));
    assertThat(WindowPlan.byCount(new long[] {1, 1, 1, 2}, 2))
        .containsExactly(new Window(1, 2, false), new Window(2, 3, true));
    assertThat(WindowPlan.byCount(new long[0], 2)).isEmpty();
  }

  @Test
  void tooManyAreRefused() {
    assertThatThrownBy(() -> WindowPlan.byCount(LongStream.range(0, 5_000).toArray(), 10))
        .hasMessageContaining("makes more than 200 windows");
    assertThatThrownBy(
            () ->
                WindowPlan.sliding(0, 10_000_000_000L, Duration.ofHours(1), Duration.ofMinutes(1)))
        .hasMessageContaining("makes more than 200 windows");
  }
}
