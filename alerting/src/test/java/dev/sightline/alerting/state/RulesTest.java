package dev.sightline.alerting.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.alerting.Alert;
import dev.sightline.alerting.rule.Condition.Breach;
import dev.sightline.alerting.state.GroupStatus.Health;
import dev.sightline.model.label.Labels;
import dev.sightline.storage.simulated.Fault;
import dev.sightline.storage.simulated.Fault.Operation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Labels API = Labels.of("__name__", "errors", "job", "api");
  private static final String RULES =
      """
      groups:
        - name: g
          interval: 15s
          rules:
            - alert: Errors
              expr: errors
              for: 2m
              labels: { severity: critical, team: "{{ $labels.job }}-team" }
              annotations:
                summary: "{{ $labels.job }} fails {{ $value | humanizePercentage }}"
            - record: job:errors
              expr: errors
              labels: { kind: recorded }
      """;

  @Test
  void anAlertGoesThroughItsLife() {
    RulesBench bench = new RulesBench(RULES);
    bench.pass(MINUTE);
    assertThat(bench.alerts()).isEmpty();
    assertThat(bench.series).isEmpty();

    bench.conditions.breach("errors", API, 0.25);
    bench.pass(MINUTE);
    assertThat(bench.alerts()).containsExactly("Errors=PENDING");
    assertThat(bench.heard()).isEmpty();
    assertThat(bench.seriesText())
        .anyMatch(s -> s.contains("\"ALERTS\"") && s.contains("alertstate=\"pending\""))
        .anyMatch(s -> s.contains("\"ALERTS_FOR_STATE\""))
        .contains("{__name__=\"job:errors\", job=\"api\", kind=\"recorded\"} 0.25");

    bench.pass(Duration.ofSeconds(75));
    assertThat(bench.alerts()).containsExactly("Errors=FIRING");
    assertThat(bench.told).hasSize(1);
    Alert alert = bench.told.getFirst();
    assertThat(alert.labels())
        .isEqualTo(
            Labels.of(
                "alertname",
                "Errors",
                "job",
                "api",
                "severity",
                "critical",
                "site",
                "x",
                "team",
                "api-team"));
    assertThat(alert.annotations()).isEqualTo(Labels.of("summary", "api fails 25%"));
    assertThat(alert.endsAtMs() - bench.clock.nowMs()).isBetween(210_000L, 240_000L);
    assertThat(alert.generatorUrl())
        .isEqualTo("http://127.0.0.1:7444/graph?g0.expr=errors&g0.tab=1");
    assertThat(bench.seriesText())
        .anyMatch(s -> s.contains("alertstate=\"firing\""))
        .noneMatch(s -> s.contains("alertstate=\"pending\""));

    bench.heard();
    bench.pass(Duration.ofMinutes(3));
    assertThat(bench.heard()).as("said again every minute").hasSize(3);

    bench.conditions.clear("errors");
    bench.pass(Duration.ofSeconds(15));
    assertThat(bench.alerts()).isEmpty();
    assertThat(bench.heard()).containsExactly("Errors resolved");
    assertThat(bench.series).isEmpty();
    bench.pass(Duration.ofMinutes(14));
    assertThat(bench.heard()).hasSize(14).containsOnly("Errors resolved");
    bench.pass(Duration.ofMinutes(30));
    assertThat(bench.heard()).hasSizeLessThan(3);
  }

  @Test
  void aPendingAlertThatEndsIsNeverTold() {
    RulesBench bench = new RulesBench(RULES);
    for (int i = 0; i < 20; i++) {
      bench.conditions.breach("errors", API, 1);
      bench.pass(Duration.ofSeconds(105));
      bench.conditions.clear("errors");
      bench.pass(Duration.ofSeconds(30));
    }
    assertThat(bench.heard()).isEmpty();
  }

  @Test
  void aQueryThatFailsLeavesTheStateAsItIs() {
    RulesBench bench = new RulesBench(RULES);
    bench.conditions.breach("errors", API, 1);
    bench.pass(Duration.ofMinutes(3));
    bench.heard();
    bench.conditions.fail("errors");
    bench.pass(Duration.ofMinutes(10));
    assertThat(bench.alerts()).containsExactly("Errors=FIRING");
    assertThat(bench.heard()).as("goes on being told").hasSize(10).containsOnly("Errors firing");
    GroupStatus.RuleStatus rule = bench.rules.groups().getFirst().rules().getFirst();
    assertThat(rule.health()).isEqualTo(Health.ERR);
    assertThat(rule.lastError()).isEqualTo("query timed out");
    bench.conditions.clear("errors");
    bench.pass(MINUTE);
    assertThat(bench.heard()).contains("Errors resolved");
  }

  @Test
  void timeThatNobodyWatchedDoesNotCount() {
    RulesBench bench = new RulesBench(RULES);
    bench.conditions.breach("errors", API, 1);
    bench.pass(MINUTE);
    bench.conditions.fail("errors");
    bench.pass(Duration.ofHours(1));
    assertThat(bench.alerts()).containsExactly("Errors=PENDING");
    bench.conditions.breach("errors", API, 1);
    bench.pass(Duration.ofSeconds(30));
    assertThat(bench.alerts()).containsExactly("Errors=PENDING");
    bench.pass(MINUTE);
    assertThat(bench.alerts()).containsExactly("Errors=FIRING");
  }

  @Test
  void aClockThatJumpsChangesNoTimer() {
    for (long jumpMs : List.of(10_800_000L, -10_800_000L)) {
      RulesBench bench = new RulesBench(RULES);
      bench.conditions.breach("errors", API, 1);
      bench.pass(MINUTE);
      bench.clock.jumpTo(bench.clock.nowMs() + jumpMs);
      bench.pass(Duration.ofSeconds(45));
      assertThat(bench.alerts()).containsExactly("Errors=PENDING");
      bench.pass(Duration.ofSeconds(30));
      assertThat(bench.alerts()).containsExactly("Errors=FIRING");
      bench.heard();
      bench.clock.jumpTo(bench.clock.nowMs() + jumpMs);
      bench.conditions.clear("errors");
      bench.pass(Duration.ofSeconds(15));
      assertThat(bench.alerts()).as("absence proves nothing now").containsExactly("Errors=FIRING");
      assertThat(bench.heard())
          .as("said again with the new clock")
          .containsExactly("Errors firing");
      bench.pass(Duration.ofSeconds(75));
      assertThat(bench.heard()).contains("Errors resolved");
    }
  }

  @Test
  void keepFiringForOutlivesTheBreach() {
    RulesBench bench =
        new RulesBench(
            """
            groups:
              - name: g
                interval: 30s
                rules: [ { alert: A, expr: a, keep_firing_for: 5m } ]
            """);
    bench.conditions.breach("a", Labels.EMPTY, 1);
    bench.pass(MINUTE);
    bench.conditions.clear("a");
    bench.pass(Duration.ofMinutes(4));
    assertThat(bench.alerts()).containsExactly("A=FIRING");
    bench.conditions.breach("a", Labels.EMPTY, 1);
    bench.pass(MINUTE);
    bench.conditions.clear("a");
    bench.pass(Duration.ofMinutes(5));
    assertThat(bench.alerts()).as("begins anew with each breach").containsExactly("A=FIRING");
    bench.pass(MINUTE);
    assertThat(bench.alerts()).isEmpty();
  }

  @Test
  void limitsAndDoublesAreErrors() {
    RulesBench bench =
        new RulesBench(
            """
            groups:
              - name: g
                interval: 30s
                limit: 1
                rules:
                  - { alert: A, expr: a }
                  - { record: r, expr: b, labels: { job: same } }
            """);
    bench.conditions.answer(
        "a", List.of(new Breach(Labels.of("x", "1"), 1), new Breach(Labels.of("x", "2"), 1)));
    bench.conditions.answer("b", List.of(new Breach(API, 1)));
    bench.pass(MINUTE);
    List<GroupStatus.RuleStatus> rules = bench.rules.groups().getFirst().rules();
    assertThat(rules.get(0).lastError()).isEqualTo("exceeded limit of 1 with 2 alerts");
    assertThat(rules.get(1).lastError()).isEmpty();
    bench.conditions.answer(
        "a",
        List.of(
            new Breach(Labels.of("__name__", "p"), 1), new Breach(Labels.of("__name__", "q"), 1)));
    bench.pass(MINUTE);
    assertThat(bench.rules.groups().getFirst().rules().getFirst().lastError())
        .isEqualTo("vector contains metrics with the same labelset after applying alert labels");
  }

  @Test
  void aReloadKeepsWhatDidNotChange() {
    RulesBench bench = new RulesBench(RULES);
    bench.conditions.breach("errors", API, 1);
    bench.pass(Duration.ofSeconds(75));
    bench.reload(RULES);
    bench.reload(RULES.replace("15s", "20s"));
    assertThat(bench.alerts()).containsExactly("Errors=PENDING");
    bench.pass(Duration.ofSeconds(80));
    assertThat(bench.alerts()).containsExactly("Errors=FIRING");
    bench.reload(RULES.replace("alert: Errors", "alert: Others"));
    assertThat(bench.series).isEmpty();
    bench.pass(Duration.ofSeconds(30));
    assertThat(bench.alerts()).containsExactly("Others=PENDING");
    bench.reload("groups: []");
    assertThat(bench.series).isEmpty();
    assertThat(bench.rules.groups()).isEmpty();
  }

  @Test
  void missedEvaluationsAreCountedAndNothingResolvesByThem() {
    RulesBench bench = new RulesBench(RULES);
    bench.conditions.breach("errors", API, 1);
    bench.pass(Duration.ofMinutes(3));
    bench.heard();
    bench.conditions.clear("errors");
    bench.killAndRestart(bench.disk.kill(), Duration.ofMinutes(20));
    bench.pass(Duration.ofSeconds(30));
    assertThat(bench.alerts()).containsExactly("Errors=FIRING");
    bench.pass(MINUTE);
    assertThat(bench.heard()).contains("Errors resolved");
  }

  @Test
  void aFullDiskSilencesNobody() {
    RulesBench bench = new RulesBench(RULES);
    bench.disk.fail(Fault.forEver(1, Operation.WRITE));
    bench.conditions.breach("errors", API, 1);
    bench.pass(Duration.ofMinutes(3));
    assertThat(bench.heard()).contains("Errors firing");
    bench.disk.heal();
    bench.pass(MINUTE);
    bench.killAndRestart(bench.disk.crash(), MINUTE);
    assertThat(bench.alerts()).containsExactly("Errors=FIRING");
  }
}
