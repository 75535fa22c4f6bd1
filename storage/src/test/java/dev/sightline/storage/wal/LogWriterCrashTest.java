package dev.sightline.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.storage.simulated.Fault;
import dev.sightline.storage.simulated.Fault.Operation;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What was acknowledged is there after any row of power cuts, kills and disk errors; in order, and
/// nothing else beside what was appended.
class LogWriterCrashTest {
  private static final Path DIRECTORY = Path.of("/log");

  @Test
  void acknowledgedRecordsSurvive() {
    Seeds.check(2_000, seed -> new Run(seed).lives());
  }

  /// The lives of one log, each of which ends badly.
  private static final class Run {
    private final SplittableRandom random;
    private final NumberedRecords numbered;
    private final FakeClock clock = new FakeClock(0);
    private SimulatedFileSystem disk;
    private int appended;
    private final Set<Integer> acknowledged = new HashSet<>();

    /// the first that was appended and not synced in this life
    private int unsynced;

    Run(long seed) {
      random = new SplittableRandom(seed);
      numbered = new NumberedRecords(seed);
      disk = new SimulatedFileSystem(seed);
      disk.createDirectories(DIRECTORY);
    }

    void lives() {
      for (int life = 1 + random.nextInt(4); life > 0; life--) {
        live();
        disk = random.nextInt(4) == 0 ? disk.kill() : disk.crash();
        crashWhileRecovering();
        check();
      }
    }

    private void live() {
      unsynced = appended;
      LogFiles files = new LogFiles(disk, DIRECTORY);
      LogTail.repair(files);
      int next = files.numbers().isEmpty() ? 0 : files.numbers().getLast() + 1;
      LogOptions options = LogOptions.named("test").withFileBytes(96 * 1024);
      options = random.nextBoolean() ? options.withSnappy() : options;
      LogMeters meters = LogMeters.of(new MeterRegistry(), "test");
      LogWriter writer = new LogWriter(files, options, clock, meters, next);
      for (int step = random.nextInt(30); step > 0; step--) {
        disturb();
        try {
          step(writer);
        } catch (StoreUnavailableException _) {
          clock.advance(Duration.ofSeconds(random.nextInt(90)));
        }
      }
    }

    private void step(LogWriter writer) {
      if (random.nextInt(5) > 0) {
        int more = random.nextInt(4);
        writer.add(numbered.records(appended, appended + more));
        appended += more;
      }
      switch (random.nextInt(8)) {
        case 0 -> writer.startFile();
        case 1, 2, 3 -> writer.write();
        default -> {
          writer.sync();
          for (; unsynced < appended; unsynced++) {
            acknowledged.add(unsynced);
          }
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
              Operation.WRITE,
              Operation.SYNC,
              Operation.SYNC,
              Operation.CREATE,
              Operation.TRUNCATE,
              Operation.DELETE,
              Operation.SYNC_DIRECTORY)
          .get(random.nextInt(8));
    }

    private void crashWhileRecovering() {
      while (random.nextInt(3) == 0) {
        disk.fail(Fault.forEver(1 + random.nextInt(5), Operation.values()));
        try {
          LogTail.repair(new LogFiles(disk, DIRECTORY));
        } catch (StorageException _) {
          // the next start tries again
        }
        disk = disk.crash();
      }
    }

    private void check() {
      List<Integer> found = numbered.read(disk, DIRECTORY);
      assertThat(found.stream().filter(acknowledged::contains).toList()).isSorted();
      assertThat(found).containsAll(acknowledged).allMatch(number -> number < appended);
    }
  }
}
