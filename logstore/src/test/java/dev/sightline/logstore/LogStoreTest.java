package dev.sightline.logstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.logstore.LogModel.Line;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.log.LogSink.Outcome;
import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.AtomicReplacement;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The store as those who push and those who ask see it.
class LogStoreTest {
  private static final Path DIRECTORY = Path.of("/logs");
  private static final long NOW_MS = 1_750_000_000_000L;
  private static final long NOW_NS = NOW_MS * 1_000_000;
  private static final Labels APP = Labels.of("app", "scorer");

  private final SimulatedFileSystem disk = new SimulatedFileSystem(1);
  private final FakeClock clock = new FakeClock(NOW_MS);
  private final MeterRegistry meters = new MeterRegistry();
  private LogStore store = open();

  private LogStore open() {
    return LogStore.open(disk, DIRECTORY, LogStoreOptions.DEFAULT, clock, clock, meters);
  }

  private void reopen() {
    store.close();
    store = open();
  }

  private Outcome append(Line... lines) {
    return store.append(LogModel.batch(List.of(lines)));
  }

  private static Line line(long timestampNs, String text) {
    return new Line(APP, timestampNs, text, Labels.EMPTY);
  }

  private List<String> texts(Direction direction) {
    List<String> texts = new ArrayList<>();
    LogModel.read(store, LogModel.everything(direction))
        .forEach((_, lines) -> lines.forEach(line -> texts.add(line.text())));
    return texts;
  }

  @Test
  void linesComeInOrderOfTimeWhateverOrderTheyArriveIn() {
    append(line(NOW_NS, "c"), line(NOW_NS - 2, "a"));
    append(line(NOW_NS - 1, "b"));
    assertThat(texts(Direction.FORWARD)).containsExactly("a", "b", "c");
    assertThat(texts(Direction.BACKWARD)).containsExactly("c", "b", "a");
  }

  @Test
  void equalTimesKeepTheOrderOfArrival() {
    append(line(NOW_NS, "z"), line(NOW_NS, "y"));
    append(line(NOW_NS - 1, "early"), line(NOW_NS, "x"));
    assertThat(texts(Direction.FORWARD)).containsExactly("early", "z", "y", "x");
    reopen();
    assertThat(texts(Direction.BACKWARD)).containsExactly("x", "y", "z", "early");
  }

  @Test
  void exactResendIsStoredOnce() {
    Line first = line(NOW_NS, "one");
    assertThat(append(first, first, line(NOW_NS, "two")).stored()).isEqualTo(3);
    assertThat(append(first).stored()).isEqualTo(1);
    reopen();
    append(first, line(NOW_NS, "three"));
    assertThat(texts(Direction.FORWARD)).containsExactly("one", "two", "three");
    assertThat(samples("sightline_logs_lines_total{result=\"repeated\"}")).isEqualTo(3);
  }

  @Test
  void equalLinesOfOtherStreamsTimesOrMetadataAreKept() {
    append(
        line(NOW_NS, "same"),
        line(NOW_NS + 1, "same"),
        new Line(Labels.of("app", "other"), NOW_NS, "same", Labels.EMPTY),
        new Line(APP, NOW_NS, "same", Labels.of("trace", "1")));
    assertThat(texts(Direction.FORWARD)).hasSize(4);
  }

  @Test
  void linesAreKeptByteForByte() {
    byte[] bytes = {0, (byte) 0xff, (byte) 0xc3, '\n', '\r', 7};
    LogBatch batch = new LogBatch();
    batch.add(APP, NOW_NS, bytes, Labels.EMPTY);
    store.append(batch);
    reopen();
    try (var selection = store.select(LogModel.everything(Direction.FORWARD))) {
      var cursor = selection.streams().getFirst().read();
      assertThat(cursor.next()).isTrue();
      assertThat(java.util.Arrays.copyOfRange(cursor.bytes(), cursor.lineStart(), cursor.lineEnd()))
          .isEqualTo(bytes);
    }
  }

  @Test
  void refusesWhatCannotBeStoredAndStoresTheRest() {
    long dayNs = Duration.ofDays(1).toNanos();
    Outcome outcome =
        append(
            line(NOW_NS, "good"),
            line(NOW_NS - 15 * dayNs, "old"),
            line(NOW_NS + Duration.ofMinutes(11).toNanos(), "new"),
            line(NOW_NS, "x".repeat(256 * 1024 + 1)),
            new Line(Labels.EMPTY, NOW_NS, "whose?", Labels.EMPTY));
    assertThat(outcome.stored()).isEqualTo(1);
    assertThat(outcome.refusedCount()).isEqualTo(4);
    assertThat(outcome.refused().stream().map(refusal -> refusal.index() + " " + refusal.message()))
        .containsExactly(
            "1 entry for stream '{app=\"scorer\"}' has timestamp too old: 2025-05-31T15:06:40Z,"
                + " oldest acceptable timestamp is: 2025-06-01T15:06:40Z",
            "2 entry for stream '{app=\"scorer\"}' has timestamp too new: 2025-06-15T15:17:40Z,"
                + " newest acceptable timestamp is: 2025-06-15T15:16:40Z",
            "3 max entry size '262144' bytes exceeded for stream '{app=\"scorer\"}' while adding an"
                + " entry with length '262145' bytes",
            "4 error at least one label pair is required per stream");
    assertThat(texts(Direction.FORWARD)).containsExactly("good");
  }

