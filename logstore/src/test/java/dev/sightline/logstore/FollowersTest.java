package dev.sightline.logstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LogArrivals.Arrived;
import dev.sightline.model.log.LogArrivals.Follower;
import dev.sightline.model.log.LogArrivals.Lost;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whoever follows a store sees each line that is stored, once.
class FollowersTest {
  private static final long NOW_MS = 1_750_000_000_000L;

  private final FakeClock clock = new FakeClock(NOW_MS);
  private final LogStore store =
      LogStore.open(
          new SimulatedFileSystem(1),
          Path.of("/logs"),
          LogStoreOptions.DEFAULT,
          clock,
          clock,
          new MeterRegistry());

  @AfterEach
  void close() {
    store.close();
  }

  private void push(String... lines) {
    LogBatch batch = new LogBatch();
    for (int i = 0; i < lines.length; i++) {
      batch.add(
          Labels.of("app", i % 2 == 0 ? "even" : "odd"),
          NOW_MS * 1_000_000 + i,
          lines[i].getBytes(StandardCharsets.UTF_8),
          Labels.of("trace", "t" + i));
    }
    store.append(batch);
  }

  private static List<String> next(Follower follower) throws InterruptedException {
    List<String> seen = new ArrayList<>();
    Arrived lines = follower.poll(Duration.ZERO);
    while (lines != null) {
      while (lines.next()) {
        int length = lines.lineEnd() - lines.lineStart();
        seen.add(
            lines.stream().get("app")
                + lines.metadata().get("trace")
                + " "
                + new String(lines.bytes(), lines.lineStart(), length, StandardCharsets.UTF_8));
      }
      lines = follower.poll(Duration.ZERO);
    }
    return seen;
  }

  @Test
  void linesOfMatchingStreamsAreShownOnce() throws Exception {
    push("before");
    Follower follower = store.follow(List.of(Matcher.equal("app", "even")));
    push("a", "b", "c");
    assertThat(next(follower)).containsExactly("event0 a", "event2 c");
    push("a", "b", "c", "d", "e");
    assertThat(next(follower)).containsExactly("event4 e");
    follower.close();
    push("f");
    assertThat(next(follower)).isEmpty();
  }

  @Test
  void nobodyWaitsForOneWhoIsSlow() throws Exception {
    Follower follower = store.follow(List.of());
    String many = "x".repeat(200_000);
    for (int i = 0; i < 60; i++) {
      push(many + i);
    }
    List<Lost> lost = follower.lost();
    assertThat(lost).isNotEmpty();
    assertThat(lost.getFirst().stream()).isEqualTo(Labels.of("app", "even"));
    assertThat(next(follower).size() + lost.size()).isEqualTo(60);
    assertThat(follower.lost()).isEmpty();
    push("again");
    assertThat(next(follower)).containsExactly("event0 again");
  }
}
