package dev.sightline.alerting.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.alerting.notify.NotSentException.Hope;
import dev.sightline.alerting.notify.Notification;
import dev.sightline.alerting.notify.StatedAlert;
import dev.sightline.model.label.Labels;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Through any row of power cuts and kills, also while something is being sent: everybody hears in
/// the end what is so, and hears it twice only where nobody could know that it had arrived.
class CrashTest {
  private static final String CONFIG =
      """
      route:
        receiver: quiet
        group_wait: 2s
        group_interval: 5s
        repeat_interval: 40s
        group_by: [alertname]
        routes:
          - { receiver: hook, matchers: [ 'alertname=~".+"' ], continue: true }
          - { receiver: quiet }
      receivers:
        - { name: hook, webhook_configs: [ { url: "http://h" } ] }
        - { name: quiet, webhook_configs: [ { url: "http://h", send_resolved: false } ] }
      """;
  private static final long REPEAT_MS = 40_000;
  private static final long INTERVAL_MS = 5_000;

  @Test
  void nothingIsLostAndNothingRepeatedWithoutNeed() {
    Seeds.check(500, seed -> new Run(seed).live());
  }

  private record Heard(String receiver, Notification message, long atMs) {
    String about() {
      return receiver + message.groupKey();
    }

    String content() {
      return message.alerts().stream()
          .map(each -> each.alert().labels() + each.status() + each.alert().startsAtMs())
          .sorted()
          .collect(Collectors.joining());
    }
  }

  private static final class Run {
    private final SplittableRandom random;
    private final World world;
    private final List<Heard> heard = new ArrayList<>();

    /// What was said last of each alert, and acknowledged.
    private final Map<Labels, Boolean> fires = new HashMap<>();

    private final Map<Labels, Long> since = new HashMap<>();
    private int unknown;

    /// The disk of a process that is dead already: nothing that it does from then on counts.
    private @Nullable SimulatedFileSystem found;

    Run(long seed) {
      random = new SplittableRandom(seed);
      world = new World(CONFIG, seed, this::hear);
    }

    private void hear(String receiver, Notification message) {
      if (found != null) {
        return;
      }
      boolean dies = random.nextInt(12) == 0;
      boolean arrives = !dies || random.nextBoolean();
      if (dies) {
        found = random.nextBoolean() ? world.disk.crash() : world.disk.kill();
        unknown++;
      }
      if (world.broken.get(receiver) == Hope.UNKNOWN) {
        unknown++;
      }
      if (arrives) {
        heard.add(new Heard(receiver, message, world.clock.nowMs()));
      }
    }

    void live() {
      for (int step = 10 + random.nextInt(40); step > 0; step--) {
        step();
        if (found != null || random.nextInt(15) == 0) {
          die();
        }
      }
      world.broken.clear();
      for (int turn = 0; turn < 240; turn++) {
        world.clock.advance(Duration.ofMillis(250));
        if (found != null) {
          die();
        }
      }
      world.close();
      checkNothingLost();
      checkRepetitions();
    }

    private void die() {
      world.restart(
          found != null ? found : random.nextBoolean() ? world.disk.crash() : world.disk.kill());
      found = null;
    }

    private void step() {
      switch (random.nextInt(6)) {
        case 0, 1 -> say(random.nextInt(3) > 0);
        case 2 -> {
          Hope hope = Hope.values()[1 + random.nextInt(2)];
          world.broken.put(random.nextBoolean() ? "hook" : "quiet", hope);
        }
        case 3 -> world.broken.clear();
        default -> world.clock.advance(Duration.ofMillis(random.nextInt(7_000)));
      }
    }

    private void say(boolean firing) {
      Labels labels =
          Labels.of("alertname", "A" + random.nextInt(2), "instance", "i" + random.nextInt(2));
      if (!firing && !fires.containsKey(labels)) {
        return;
      }
      if (firing && !fires.getOrDefault(labels, false)) {
        since.put(labels, world.clock.nowMs());
      }
      world.say(labels, since.get(labels), !firing);
      fires.put(labels, firing);
    }

    private void checkNothingLost() {
      for (String receiver : List.of("hook", "quiet")) {
        Map<Labels, Boolean> believed = new HashMap<>();
        Set<Labels> everTold = new HashSet<>();
        for (Heard each : heard) {
          if (each.receiver.equals(receiver)) {
            for (StatedAlert stated : each.message.alerts()) {
              believed.put(stated.alert().labels(), !stated.resolved());
              everTold.add(stated.alert().labels());
            }
          }
        }
        fires.forEach(
            (labels, firing) -> {
              if (firing) {
                assertThat(believed.get(labels)).as("%s: %s", receiver, labels).isTrue();
              } else if (receiver.equals("hook") && everTold.contains(labels)) {
                assertThat(believed.get(labels)).as("%s: %s", receiver, labels).isFalse();
              }
            });
      }
    }

    private void checkRepetitions() {
      int repetitions = 0;
      Map<String, Heard> last = new HashMap<>();
      for (Heard each : heard) {
        Heard before = last.put(each.about(), each);
        boolean repeats =
            before != null
                && before.content().equals(each.content())
                && each.atMs - before.atMs < REPEAT_MS - INTERVAL_MS
                && each.receiver.equals("hook");
        if (repeats) {
          repetitions++;
          assertThat(each.message.mayRepeat())
              .as(
                  () ->
                      heard.stream()
                          .filter(other -> other.about().equals(each.about()))
                          .map(Object::toString)
                          .collect(
                              Collectors.joining("\n", "marked: " + each.content() + "\n", "")))
              .isTrue();
          assertThat(each.message.id()).isEqualTo(before.message.id());
        }
      }
      assertThat(repetitions).isLessThanOrEqualTo(unknown);
    }
  }
}
