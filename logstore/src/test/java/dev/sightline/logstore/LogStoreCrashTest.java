package dev.sightline.logstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.logstore.LogModel.Line;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogSource.Direction;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What was accepted is there after any row of power cuts, kills and disk errors: each line, once,
/// in order.
class LogStoreCrashTest {
  /// A minute before midnight, so that lines fall on two days.
  private static final long NOW_MS = 1_750_032_000_000L - 60_000;

  private static final long SPREAD_NS = Duration.ofMinutes(5).toNanos();

  private static final Operation[] OPERATIONS = {
    Operation.WRITE,
    Operation.SYNC,
    Operation.WRITE,
    Operation.SYNC,
    Operation.CREATE,
    Operation.RENAME,
    Operation.SYNC_DIRECTORY,
    Operation.DELETE,
    Operation.TRUNCATE
  };

  @Test
  void acceptedLinesSurviveOnceAndInOrder() {
    Seeds.check(700, seed -> new Run(seed).lives());
  }

  /// The lives of one store, each of which ends badly.
  private static final class Run {
    private final SplittableRandom random;
    private final RandomLines lines;
    private final FakeClock clock = new FakeClock(NOW_MS);

    /// by line: the number of the call that was first to be acknowledged with it
    private final Map<Line, Integer> accepted = new HashMap<>();

    /// pushed in vain at some time: may be there, and then anywhere among those of its time
    private final Set<Line> doubtful = new HashSet<>();

    /// asked for, maybe in vain
    private final Set<String> deletions = new HashSet<>();

    /// lines are deleted, and nothing is sent again on purpose: what is deleted and comes again may
    /// be there or not
    private final boolean deletes;

    private int calls;
    private SimulatedFileSystem disk;
    private LogStore store;

    Run(long seed) {
      random = new SplittableRandom(seed);
      lines = new RandomLines(random);
      deletes = random.nextBoolean();
      disk = new SimulatedFileSystem(seed);
      store = open();
    }

    void lives() {
      for (int life = 1 + random.nextInt(4); life > 0; life--) {
        for (int step = random.nextInt(20); step > 0; step--) {
          disturb();
          switch (random.nextInt(deletes ? 8 : 5)) {
            case 0 -> store.cut();
            case 5 -> store.tidy();
            case 6 -> delete();
            case 7 -> clock.jumpTo(clock.nowMs() + Duration.ofMinutes(31).toMillis());
            default -> push();
          }
        }
        SimulatedFileSystem found = random.nextInt(4) == 0 ? disk.kill() : disk.crash();
        store.close();
        disk = found;
        store = open();
        check();
      }
      store.close();
    }

    private void push() {
      List<Line> batch = lines.lines(12, clock.nowMs() * 1_000_000, SPREAD_NS);
      if (!deletes && !accepted.isEmpty() && random.nextInt(3) == 0) {
        accepted.keySet().stream().limit(3).forEach(batch::add);
      }
      try {
        assertThat(store.append(LogModel.batch(batch)).stored()).isEqualTo(batch.size());
        for (Line line : batch) {
          if (deletions.stream().anyMatch(one -> LogModel.isMeant(one, line))) {
            doubtful.add(line);
          } else {
            accepted.putIfAbsent(line, calls++);
          }
        }
      } catch (StoreUnavailableException _) {
        batch.stream().filter(line -> !accepted.containsKey(line)).forEach(doubtful::add);
        clock.advance(Duration.ofSeconds(random.nextInt(10)));
      }
    }

    private void delete() {
      String query = lines.deletion();
      boolean hidden;
      try {
        store.delete(query, Long.MIN_VALUE, Long.MAX_VALUE);
        hidden = true;
      } catch (StorageException _) {
        hidden = false;
      }
      deletions.add(query);
      Set<Line> meant = new HashSet<>(accepted.keySet());
      meant.removeIf(line -> !LogModel.isMeant(query, line));
      meant.forEach(accepted::remove);
      if (!hidden) {
        doubtful.addAll(meant);
      }
    }

    private void disturb() {
      Operation operation = OPERATIONS[random.nextInt(OPERATIONS.length)];
      switch (random.nextInt(14)) {
        case 0 -> disk.fail(Fault.once(1 + random.nextInt(4), operation));
        case 1 -> disk.fail(Fault.forEver(1 + random.nextInt(4), operation));
        case 2 -> disk.limitBytes(random.nextInt(9_000));
        case 3, 4, 5 -> disk.heal();
        case 6, 7 -> clock.advance(Duration.ofSeconds(1 + random.nextInt(9)));
        default -> {}
      }
    }

    private void check() {
      Map<Labels, List<Line>> found = LogModel.read(store, LogModel.everything(Direction.FORWARD));
      List<Line> all = new ArrayList<>();
      found.values().forEach(all::addAll);
      assertThat(all).doesNotHaveDuplicates();
      assertThat(new HashSet<>(all)).containsAll(accepted.keySet());
      assertThat(all).allMatch(line -> accepted.containsKey(line) || doubtful.contains(line));
      found.values().forEach(this::checkOrder);
    }

    private void checkOrder(List<Line> ofStream) {
      List<Line> certain = ofStream.stream().filter(line -> !doubtful.contains(line)).toList();
      for (int i = 1; i < certain.size(); i++) {
        Line before = certain.get(i - 1);
        Line after = certain.get(i);
        assertThat(before.timestampNs()).isLessThanOrEqualTo(after.timestampNs());
        if (before.timestampNs() == after.timestampNs()) {
          assertThat(accepted.get(before)).isLessThan(accepted.get(after));
        }
      }
    }

    private LogStore open() {
      return LogStore.open(
          disk,
          Path.of("/logs"),
          LogStoreOptions.DEFAULT,
          WordLanguage::read,
          clock,
          clock,
          new MeterRegistry());
    }
  }
}
