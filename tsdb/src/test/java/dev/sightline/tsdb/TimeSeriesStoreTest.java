package dev.sightline.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.SeriesSink.Durability;
import dev.sightline.model.series.SeriesSink.Outcome;
import dev.sightline.model.series.SeriesSink.Reason;
import dev.sightline.model.series.SeriesSource;
import dev.sightline.storage.fs.DiskFileSystem;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.testkit.FakeClock;
import dev.sightline.tsdb.TsdbOptions.SeriesLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeSeriesStoreTest {
  private static final long START_MS = 1_700_000_000_000L;
  private static final Labels UP = Labels.of("__name__", "up", "job", "a");

  @TempDir Path data;
  private final FileSystem files = new DiskFileSystem();
  private final FakeClock clock = new FakeClock(START_MS);
  private TimeSeriesStore store;

  @BeforeEach
  void open() {
    open(TsdbOptions.DEFAULT);
  }

  private void open(TsdbOptions options) {
    store =
        TimeSeriesStore.open(
            files, TsdbDirectories.below(data), options, clock, clock, new MeterRegistry());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void readsWhatWasAppended() {
    append(UP, 0, 1.0);
    append(UP, 15_000, 0.0);
    assertThat(read("up")).containsExactly(UP + " 0=1.0 15000=0.0");
  }

  @Test
  void readsWhatWasAppendedBeforeARestart() {
    append(UP, 0, 1.0);
    append(Labels.of("__name__", "down"), 1, 2.0);
    append(UP, 15_000, 0.0);
    close();
    open();
    append(UP, 30_000, 5.0);
    assertThat(read("up")).containsExactly(UP + " 0=1.0 15000=0.0 30000=5.0");
    assertThat(read("down")).containsExactly("{__name__=\"down\"} 1=2.0");
  }

  @Test
  void takesLateSamplesIntoTheirPlace() {
    append(UP, 60_000, 3.0);
    append(UP, 30_000, 2.0);
    append(UP, 0, 1.0);
    assertThat(read("up")).containsExactly(UP + " 0=1.0 30000=2.0 60000=3.0");
    close();
    open();
    assertThat(read("up")).containsExactly(UP + " 0=1.0 30000=2.0 60000=3.0");
  }

  /// More samples of neighbouring series than a restart gathers before it appends them.
  @Test
  void readsManySamplesOfNeighboursBack() {
    SampleBatch batch = new SampleBatch();
    for (int time = 0; time < 60; time++) {
      for (int i = 0; i < 300; i++) {
        boolean late = i == 7 && time == 59;
        batch.add(neighbour(i), START_MS + (late ? 500 : time * 1000L), i * 1000 + time);
      }
    }
    assertThat(store.append(batch, Durability.ON_DISK).refusedCount()).isZero();
    List<String> before = read("many");
    close();
    open();
    assertThat(read("many")).hasSize(300).isEqualTo(before);
    assertThat(before.getFirst()).contains(" 0=0.0 1000=1.0").contains(" 59000=59.0");
    assertThat(before).anyMatch(line -> line.contains(" 500=7059.0 1000=7001.0"));
  }

  private static Labels neighbour(int i) {
    return Labels.of("__name__", "many", "instance", String.valueOf(i));
  }

  @Test
  void countsARepetitionAsStored() {
    append(UP, 0, 1.0);
    append(UP, 15_000, 2.0);
    assertThat(append(UP, 0, 1.0).stored()).isEqualTo(1);
    assertThat(append(UP, 15_000, 2.0).stored()).isEqualTo(1);
    assertThat(read("up")).containsExactly(UP + " 0=1.0 15000=2.0");
  }

  @Test
  void refusesEachSampleForItsOwnReason() {
    append(UP, 7_200_000, 1.0);
    SampleBatch batch = new SampleBatch();
    batch.add(UP, START_MS + 7_200_000, 0.5);
    batch.add(UP, START_MS + 7_200_000, 1.0);
    batch.add(UP, START_MS + 20_000_000_000L, 1.0);
    batch.add(UP, START_MS, 1.0);
    batch.add(Labels.of("job", "nameless"), START_MS + 7_200_000, 1.0);
    batch.add(Labels.of("__name__", "x", "half", "\ud800"), START_MS + 7_200_000, 1.0);
    batch.add(Labels.of("__name__", "fine"), START_MS + 7_200_000, 1.0);
    batch.add(Labels.of("__name__", "twice"), START_MS + 7_200_000, 1.0);
    batch.add(Labels.of("__name__", "twice"), START_MS + 7_200_000, 2.0);
    clock.jumpTo(START_MS + 7_200_000);
    Outcome outcome = store.append(batch, Durability.ON_DISK);
    assertThat(outcome.stored()).isEqualTo(3);
    assertThat(outcome.refusedCount()).isEqualTo(6);
    assertThat(outcome.refused().stream().map(refusal -> refusal.index() + " " + refusal.reason()))
        .containsExactly(
            "0 DUPLICATE_TIMESTAMP",
            "2 TOO_FAR_IN_FUTURE",
            "3 TOO_OLD",
            "4 BAD_LABELS",
            "5 BAD_LABELS",
            "8 DUPLICATE_TIMESTAMP");
    assertThat(outcome.refused().getFirst().message())
        .isEqualTo(
            "sample of {__name__=\"up\", job=\"a\"} at 2023-11-15T00:13:20Z (1700007200000): "
                + "value 0.5, but 1.0 is stored at this time");
  }

  @Test
  void namesTheWorstLabelWhenThereAreTooManySeries() {
    close();
    open(TsdbOptions.DEFAULT.withSeries(new SeriesLimits(3, 100)));
    for (int i = 0; i < 3; i++) {
      append(Labels.of("__name__", "m", "user", "u" + i), 0, 1.0);
    }
    Outcome outcome = append(Labels.of("__name__", "m", "user", "u3"), 0, 1.0);
    assertThat(outcome.refused().getFirst().reason()).isEqualTo(Reason.TOO_MANY_SERIES);
    assertThat(outcome.refused().getFirst().message())
        .endsWith("and 3 is the limit; label \"user\" has the most values: 3");
    assertThat(append(Labels.of("__name__", "m", "user", "u0"), 1, 1.0).stored()).isEqualTo(1);
  }

  @Test
  void takesNoNewSeriesWhileMemoryIsScarce() {
    AtomicBoolean scarce = new AtomicBoolean();
    close();
    open(TsdbOptions.DEFAULT.withRoom(scarce::get));
    append(UP, 0, 1.0);
    scarce.set(true);
    Outcome outcome = append(Labels.of("__name__", "m", "user", "u"), 0, 1.0);
    assertThat(outcome.refused().getFirst().reason()).isEqualTo(Reason.TOO_MANY_SERIES);
    assertThat(outcome.refused().getFirst().message()).contains("1 fill the memory that there is");
    assertThat(append(UP, 1, 1.0).stored()).as("a series that is there").isEqualTo(1);
    scarce.set(false);
    assertThat(append(Labels.of("__name__", "m", "user", "u"), 0, 1.0).stored()).isEqualTo(1);
  }

  @Test
  void listsLabels() {
    append(UP, 0, 1.0);
    append(Labels.of("__name__", "up", "job", "b", "zone", "z"), 0, 1.0);
    long end = START_MS + 1;
    assertThat(store.labelNames(List.of(), START_MS, end))
        .containsExactly("__name__", "job", "zone");
    assertThat(store.labelValues("job", List.of(), START_MS, end)).containsExactly("a", "b");
    assertThat(store.labelValues("job", List.of(Matcher.equal("zone", "z")), START_MS, end))
        .containsExactly("b");
    assertThat(store.labelNames(List.of(), end, end)).isEmpty();
    assertThat(store.series(List.of(Matcher.equal("job", "a")), START_MS, end)).containsExactly(UP);
  }

  private Outcome append(Labels labels, long offsetMs, double value) {
    clock.jumpTo(Math.max(clock.nowMs(), START_MS + offsetMs));
    SampleBatch batch = new SampleBatch();
    batch.add(labels, START_MS + offsetMs, value);
    return store.append(batch, Durability.ON_DISK);
  }

  private List<String> read(String name) {
    List<String> read = new ArrayList<>();
    List<Matcher> matchers = List.of(Matcher.equal("__name__", name));
    try (SeriesSource.Selection selection = store.select(matchers, 0, Long.MAX_VALUE)) {
      for (SeriesSource.SelectedSeries series : selection.series()) {
        SampleColumns columns = new SampleColumns();
        series.read(columns);
        StringBuilder text = new StringBuilder(series.labels().toString());
        for (int i = 0; i < columns.size(); i++) {
          text.append(' ')
              .append(columns.timestampMs(i) - START_MS)
              .append('=')
              .append(columns.value(i));
        }
        read.add(text.toString());
      }
    }
    return read;
  }
}
