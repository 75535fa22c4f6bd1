package dev.sightline.logstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.log.LogDeletions.Cancelled;
import dev.sightline.model.log.LogDeletions.State;
import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a store takes off its disk, and what it leaves there.
class TidyingTest {
  private static final long NOW_MS = 1_750_000_000_000L;

  private final SimulatedFileSystem disk = new SimulatedFileSystem(1);
  private final FakeClock clock = new FakeClock(NOW_MS);
  private LogStore store = open(RetentionRules.of(Duration.ofDays(14)));

  private LogStore open(RetentionRules rules) {
    return LogStore.open(
        disk,
        Path.of("/logs"),
        LogStoreOptions.DEFAULT.withRetention(rules),
        WordLanguage::read,
        clock,
        clock,
        new MeterRegistry());
  }

  private void reopen(RetentionRules rules) {
    store.close();
    store = open(rules);
  }

  private void push(String app, Duration ago, String... lines) {
    LogBatch batch = new LogBatch();
    for (String line : lines) {
      batch.add(
          Labels.of("app", app),
          (clock.nowMs() - ago.toMillis()) * 1_000_000,
          line.getBytes(StandardCharsets.UTF_8),
          Labels.EMPTY);
    }
    assertThat(store.append(batch).stored()).isEqualTo(lines.length);
  }

  private List<String> lines() {
    return LogModel.read(store, LogModel.everything(Direction.FORWARD)).values().stream()
        .flatMap(List::stream)
        .map(LogModel.Line::text)
        .toList();
  }

  private boolean isOnDisk(String text) {
    return disk.list(Path.of("/logs/blocks")).stream()
            .flatMap(day -> disk.list(day).stream())
            .anyMatch(file -> holds(file, text))
        || disk.list(Path.of("/logs/wal")).stream().anyMatch(file -> holds(file, text));
  }

  private boolean holds(Path file, String text) {
    try (var open = disk.openForReading(file)) {
      byte[] bytes = new byte[(int) open.sizeBytes()];
      open.read(ByteBuffer.wrap(bytes), 0);
      return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
    }
  }

  private int blocks() {
    return disk.list(Path.of("/logs/blocks")).stream().mapToInt(day -> disk.list(day).size()).sum();
  }

  @Test
  void deletedLinesAreHiddenAtOnceAndGoneAnHourLater() {
    push("a", Duration.ofHours(3), "secret 4711", "open");
    assertThat(store.cut()).isTrue();
    push("a", Duration.ofHours(2), "secret in memory");
    push("b", Duration.ofHours(2), "secret of another");
    long endNs = NOW_MS * 1_000_000;
    String id = store.delete("a secret", 0, endNs).id();
    assertThat(lines()).containsExactly("open", "secret of another");
    assertThat(isOnDisk("secret 4711")).isTrue();

    reopen(RetentionRules.of(Duration.ofDays(14)));
    assertThat(lines()).containsExactly("open", "secret of another");

    clock.advance(Duration.ofMinutes(75));
    assertThat(store.deletions().getFirst().state()).isEqualTo(State.GONE);
    assertThat(lines()).containsExactly("open", "secret of another");
    assertThat(isOnDisk("secret 4711")).isFalse();
    assertThat(isOnDisk("secret in memory")).isFalse();
    assertThat(isOnDisk("secret of another")).isTrue();
    assertThat(store.cancel(id, false)).isEqualTo(Cancelled.TOO_LATE);
    store.close();
  }

  @Test
  void aDeletionCanBeTakenBack() {
    push("a", Duration.ofHours(2), "kept after all");
    String id = store.delete("a", 0, Long.MAX_VALUE).id();
    assertThat(lines()).isEmpty();
    assertThat(store.cancel(id, false)).isEqualTo(Cancelled.DONE);
    assertThat(store.cancel(id, false)).isEqualTo(Cancelled.UNKNOWN);
    clock.advance(Duration.ofHours(3));
    assertThat(lines()).containsExactly("kept after all");
    store.close();
  }

  @Test
  void smallBlocksOfADayBecomeOne() {
    for (int i = 0; i < 5; i++) {
      push("a", Duration.ofMinutes(50 - i), "line " + i);
      push("b", Duration.ofMinutes(50), "same time " + i);
      assertThat(store.cut()).isTrue();
    }
    assertThat(blocks()).isEqualTo(5);
    List<String> before = lines();
    store.tidy();
    assertThat(blocks()).isEqualTo(1);
    assertThat(lines()).isEqualTo(before).hasSize(10);
    push("a", Duration.ofMinutes(50), "line 0");
    assertThat(lines()).isEqualTo(before);
    reopen(RetentionRules.of(Duration.ofDays(14)));
    assertThat(lines()).isEqualTo(before);
    store.close();
  }

  @Test
  void whatCannotBeReadIsNotWrittenAnew() {
    push("a", Duration.ofMinutes(50), "x".repeat(500));
    assertThat(store.cut()).isTrue();
    Path day = disk.list(Path.of("/logs/blocks")).getFirst();
    Path block = disk.list(day).getFirst();
    try (var file = disk.openForWriting(block)) {
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 20);
    }
    store.delete("a x", 0, Long.MAX_VALUE);
    clock.advance(Duration.ofMinutes(75));
    assertThat(disk.list(day)).containsExactly(block);
    store.close();
  }

  @Test
  void theOldestDaysGoWhenThereIsTooMuch() {
    for (int day = 5; day >= 0; day--) {
      push("a", Duration.ofDays(day), day + " days ago");
      assertThat(store.cut()).isTrue();
    }
    assertThat(blocks()).isEqualTo(6);
    Path days = Path.of("/logs/blocks");
    long sizeBytes = disk.sizeBytes(disk.list(disk.list(days).getFirst()).getFirst());
    reopen(new RetentionRules(Duration.ofDays(14), List.of(), 2 * sizeBytes + 1, 0));
    store.tidy();
    assertThat(lines()).containsExactly("1 days ago", "0 days ago");

    disk.limitBytes(10_000);
    reopen(new RetentionRules(Duration.ofDays(14), List.of(), 0, 99));
    store.tidy();
    assertThat(lines()).containsExactly("0 days ago");
    store.close();
  }

  @Test
  void streamsHaveRetentionsOfTheirOwn() {
    RetentionRules rules =
        new RetentionRules(
            Duration.ofDays(3),
            List.of(
                new RetentionRules.OfStreams(
                    List.of(Matcher.equal("app", "debug")), Duration.ofHours(1)),
                new RetentionRules.OfStreams(
                    List.of(Matcher.equal("app", "audit")), Duration.ofDays(30))),
            0,
            0);
    reopen(rules);
    push("audit", Duration.ofDays(20), "audit");
    push("debug", Duration.ofMinutes(30), "noise 4711");
    push("other", Duration.ofMinutes(30), "other");
    assertThat(store.cut()).isTrue();
    assertThat(lines()).containsExactly("audit", "noise 4711", "other");
    clock.advance(Duration.ofHours(2));
    push("other", Duration.ZERO, "newest");
    assertThat(lines()).containsExactly("audit", "other", "newest");
    store.tidy();
    assertThat(isOnDisk("noise 4711")).isFalse();
    clock.advance(Duration.ofDays(4));
    push("other", Duration.ZERO, "days later");
    store.tidy();
    assertThat(lines()).containsExactly("audit", "days later");
    assertThat(isOnDisk("newest")).isFalse();
    store.close();
  }
}
