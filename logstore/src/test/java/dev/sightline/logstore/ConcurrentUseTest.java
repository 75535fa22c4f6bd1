package dev.sightline.logstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.logstore.LogModel.Line;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.storage.fs.DiskFileSystem;
import dev.sightline.testkit.FakeClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several push to the same streams while the head is cut and others read: each line that was
/// acknowledged before a question is in its answer, once and in order.
class ConcurrentUseTest {
  private static final long NOW_MS = 1_750_000_000_000L;
  private static final int WRITERS = 3;
  private static final int CALLS = 150;
  private static final int LINES = 10;

  private final FakeClock clock = new FakeClock(NOW_MS);
  private final AtomicIntegerArray acknowledged = new AtomicIntegerArray(WRITERS);
  private final AtomicInteger running = new AtomicInteger(WRITERS);
  @TempDir Path directory;

  @Test
  void nothingIsMissedAndNothingComesTwice() throws Exception {
    LogStore store = open();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int number = writer;
        work.add(() -> write(store, number));
      }
      work.add(() -> read(store));
      work.add(() -> read(store));
      work.add(() -> cut(store));
      for (Future<Integer> done : threads.invokeAll(work)) {
        assertThat(done.get()).isPositive();
      }
    }
    check(store);
    store.close();
    LogStore again = open();
    check(again);
    again.close();
  }

  private LogStore open() {
    return LogStore.open(
        new DiskFileSystem(),
        directory,
        LogStoreOptions.DEFAULT,
        clock,
        clock,
        new MeterRegistry());
  }

  private int write(LogStore store, int writer) {
    try {
      for (int call = 0; call < CALLS; call++) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
          int number = call * LINES + i;
          long timestampNs = NOW_MS * 1_000_000 + number / 7;
          Labels stream = Labels.of("app", "a" + number % 2);
          lines.add(new Line(stream, timestampNs, writer + " " + number, Labels.EMPTY));
        }
        assertThat(store.append(LogModel.batch(lines)).stored()).isEqualTo(LINES);
        acknowledged.set(writer, (call + 1) * LINES);
      }
      return CALLS;
    } finally {
      running.decrementAndGet();
    }
  }

  private int cut(LogStore store) {
    int cuts = 1;
    while (running.get() > 0) {
      assertThat(store.cut()).isTrue();
      cuts++;
    }
    return cuts;
  }

  private int read(LogStore store) {
    int reads = 1;
    while (running.get() > 0) {
      check(store);
      reads++;
    }
    return reads;
  }

  private void check(LogStore store) {
    int[] atLeast = new int[WRITERS];
    for (int writer = 0; writer < WRITERS; writer++) {
      atLeast[writer] = acknowledged.get(writer);
    }
    Map<Labels, List<Line>> found = LogModel.read(store, LogModel.everything(Direction.FORWARD));
    int[][] next = new int[WRITERS][];
    Arrays.setAll(next, _ -> new int[] {0, 1}); // even numbers in one stream, odd in the other
    int[] count = new int[WRITERS];
    found.forEach(
        (labels, lines) -> {
          int stream = labels.get("app").charAt(1) - '0';
          for (Line line : lines) {
            int writer = line.text().charAt(0) - '0';
            int number = Integer.parseInt(line.text().substring(2));
            assertThat(number).as("none missing, none twice").isEqualTo(next[writer][stream]);
            next[writer][stream] = number + 2;
            count[writer]++;
          }
        });
    for (int writer = 0; writer < WRITERS; writer++) {
      assertThat(count[writer]).isGreaterThanOrEqualTo(atLeast[writer]);
    }
  }
}
