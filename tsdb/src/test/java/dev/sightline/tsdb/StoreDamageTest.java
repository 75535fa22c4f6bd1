package dev.sightline.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.SeriesSink.Durability;
import dev.sightline.model.series.SeriesSource.SelectedSeries;
import dev.sightline.model.series.SeriesSource.Selection;
import dev.sightline.storage.fs.DiskFileSystem;
import dev.sightline.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One bad spot costs what lies there, and never the start.
class StoreDamageTest {
  private static final long START_MS = 1_699_999_200_000L;
  private static final int HOURS = 8;
  private static final int SERIES = 5;
  private static final int SAMPLES = HOURS * 60 * SERIES;

  @TempDir Path data;
  private final FakeClock clock = new FakeClock(START_MS);

  @BeforeEach
  void fill() {
    try (TimeSeriesStore store = open(TsdbOptions.DEFAULT)) {
      for (int minute = 0; minute < HOURS * 60; minute++) {
        append(store, minute);
        clock.advance(Duration.ofMinutes(1));
      }
    }
  }

  @Test
  void readsAcrossBlocksAndHead() throws IOException {
    assertThat(blocks()).hasSize(3);
    assertThat(samplesAfterRestart()).isEqualTo(SAMPLES);
  }

  @Test
  void movesABlockAwayWhoseIndexIsCut() throws IOException {
    damage(blocks().getFirst().resolve("index"), bytes -> cut(bytes, bytes.length / 2));
    assertThat(samplesAfterRestart()).isEqualTo(SAMPLES - 120 * SERIES);
    assertThat(blocks()).hasSize(2);
    assertThat(children(data.resolve("quarantine"))).hasSize(1);
  }

  @Test
  void answersFromTheRestOfABlockWhoseIndexHasABadSpot() throws IOException {
    Path index = blocks().getFirst().resolve("index");
    long length = Files.size(index);
    for (int tenth = 1; tenth < 10 && Files.exists(index); tenth++) {
      int at = (int) (length * tenth / 10);
      damage(index, bytes -> flip(bytes, at));
      assertThat(samplesAfterRestart())
          .as("bit flipped at %d of %d", at, length)
          .isBetween(SAMPLES - 120 * SERIES, SAMPLES);
      if (Files.exists(index)) {
        damage(index, bytes -> flip(bytes, at));
      }
    }
  }

  @Test
  void movesABlockAwayThatHasLostItsMeta() throws IOException {
    Files.delete(blocks().getFirst().resolve("meta.json"));
    assertThat(samplesAfterRestart()).isEqualTo(SAMPLES - 120 * SERIES);
  }

  @Test
  void losesOnlyTheChunkThatIsDamaged() throws IOException {
    damage(blocks().getFirst().resolve("chunks/000001"), bytes -> flip(bytes, 40));
    assertThat(samplesAfterRestart()).isEqualTo(SAMPLES - 120);
    assertThat(blocks()).hasSize(3);
  }

  @Test
  void losesOnlyTheRecordThatIsDamaged() throws IOException {
    damage(lastOf(data.resolve("metrics/wal")), bytes -> flip(bytes, bytes.length / 2 + 10));
    assertThat(samplesAfterRestart()).isEqualTo(SAMPLES - SERIES);
  }

  @Test
  void findsLabelsElsewhereWhenTheLogHasLostThem() throws IOException {
    Path fresh = data.resolve("fresh");
    TsdbDirectories directories = TsdbDirectories.below(fresh);
    try (TimeSeriesStore store = open(directories, TsdbOptions.DEFAULT)) {
      append(store, HOURS * 60);
      append(store, HOURS * 60 + 1);
    }
    damage(fresh.resolve("metrics/wal/00000000"), bytes -> flip(bytes, 20));
    try (TimeSeriesStore store = open(directories, TsdbOptions.DEFAULT)) {
      assertThat(samples(store)).isEqualTo(2 * SERIES);
    }
  }

  @Test
  void deletesWhatIsOlderThanTheRetention() throws IOException {
    try (TimeSeriesStore store = open(TsdbOptions.DEFAULT.withRetention(Duration.ofHours(3)))) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(samples(store)).isEqualTo(SAMPLES - 2 * 120 * SERIES);
    }
    assertThat(blocks()).hasSize(1);
  }

  @Test
  void keepsItsLogsShort() throws IOException {
    try (TimeSeriesStore store = open(TsdbOptions.DEFAULT.withRetention(Duration.ofHours(4)))) {
      for (int minute = HOURS * 60; minute < 6 * HOURS * 60; minute++) {
        append(store, minute);
        clock.advance(Duration.ofMinutes(1));
      }
    }
    assertThat(children(data.resolve("metrics/wal"))).hasSizeLessThan(8);
    assertThat(children(data.resolve("metrics-series"))).hasSizeLessThan(3);
  }

  private TimeSeriesStore open(TsdbOptions options) {
    return open(TsdbDirectories.below(data), options);
  }

  private TimeSeriesStore open(TsdbDirectories directories, TsdbOptions options) {
    return TimeSeriesStore.open(
        new DiskFileSystem(), directories, options, clock, clock, new MeterRegistry());
  }

  private static void append(TimeSeriesStore store, int minute) {
    SampleBatch batch = new SampleBatch();
    for (int i = 0; i < SERIES; i++) {
      batch.add(Labels.of("__name__", "m", "i", "" + i), START_MS + minute * 60_000L, minute * i);
    }
    store.append(batch, Durability.WITHIN_A_SECOND);
  }

  private int samplesAfterRestart() {
    try (TimeSeriesStore store = open(TsdbOptions.DEFAULT)) {
      return samples(store);
    }
  }

  private static int samples(TimeSeriesStore store) {
    SampleColumns columns = new SampleColumns();
    try (Selection selection =
        store.select(List.of(Matcher.equal("__name__", "m")), 0, Long.MAX_VALUE)) {
      for (SelectedSeries series : selection.series()) {
        series.read(columns);
      }
    }
    return columns.size();
  }

  private List<Path> blocks() throws IOException {
    return children(data.resolve("metrics")).stream()
        .filter(path -> path.getFileName().toString().length() == 26)
        .toList();
  }

  private static Path lastOf(Path directory) throws IOException {
    return children(directory).stream()
        .filter(path -> Files.isRegularFile(path) && path.toFile().length() > 0)
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  private static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    }
  }

  private static void damage(Path file, UnaryOperator<byte[]> change) throws IOException {
    Files.write(file, change.apply(Files.readAllBytes(file)));
  }

  private static byte[] cut(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }

  private static byte[] flip(byte[] bytes, int at) {
    bytes[at] ^= 0x10;
    return bytes;
  }
}
