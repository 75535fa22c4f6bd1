package dev.sightline.logstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.logstore.LogModel.Line;
import dev.sightline.model.log.LogDeletions.State;
import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.model.meter.MeterRegistry;
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
import org.junit.jupiter.api.Test;

/// Whatever is pushed, in whatever order and how often: the store answers as [LogModel] does.
class LogStorePropertyTest {
  /// A minute before midnight, so that lines fall on two days.
  private static final long NOW_MS = 1_750_032_000_000L - 60_000;

  private static final long SPREAD_NS = Duration.ofMinutes(9).toNanos();

  @Test
  void answersAsTheModelDoes() {
    Seeds.check(300, seed -> new Run(seed).live());
  }

  private static final class Run {
    private final SplittableRandom random;
    private final RandomLines lines;
    private final SimulatedFileSystem disk;
    private final FakeClock clock = new FakeClock(NOW_MS);
    private final LogModel model = new LogModel();
    private final List<List<Line>> pushed = new ArrayList<>();
    private final Set<String> deleted = new HashSet<>();
    private LogStore store;

    Run(long seed) {
      random = new SplittableRandom(seed);
      lines = new RandomLines(random);
      disk = new SimulatedFileSystem(seed);
      store = open();
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

    void live() {
      for (int step = 3 + random.nextInt(20); step > 0; step--) {
        switch (random.nextInt(14)) {
          case 0 -> reopen();
          case 1 -> resend();
          case 2 -> clock.advance(Duration.ofSeconds(random.nextInt(60)));
          case 3, 4 -> model.check(store, lines.request(nowNs(), SPREAD_NS));
          case 5 -> assertThat(store.cut()).isTrue();
          case 6 -> store.tidy();
          case 7 -> delete();
          case 8 -> letAnHourPass();
          default -> push(lines.lines(30, nowNs(), SPREAD_NS));
        }
      }
      letAnHourPass();
      model.check(store, LogModel.everything(Direction.FORWARD));
      model.check(store, LogModel.everything(Direction.BACKWARD));
      store.close();
    }

    /// What is deleted is not pushed again, so that there is no doubt about what is there.
    private void delete() {
      String query = lines.deletion();
      store.delete(query, Long.MIN_VALUE, Long.MAX_VALUE);
      deleted.add(query);
      model.forget(query);
    }

    /// Deletions go through; a resend would not be known as one any more.
    private void letAnHourPass() {
      pushed.clear();
      clock.jumpTo(clock.nowMs() + Duration.ofMinutes(75).toMillis());
      store.tidy();
      assertThat(store.deletions())
          .allMatch(one -> one.state() == State.GONE && one.trouble().isEmpty());
    }

    private void reopen() {
      store.close();
      store = open();
    }

    private void resend() {
      if (!pushed.isEmpty()) {
        push(pushed.get(random.nextInt(pushed.size())));
      }
    }

    private void push(List<Line> batch) {
      batch.removeIf(line -> deleted.stream().anyMatch(one -> LogModel.isMeant(one, line)));
      assertThat(store.append(LogModel.batch(batch)).stored()).isEqualTo(batch.size());
      model.add(batch);
      pushed.add(batch);
    }

    private long nowNs() {
      return clock.nowMs() * 1_000_000;
    }
  }
}