  @Test
  void namesAndValuesAreThoseOfMatchingStreams() {
    append(
        new Line(Labels.of("app", "b", "pod", "1"), NOW_NS, "l", Labels.EMPTY),
        new Line(Labels.of("app", "a", "env", "x"), NOW_NS, "l", Labels.EMPTY));
    long endNs = NOW_NS + 1;
    assertThat(store.labelNames(List.of(), 0, endNs)).containsExactly("app", "env", "pod");
    assertThat(store.labelNames(List.of(Matcher.equal("app", "b")), 0, endNs))
        .containsExactly("app", "pod");
    assertThat(store.labelValues("app", List.of(), 0, endNs)).containsExactly("a", "b");
    assertThat(store.labelValues("app", List.of(), 0, NOW_NS)).isEmpty();
    assertThat(store.streams(List.of(Matcher.equal("env", "")), 0, endNs))
        .containsExactly(Labels.of("app", "b", "pod", "1"));
  }

  @Test
  void fullDiskRefusesUntilThereIsSpace() {
    append(line(NOW_NS, "before"));
    disk.limitBytes(0);
    assertThatThrownBy(() -> append(line(NOW_NS, "during")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage("the log logs cannot be written: No space left on device");
    disk.heal();
    appendWhenItCan(line(NOW_NS, "during"), line(NOW_NS, "after"));
    reopen();
    assertThat(texts(Direction.FORWARD)).containsExactly("before", "during", "after");
  }

  @Test
  void resendsOfTheLastHalfHourAreKnownInBlocksToo() {
    Line first = new Line(APP, NOW_NS, "one", Labels.of("trace", "1"));
    append(first, line(NOW_NS + 1, "two"));
    assertThat(store.cut()).isTrue();
    append(first);
    reopen();
    append(first);
    append(line(NOW_NS, "one"));
    assertThat(texts(Direction.FORWARD)).containsExactly("one", "one", "two");
  }

  @Test
  void blocksLeaveWhenTheirRetentionHasPassed() {
    append(line(NOW_NS - Duration.ofDays(13).toNanos(), "old"), line(NOW_NS, "new"));
    clock.advance(Duration.ofHours(3));
    assertThat(disk.list(DIRECTORY.resolve("blocks"))).hasSize(2);
    clock.advance(Duration.ofDays(30));
    assertThat(texts(Direction.FORWARD)).as("a clock alone deletes nothing").hasSize(2);
    append(line(clock.nowMs() * 1_000_000 - Duration.ofDays(12).toNanos(), "newest"));
    clock.advance(Duration.ofMinutes(10));
    assertThat(texts(Direction.FORWARD)).containsExactly("newest");
    assertThat(disk.list(DIRECTORY.resolve("blocks"))).isEmpty();
  }

  @Test
  void blocksOfLaterVersionsAreLeftAlone() {
    append(line(NOW_NS, "one"));
    assertThat(store.cut()).isTrue();
    Path day = disk.list(DIRECTORY.resolve("blocks")).getFirst();
    Path block = disk.list(day).getFirst();
    store.close();
    byte[] bytes = AtomicReplacement.read(disk, block);
    ByteSource end = new ByteSource(bytes, bytes.length - 12, 12);
    int length = (int) end.u32();
    int footer = bytes.length - 12 - length;
    bytes[footer] = 9;
    byte[] checksum = new ByteSink(4).u32(ByteSource.crc(bytes, footer, length)).toArray();
    System.arraycopy(checksum, 0, bytes, bytes.length - 8, 4);
    AtomicReplacement.write(disk, day, block.getFileName().toString(), bytes);
    store = open();
    assertThat(texts(Direction.FORWARD)).isEmpty();
    assertThat(disk.exists(block)).isTrue();
  }

  @Test
  void fullDiskDuringACutLosesNothing() {
    append(line(NOW_NS, "before"));
    disk.limitBytes(disk.sizeBytes(disk.list(DIRECTORY.resolve("wal")).getFirst()));
    assertThat(store.cut()).isFalse();
    assertThat(texts(Direction.FORWARD)).containsExactly("before");
    disk.heal();
    clock.advance(Duration.ofSeconds(5));
    appendWhenItCan(line(NOW_NS, "after"));
    assertThat(store.cut()).isTrue();
    reopen();
    assertThat(texts(Direction.FORWARD)).containsExactly("before", "after");
  }

  @Test
  void batchesOfAnySizeAreTaken() {
    LogBatch batch = new LogBatch();
    byte[] long1 = "y".repeat(200_000).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 100; i++) {
      batch.add(APP, NOW_NS + i, long1, Labels.EMPTY);
    }
    assertThat(store.append(batch).stored()).isEqualTo(100);
    assertThat(texts(Direction.FORWARD)).hasSize(100);
  }

  /// The log tries again on a thread of its own.
  private void appendWhenItCan(Line... lines) {
    while (true) {
      try {
        append(lines);
        return;
      } catch (StoreUnavailableException _) {
        clock.advance(Duration.ofSeconds(4));
      }
    }
  }

  private double samples(String name) {
    return meters.read().stream()
        .flatMap(family -> family.samples().stream())
        .filter(sample -> (sample.name() + labels(sample.labels())).equals(name))
        .mapToDouble(sample -> sample.value())
        .sum();
  }

  private static String labels(Labels labels) {
    return labels.isEmpty() ? "" : labels.toString();
  }
}
