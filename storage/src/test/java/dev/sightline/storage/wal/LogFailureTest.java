package dev.sightline.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.storage.simulated.Fault;
import dev.sightline.storage.simulated.Fault.Operation;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the log does when its disk refuses, seen by those who use it.
@Timeout(30)
class LogFailureTest {
  private static final Path DIRECTORY = Path.of("/log");

  private final FakeClock clock = new FakeClock(0);
  private final NumberedRecords numbered = new NumberedRecords(3);

  @Test
  void oneFailedSyncIsNotNoticed() {
    SimulatedFileSystem disk = new SimulatedFileSystem(1);
    try (WriteAheadLog log = open(disk)) {
      disk.fail(Fault.once(1, Operation.SYNC));
      log.sync(log.append(numbered.records(0, 5)));
      assertThat(log.isAvailable()).isTrue();
    }
    assertThat(numbered.read(disk.crash(), DIRECTORY)).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void brokenDiskRefusesAndComesBackByItself() {
    SimulatedFileSystem disk = new SimulatedFileSystem(1);
    try (WriteAheadLog log = open(disk)) {
      log.sync(log.append(numbered.records(0, 2)));
      disk.fail(Fault.forEver(1, Operation.SYNC));
      long position = log.append(numbered.records(2, 4));
      assertThatThrownBy(() -> log.sync(position))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("the log test cannot be written")
          .hasMessageContaining("Input/output error")
          .hasMessageNotContaining(DIRECTORY.toString());
      assertThatThrownBy(() -> log.append(numbered.records(9, 10)))
          .isInstanceOf(StoreUnavailableException.class);
      disk.heal();
      clock.advance(Duration.ofSeconds(3));
      awaitAvailable(log);
      log.sync(position);
      log.sync(log.append(numbered.records(4, 6)));
    }
    assertThat(numbered.read(disk.crash(), DIRECTORY)).containsExactly(0, 1, 2, 3, 4, 5);
  }

  /// Prometheus 2.42 loses a quarter of what it acknowledged after such an episode.
  @Test
  void fullDiskThatGetsSpaceLosesNothing() {
    Seeds.check(
        200,
        seed -> {
          SimulatedFileSystem disk = new SimulatedFileSystem(seed);
          SplittableRandom random = new SplittableRandom(seed);
          Set<Integer> acknowledged = new HashSet<>();
          try (WriteAheadLog log = open(disk)) {
            for (int i = 0; i < 60; i++) {
              disk.limitBytes(i < 20 || i > 40 ? Integer.MAX_VALUE : random.nextInt(100_000));
              clock.advance(Duration.ofSeconds(3));
              if (stored(log, i)) {
                acknowledged.add(i);
              }
            }
            clock.advance(Duration.ofSeconds(3));
            awaitAvailable(log);
            assertThat(stored(log, 60)).isTrue();
          }
          assertThat(numbered.read(disk.crash(), DIRECTORY)).containsAll(acknowledged);
        });
  }

  @Test
  void appendsOfManyThreadsSurviveAPowerCut() throws InterruptedException {
    SimulatedFileSystem disk = new SimulatedFileSystem(5);
    Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
    AtomicInteger next = new AtomicInteger();
    WriteAheadLog log = open(disk);
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      writers.add(
          Thread.startVirtualThread(
              () -> {
                for (int number = next.getAndIncrement();
                    number < 2_000;
                    number = next.getAndIncrement()) {
                  if (stored(log, number)) {
                    acknowledged.add(number);
                  }
                }
              }));
    }
    while (acknowledged.size() < 500) {
      Thread.onSpinWait();
    }
    Set<Integer> before = Set.copyOf(acknowledged);
    SimulatedFileSystem found = disk.crash();
    for (Thread writer : writers) {
      writer.join();
    }
    log.close();
    assertThat(numbered.read(found, DIRECTORY)).containsAll(before);
  }

  @Test
  void whatNobodyWaitsForIsSyncedWithinASecond() {
    SimulatedFileSystem disk = new SimulatedFileSystem(1);
    try (WriteAheadLog log = open(disk)) {
      long position = log.append(numbered.records(0, 3));
      clock.advance(Duration.ofSeconds(1));
      log.sync(position);
      assertThat(numbered.read(disk.crash(), DIRECTORY)).containsExactly(0, 1, 2);
    }
  }

  @Test
  void hangingDiskIsNotWaitedForForEver() {
    SimulatedFileSystem disk = new SimulatedFileSystem(1);
    LogOptions options = new LogOptions("test", 1 << 20, false, 1 << 20, Duration.ofMillis(50));
    try (WriteAheadLog log =
        WriteAheadLog.open(disk, DIRECTORY, options, clock, clock, new MeterRegistry())) {
      long position;
      synchronized (disk) { // every call on the disk now hangs
        position = log.append(numbered.records(0, 3));
        assertThatThrownBy(() -> log.sync(position))
            .isInstanceOf(StoreUnavailableException.class)
            .hasMessage("the disk of the log test has not answered for 50 ms");
      }
      while (!isSynced(log, position)) {
        Thread.onSpinWait(); // a busy machine may need more than the log's patience
      }
    }
    assertThat(numbered.read(disk.crash(), DIRECTORY)).containsExactly(0, 1, 2);
  }

  @Test
  void closedLogSaysSo() {
    WriteAheadLog log = open(new SimulatedFileSystem(1));
    log.close();
    assertThatThrownBy(() -> log.append(numbered.records(0, 1)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage("the log test is closed");
  }

  /// The try that the clock has set off runs on the log's own thread.
  private static boolean isSynced(WriteAheadLog log, long position) {
    try {
      log.sync(position);
      return true;
    } catch (StoreUnavailableException _) {
      return false;
    }
  }

  private static void awaitAvailable(WriteAheadLog log) {
    while (!log.isAvailable()) {
      Thread.onSpinWait();
    }
  }

  private boolean stored(WriteAheadLog log, int number) {
    try {
      log.sync(log.append(numbered.records(number, number + 1)));
      return true;
    } catch (StoreUnavailableException _) {
      return false;
    }
  }

  private WriteAheadLog open(SimulatedFileSystem disk) {
    LogOptions options = LogOptions.named("test").withFileBytes(128 * 1024);
    return WriteAheadLog.open(disk, DIRECTORY, options, clock, clock, new MeterRegistry());
  }
}
