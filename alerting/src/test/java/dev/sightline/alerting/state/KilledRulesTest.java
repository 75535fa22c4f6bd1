package dev.sightline.alerting.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.alerting.Alert;
import dev.sightline.model.label.Labels;
import dev.sightline.storage.simulated.Fault;
import dev.sightline.storage.simulated.Fault.Operation;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.Seeds;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The process ends at any call to the disk, by kill or by power cut.
class KilledRulesTest {
  private static final int SEEDS = 400;
  private static final Duration STEP = Duration.ofSeconds(15);
  private static final String RULES =
      """
      groups:
        - name: g
          interval: 15s
          rules:
            - { alert: A, expr: a, for: 3m }
            - { alert: B, expr: b }
      """;

  @Test
  void noStateThatWasToldIsLost() {
    Seeds.check(SEEDS, KilledRulesTest::live);
  }

  /// A breach that lasts, in a process that ends again and again.
  private static void live(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RulesBench bench = new RulesBench(RULES, seed);
    bench.conditions.breach("a", Labels.of("job", "x"), 1);
    bench.conditions.breach("b", Labels.of("job", "y"), 1);
    long begunMs = bench.clock.nowMs();
    Alert toldA = null;
    Alert toldB = null;
    int deaths = 0;
    for (int step = 0; step < 40; step++) {
      boolean dies = random.nextInt(4) == 0 && deaths < 6;
      if (dies) {
        bench.disk.fail(
            Fault.forEver(
                1 + random.nextInt(6),
                Operation.CREATE,
                Operation.WRITE,
                Operation.SYNC,
                Operation.RENAME,
                Operation.DELETE,
                Operation.SYNC_DIRECTORY));
      }
      bench.pass(STEP);
      // What a process tells after its disk has died it never told: it was dead itself.
      if (!dies) {
        assertThat(bench.heardSoFar()).noneMatch(word -> word.endsWith("resolved"));
        for (Alert alert : bench.told) {
          Alert before = alert.name().equals("A") ? toldA : toldB;
          if (before != null) {
            assertThat(alert.startsAtMs()).as("the same alert").isEqualTo(before.startsAtMs());
          }
          toldA = alert.name().equals("A") ? alert : toldA;
          toldB = alert.name().equals("B") ? alert : toldB;
        }
      }
      bench.heard();
      if (dies) {
        deaths++;
        SimulatedFileSystem found = random.nextBoolean() ? bench.disk.kill() : bench.disk.crash();
        boolean blind = random.nextInt(3) == 0;
        if (blind) {
          // Nothing is measured at first, so that the breaches seem to be over.
          bench.conditions.clear("a");
          bench.conditions.clear("b");
        }
        bench.killAndRestart(found, Duration.ofSeconds(random.nextInt(5)));
        if (toldA != null) {
          assertThat(bench.alerts()).contains("A=FIRING");
        }
        if (toldB != null) {
          assertThat(bench.alerts()).contains("B=FIRING");
        }
        bench.pass(STEP);
        assertThat(bench.heardSoFar()).noneMatch(word -> word.endsWith("resolved"));
        bench.conditions.breach("a", Labels.of("job", "x"), 1);
        bench.conditions.breach("b", Labels.of("job", "y"), 1);
      }
    }
    assertThat(toldA).as("A fires in the end").isNotNull();
    // Each death may cost the time that was not watched: the steps around it and the gap.
    long atMostMs = 180_000 + 30_000 + deaths * (3 * STEP.toMillis() + 5_000);
    assertThat(toldA.startsAtMs() - begunMs)
        .as("the timer never began anew")
        .isLessThanOrEqualTo(atMostMs);
  }
}
