package dev.sightline.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.SeriesSink.Durability;
import dev.sightline.model.series.SeriesSink.Outcome;
import dev.sightline.model.series.SeriesSink.Refusal;
import dev.sightline.model.series.SeriesSource.SelectedSeries;
import dev.sightline.model.series.SeriesSource.Selection;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.storage.simulated.Fault;
import dev.sightline.storage.simulated.Fault.Operation;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What was acknowledged is there after any row of power cuts, kills and disk errors, whether it is
/// in the log, in a block or on its way from one to the other; and nothing that was never sent.
class StoreCrashTest {
  private static final long START_MS = 1_700_000_000_000L;
  private static final TsdbDirectories DIRECTORIES = TsdbDirectories.below(Path.of("/data"));
  private static final TsdbOptions OPTIONS = TsdbOptions.DEFAULT.withLogFileBytes(64 * 1024);

  @Test
  void acknowledgedSamplesSurvive() {
    Seeds.check(1_000, seed -> new Run(seed).lives());
  }

  /// A sample as a test knows it; every attempt has a value of its own.
  private record Sent(Labels labels, long timestampMs, double value) {}

  private static final class Run {
    private final SplittableRandom random;
    private final FakeClock clock = new FakeClock(START_MS);
    private SimulatedFileSystem disk;
    private double attempts;
    private List<Sent> lastBatch = List.of();
    private final Set<Sent> sent = new HashSet<>();
    private final Set<Sent> deleted = new HashSet<>();
    private final Map<Labels, TreeMap<Long, Double>> acknowledged = new HashMap<>();

    Run(long seed) {
      random = new SplittableRandom(seed);
      disk = new SimulatedFileSystem(seed);
    }

    void lives() {
      for (int life = 1 + random.nextInt(3); life > 0; life--) {
        TimeSeriesStore store = open();
        live(store);
        disk = random.nextInt(4) == 0 ? disk.kill() : disk.crash();
        store.close();
        crashWhileOpening();
        try (TimeSeriesStore again = open()) {
          check(again);
        }
        assertThat(disk.list(DIRECTORIES.quarantine())).isEmpty();
      }
    }

    private TimeSeriesStore open() {
      return TimeSeriesStore.open(disk, DIRECTORIES, OPTIONS, clock, clock, new MeterRegistry());
    }

    private void live(TimeSeriesStore store) {
      for (int step = random.nextInt(40); step > 0; step--) {
        disturb();
        clock.sleep(Duration.ofMillis(random.nextInt(2_400_000)));
        if (random.nextInt(20) == 0) {
          clock.jumpTo(clock.nowMs() + random.nextInt(1_200_000));
        }
        if (random.nextInt(6) == 0) {
          advance();
        }
        try {
          send(store, random.nextInt(5) == 0 ? lastBatch : batch());
        } catch (StoreUnavailableException _) {
          disk.heal();
          clock.advance(Duration.ofSeconds(4));
        }
        if (random.nextInt(12) == 0) {
          delete(store);
        }
        if (random.nextInt(10) == 0) {
          check(store);
        }
      }
    }

    /// Once acknowledged, nothing of it may come back; without an answer both may be.
    private void delete(TimeSeriesStore store) {
      Labels labels = Labels.of("__name__", "m", "i", "" + random.nextInt(6));
      long startMs = clock.nowMs() - random.nextInt(30_000_000);
      long endMs = startMs + random.nextInt(10_000_000);
      Set<Sent> gone = new HashSet<>();
      for (Sent one : sent) {
        if (one.labels.equals(labels) && one.timestampMs >= startMs && one.timestampMs <= endMs) {
          gone.add(one);
        }
      }
      acknowledged.getOrDefault(labels, new TreeMap<>()).subMap(startMs, true, endMs, true).clear();
      try {
        store.keeping().delete(List.of(Matcher.equal("i", labels.get("i"))), startMs, endMs);
        deleted.addAll(gone);
      } catch (StoreUnavailableException _) {
        disk.heal();
        clock.advance(Duration.ofSeconds(4));
      }
    }

    private void advance() {
      try {
        clock.advance(Duration.ofSeconds(61));
      } catch (StorageException | StoreUnavailableException _) {
        // maintenance failed; a real scheduler would log it and go on
      }
    }

    private List<Sent> batch() {
      Map<String, Sent> batch = new HashMap<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        Labels labels = Labels.of("__name__", "m", "i", "" + random.nextInt(6));
        boolean late = random.nextInt(4) == 0;
        long timestampMs = clock.nowMs() - random.nextInt(late ? 3_000_000 : 2_000);
        Sent one = new Sent(labels, timestampMs, attempts++);
        batch.put(labels + "@" + timestampMs, one);
      }
      return List.copyOf(batch.values());
    }

    private void send(TimeSeriesStore store, List<Sent> samples) {
      lastBatch = samples;
      sent.addAll(samples);
      deleted.removeAll(samples);
      SampleBatch batch = new SampleBatch();
      samples.forEach(one -> batch.add(one.labels, one.timestampMs, one.value));
      Outcome outcome = store.append(batch, Durability.ON_DISK);
      Set<Integer> refused =
          outcome.refused().stream().map(Refusal::index).collect(Collectors.toSet());
      for (int i = 0; i < samples.size(); i++) {
        Sent one = samples.get(i);
        if (!refused.contains(i)) {
          acknowledged
              .computeIfAbsent(one.labels, _ -> new TreeMap<>())
              .put(one.timestampMs, one.value);
        }
      }
    }

    private void disturb() {
      switch (random.nextInt(12)) {
        case 0 -> disk.fail(Fault.once(1 + random.nextInt(6), anyOperation()));
        case 1 -> disk.fail(Fault.forEver(1 + random.nextInt(6), anyOperation()));
        case 2 -> disk.limitBytes(random.nextInt(200_000));
        case 3, 4, 5 -> disk.heal();
        default -> {}
      }
    }

    private Operation anyOperation() {
      return List.of(
              Operation.WRITE,
              Operation.SYNC,
              Operation.CREATE,
              Operation.RENAME,
              Operation.DELETE,
              Operation.SYNC_DIRECTORY)
          .get(random.nextInt(6));
    }

    private void crashWhileOpening() {
      while (random.nextInt(3) == 0) {
        disk.fail(Fault.forEver(1 + random.nextInt(20), Operation.values()));
        try {
          open().close();
        } catch (StorageException | StoreUnavailableException _) {
          // the next start tries again
        }
        disk = disk.crash();
      }
    }

    private void check(TimeSeriesStore store) {
      disk.heal();
      Map<Labels, TreeMap<Long, Double>> found = new HashMap<>();
      try (Selection selection = store.select(List.of(), 0, Long.MAX_VALUE)) {
        for (SelectedSeries series : selection.series()) {
          SampleColumns columns = new SampleColumns();
          series.read(columns);
          TreeMap<Long, Double> samples = new TreeMap<>();
          for (int i = 0; i < columns.size(); i++) {
            samples.put(columns.timestampMs(i), columns.value(i));
            Sent one = new Sent(series.labels(), columns.timestampMs(i), columns.value(i));
            assertThat(sent).contains(one);
            assertThat(deleted).doesNotContain(one);
          }
          assertThat(samples).as("each time once").hasSize(columns.size());
          found.put(series.labels(), samples);
        }
      }
      acknowledged.forEach(
          (labels, samples) ->
              assertThat(found.getOrDefault(labels, new TreeMap<>()))
                  .as("%s", labels)
                  .containsAllEntriesOf(samples));
    }
  }
}
