package dev.sightline.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.SeriesSink.Durability;
import dev.sightline.model.series.SeriesSource.SelectedSeries;
import dev.sightline.model.series.SeriesSource.Selection;
import dev.sightline.storage.fs.DiskFileSystem;
import dev.sightline.testkit.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Readers beside writers and beside cuts see whole batches, everything acknowledged, and no gaps.
class ConcurrentReadTest {
  private static final long START_MS = 1_699_999_200_000L;
  private static final int BATCHES = 1_500;
  private static final int SAMPLES_PER_BATCH = 3;
  private static final int SERIES = 4;

  @TempDir Path data;

  @Test
  void readersSeeWholeBatches() throws Exception {
    FakeClock clock = new FakeClock(START_MS);
    AtomicInteger acknowledged = new AtomicInteger();
    try (TimeSeriesStore store =
            TimeSeriesStore.open(
                new DiskFileSystem(),
                TsdbDirectories.below(data),
                TsdbOptions.DEFAULT,
                clock,
                clock,
                new MeterRegistry());
        ExecutorService readers = Executors.newFixedThreadPool(2)) {
      Callable<Integer> reader =
          () -> {
            int reads = 0;
            while (acknowledged.get() < BATCHES) {
              int atLeast = acknowledged.get();
              checkAll(store, atLeast);
              checkIndexes(store, atLeast);
              reads++;
            }
            return reads;
          };
      List<Future<Integer>> reading = List.of(readers.submit(reader), readers.submit(reader));
      for (int i = 0; i < BATCHES; i++) {
        append(store, i);
        acknowledged.incrementAndGet();
        clock.advance(Duration.ofSeconds(30));
      }
      for (Future<Integer> one : reading) {
        assertThat(one.get()).isPositive();
      }
      checkAll(store, BATCHES);
    }
  }

  /// The times of a batch's samples are not in order among series, and values count samples.
  private static void append(TimeSeriesStore store, int number) {
    SampleBatch batch = new SampleBatch();
    for (int sample = 0; sample < SAMPLES_PER_BATCH; sample++) {
      for (int i = 0; i < SERIES; i++) {
        int value = number * SAMPLES_PER_BATCH + sample;
        batch.add(Labels.of("__name__", "m", "i", "" + i), START_MS + value * 10_000L, value);
      }
    }
    store.append(batch, Durability.WITHIN_A_SECOND);
  }

  private static void checkAll(TimeSeriesStore store, int atLeastBatches) {
    List<Integer> sizes = new ArrayList<>();
    try (Selection selection = store.select(List.of(), 0, Long.MAX_VALUE)) {
      for (SelectedSeries series : selection.series()) {
        SampleColumns columns = new SampleColumns();
        series.read(columns);
        for (int i = 0; i < columns.size(); i++) {
          if (columns.value(i) != i || columns.timestampMs(i) != START_MS + i * 10_000L) {
            assertThat(columns.value(i)).as("sample %d", i).isEqualTo(i);
          }
        }
        sizes.add(columns.size());
      }
    }
    assertThat(sizes)
        .hasSize(atLeastBatches == 0 ? sizes.size() : SERIES)
        .allMatch(size -> size % SAMPLES_PER_BATCH == 0)
        .allMatch(size -> size >= atLeastBatches * SAMPLES_PER_BATCH);
  }

  /// Names come from the indexes of whatever reaches into the range, so they ask less than samples.
  private static void checkIndexes(TimeSeriesStore store, int atLeastBatches) {
    if (atLeastBatches > 0) {
      long newestMs = START_MS + (atLeastBatches * SAMPLES_PER_BATCH - 1) * 10_000L;
      assertThat(store.labelValues("i", List.of(), newestMs, newestMs)).hasSize(SERIES);
    }
  }
}
