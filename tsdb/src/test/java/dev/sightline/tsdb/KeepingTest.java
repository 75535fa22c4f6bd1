package dev.sightline.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.SeriesBackfill;
import dev.sightline.model.series.SeriesKeeping.Amount;
import dev.sightline.model.series.SeriesKeeping.BlockFacts;
import dev.sightline.model.series.SeriesKeeping.HeadFacts;
import dev.sightline.model.series.SeriesSink.Durability;
import dev.sightline.model.series.SeriesSource.SelectedSeries;
import dev.sightline.model.series.SeriesSource.Selection;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Deletion, copies, retention, and wrong clocks.
class KeepingTest {
  private static final long START_MS = 1_699_999_200_000L;
  private static final long HOUR_MS = 3_600_000;
  private static final Matcher FIRST = Matcher.equal("i", "0");
  private static final TsdbDirectories DIRECTORIES = TsdbDirectories.below(Path.of("/data"));

  private final SimulatedFileSystem disk = new SimulatedFileSystem(1);
  private final FakeClock clock = new FakeClock(START_MS);
  private TimeSeriesStore store = open(TsdbOptions.DEFAULT);

  private TimeSeriesStore open(TsdbOptions options) {
    return open(DIRECTORIES, options);
  }

  private TimeSeriesStore open(TsdbDirectories directories, TsdbOptions options) {
    return TimeSeriesStore.open(disk, directories, options, clock, clock, new MeterRegistry());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void reopen(TsdbOptions options) {
    store.close();
    store = open(options);
  }

  /// Two series, a sample each minute.
  private void fill(int hours) {
    for (int minute = 0; minute < hours * 60; minute++) {
      SampleBatch batch = new SampleBatch();
      batch.add(labels(0), clock.nowMs(), minute);
      batch.add(labels(1), clock.nowMs(), -minute);
      store.append(batch, Durability.WITHIN_A_SECOND);
      clock.advance(Duration.ofMinutes(1));
    }
  }

  private static Labels labels(int i) {
    return Labels.of("__name__", "m", "i", String.valueOf(i));
  }

  private List<Long> times(TimeSeriesStore from, int i) {
    List<Long> times = new ArrayList<>();
    List<Matcher> matchers = List.of(Matcher.equal("i", String.valueOf(i)));
    try (Selection selection = from.select(matchers, 0, Long.MAX_VALUE)) {
      for (SelectedSeries series : selection.series()) {
        SampleColumns columns = new SampleColumns();
        series.read(columns);
        for (int at = 0; at < columns.size(); at++) {
          times.add((columns.timestampMs(at) - START_MS) / 60_000);
        }
      }
    }
    return times;
  }

  private int count(int i) {
    return times(store, i).size();
  }

  @Test
  void deletesFromBlocksAndHeadForGood() {
    fill(9);
    store.keeping().delete(List.of(FIRST), START_MS + HOUR_MS, START_MS + 8 * HOUR_MS);
    assertThat(times(store, 0)).hasSize(119).contains(59L, 481L).doesNotContain(60L, 480L);
    assertThat(count(1)).as("the other").isEqualTo(540);
    reopen(TsdbOptions.DEFAULT);
    assertThat(count(0)).isEqualTo(119);
    long before = blockBytes();
    clock.advance(Duration.ofMinutes(2));
    assertThat(count(0)).isEqualTo(119);
    assertThat(blockBytes()).as("room is given back").isLessThan(before);
    assertThat(store.keeping().blocks()).allMatch(block -> block.amounts().tombstones() == 0);
    SampleBatch again = new SampleBatch();
    again.add(labels(0), START_MS + 8 * HOUR_MS, 7);
    assertThat(store.append(again, Durability.ON_DISK).stored()).isEqualTo(1);
    reopen(TsdbOptions.DEFAULT);
    assertThat(times(store, 0)).hasSize(120).contains(480L);
  }

  @Test
  void forgetsTheLabelsOfDeletedSeries() {
    fill(9);
    store.keeping().delete(List.of(FIRST), 0, Long.MAX_VALUE);
    store.keeping().cleanDeleted();
    assertThat(store.labelValues("i", List.of(), 0, Long.MAX_VALUE)).containsExactly("1");
  }

  private long blockBytes() {
    return store.keeping().blocks().stream().mapToLong(one -> one.amounts().sizeBytes()).sum();
  }

  @Test
  void copiesEverythingAside() {
    fill(9);
    String whole = store.keeping().snapshot(true);
    String blocks = store.keeping().snapshot(false);
    store.keeping().delete(List.of(FIRST), 0, Long.MAX_VALUE);
    assertThat(whole).matches("20231115T\\d{6}Z-[0-9a-f]{16}");
    assertThat(samplesOfCopy(whole)).isEqualTo(540);
    assertThat(samplesOfCopy(blocks)).isEqualTo(6 * 60);
  }

  private int samplesOfCopy(String name) {
    Path copy = DIRECTORIES.metrics().resolve("snapshots").resolve(name);
    TsdbDirectories directories =
        new TsdbDirectories(copy, Path.of("/series"), Path.of("/quarantine"));
    try (TimeSeriesStore opened = open(directories, TsdbOptions.DEFAULT)) {
      return times(opened, 0).size();
    }
  }

  @Test
  void joinsBlocksAndSaysWhatTheyAreMadeOf() {
    fill(12);
    List<BlockFacts> blocks = store.keeping().blocks();
    assertThat(blocks.stream().map(block -> (block.maxMs() - block.minMs()) / HOUR_MS))
        .containsExactly(2L, 6L, 2L);
    BlockFacts joined = blocks.get(1);
    assertThat(joined.level()).isEqualTo(2);
    assertThat(joined.sources()).hasSize(3);
    assertThat(joined.parents()).hasSize(3);
    assertThat(joined.amounts().samples()).isEqualTo(6 * 60 * 2);
    assertThat(count(0)).isEqualTo(720);
  }

  @Test
  void keepsSomeSeriesLongerAndOthersShorter() {
    Retention.Rule longer = new Retention.Rule(List.of(FIRST), Duration.ofDays(3));
    Retention retention = new Retention(Duration.ofHours(10), 0, List.of(longer));
    reopen(TsdbOptions.DEFAULT.withRetention(retention));
    fill(24);
    assertThat(count(0)).isEqualTo(24 * 60);
    assertThat(count(1)).isBetween(10 * 60, 16 * 60);
  }

  @Test
  void dropsTheOldestWhereThereIsNoRoom() {
    fill(20);
    long allBytes = blockBytes();
    reopen(
        TsdbOptions.DEFAULT.withRetention(
            new Retention(Duration.ofDays(15), allBytes / 2 + 200_000, List.of())));
    clock.advance(Duration.ofMinutes(2));
    assertThat(store.keeping().blocks()).isNotEmpty();
    reopen(TsdbOptions.DEFAULT.withRetention(new Retention(Duration.ofDays(15), 1, List.of())));
    clock.advance(Duration.ofMinutes(2));
    assertThat(store.keeping().blocks()).isEmpty();
    assertThat(count(0)).as("what is in memory").isPositive();
  }

  @Test
  void losesNothingToAClockThatGoesWrong() {
    fill(9);
    long realMs = clock.nowMs();
    clock.jumpTo(realMs + 10L * 365 * 24 * HOUR_MS);
    fill(1);
    assertThat(times(store, 0)).hasSize(600);
    clock.jumpTo(realMs + HOUR_MS);
    SampleBatch batch = new SampleBatch();
    batch.add(labels(0), clock.nowMs(), 1);
    assertThat(store.append(batch, Durability.ON_DISK).refused()).isEmpty();
    fill(4);
    assertThat(times(store, 0)).hasSize(600 + 4 * 60);
    reopen(TsdbOptions.DEFAULT);
    fill(4);
    assertThat(times(store, 0)).hasSize(600 + 8 * 60);
  }

  @Test
  void takesWhatWasMeasuredBefore() {
    fill(9);
    try (SeriesBackfill backfill = store.keeping().backfill()) {
      for (int minute = 599; minute >= -24 * 60; minute--) {
        backfill.add(labels(2), START_MS + minute * 60_000L, minute);
      }
      backfill.add(labels(2), START_MS - 400L * 24 * HOUR_MS, 1);
      backfill.add(Labels.of("i", "2"), START_MS, 1);
      backfill.add(labels(0), START_MS - HOUR_MS, -1);
      SeriesBackfill.Outcome outcome = backfill.finish();
      assertThat(outcome.stored()).isEqualTo(24 * 60 + 540 + 11 + 1);
      assertThat(outcome.refused()).as("too old, nameless, in the future").isEqualTo(2 + 49);
      assertThat(outcome.firstProblem()).isNotEmpty();
    }
    assertThat(times(store, 2)).hasSize(24 * 60 + 551).isSorted();
    assertThat(times(store, 0)).hasSize(541).startsWith(-60L, 0L);
    reopen(TsdbOptions.DEFAULT);
    clock.advance(Duration.ofMinutes(2));
    assertThat(times(store, 2)).hasSize(24 * 60 + 551).isSorted();
    List<BlockFacts> blocks = store.keeping().blocks();
    for (int i = 1; i < blocks.size(); i++) {
      assertThat(blocks.get(i).minMs()).isGreaterThanOrEqualTo(blocks.get(i - 1).maxMs());
    }
    fill(1);
    assertThat(times(store, 0)).contains(542L);
  }

  @Test
  void takesWhatWasMeasuredBeforeIntoAnEmptyStore() {
    try (SeriesBackfill backfill = store.keeping().backfill()) {
      for (int minute = 0; minute > -24 * 60; minute--) {
        backfill.add(labels(0), START_MS + minute * 60_000L, minute);
      }
      assertThat(backfill.finish().refused()).isZero();
    }
    fill(1);
    reopen(TsdbOptions.DEFAULT);
    assertThat(count(0)).isEqualTo(24 * 60 + 59);
    assertThat(append(0, START_MS - 30_000)).isEqualTo(1);
  }

  private int append(int i, long timestampMs) {
    SampleBatch batch = new SampleBatch();
    batch.add(labels(i), timestampMs, 1);
    return store.append(batch, Durability.ON_DISK).stored();
  }

  @Test
  void saysWhatIsInMemory() {
    fill(1);
    HeadFacts facts = store.keeping().head(1);
    assertThat(facts.series()).isEqualTo(2);
    assertThat(facts.labelPairs()).isEqualTo(3);
    assertThat(facts.chunks()).isEqualTo(2);
    assertThat(facts.minMs()).isEqualTo(START_MS);
    assertThat(facts.maxMs()).isEqualTo(START_MS + 59 * 60_000);
    assertThat(facts.seriesByMetric()).containsExactly(new Amount("m", 2));
    assertThat(facts.valuesByLabel()).containsExactly(new Amount("i", 2));
    assertThat(facts.bytesByLabel()).containsExactly(new Amount("__name__", 18));
    assertThat(facts.seriesByPair()).containsExactly(new Amount("__name__=m", 2));
  }
}
