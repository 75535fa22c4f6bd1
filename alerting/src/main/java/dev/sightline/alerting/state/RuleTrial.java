package dev.sightline.alerting.state;

import dev.sightline.alerting.rule.Rule;
import dev.sightline.alerting.rule.RuleGroup;
import dev.sightline.alerting.state.ActiveAlert.Phase;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Rules that are evaluated at the moments that a test names, and whose state is in memory alone.
///
/// Owned by one thread.
public final class RuleTrial {
  private static final Duration ALWAYS = Duration.ofDays(36_500);

  private final List<GroupTrial> groups = new ArrayList<>();
  private final Consumer<SampleBatch> series;
  private final Moment moment = new Moment();
  private long lastMs;
  private boolean evaluated;

  private record GroupTrial(RuleGroup group, List<RuleRun> runs) {}

  /// @param rules whose groups are evaluated in this order, whatever their intervals
  /// @param series takes what they write; the batch is reused
  public RuleTrial(RuleSet rules, Consumer<SampleBatch> series) {
    this.series = series;
    AlertTexts texts = new AlertTexts(rules.externalLabels(), rules.url());
    for (RuleGroup group : rules.groups()) {
      List<RuleRun> runs = new ArrayList<>();
      for (Rule rule : group.rules()) {
        runs.add(new RuleRun(rule, rule.name(), texts, group.limit(), Map.of()));
      }
      groups.add(new GroupTrial(group, runs));
    }
  }

  /// Evaluates every rule once. What one writes is there for the next.
  ///
  /// @param nowMs later than the time before
  /// @return what went wrong, with the name of the rule
  public List<String> evaluate(long nowMs) {
    moment.nowMs = nowMs;
    Tick tick = new Tick(nowMs, evaluated ? nowMs - lastMs : 0, 0, false);
    List<String> failures = new ArrayList<>();
    for (GroupTrial group : groups) {
      long atMs = nowMs - group.group().queryOffset().toMillis();
      for (RuleRun run : group.runs()) {
        SampleBatch batch = new SampleBatch();
        if (!run.evaluate(tick, atMs, moment, 0, ALWAYS, batch)) {
          failures.add("rule: " + run.rule().name() + ", err: " + run.status().lastError());
        }
        run.writeAlerts(atMs, batch);
        series.accept(batch);
      }
    }
    lastMs = nowMs;
    evaluated = true;
    return failures;
  }

  /// The alerts of a name that fire now, of all groups.
  public List<ActiveAlert> firing(String alertname) {
    List<ActiveAlert> firing = new ArrayList<>();
    for (GroupTrial group : groups) {
      for (RuleRun run : group.runs()) {
        if (run.rule() instanceof Rule.Alerting rule && rule.name().equals(alertname)) {
          run.alerts().values().stream()
              .filter(alert -> alert.phase() == Phase.FIRING)
              .forEach(firing::add);
        }
      }
    }
    return firing;
  }

  private static final class Moment implements Clock {
    private long nowMs;

    @Override
    public long nowMs() {
      return nowMs;
    }

    @Override
    public long monotonicNs() {
      return nowMs * 1_000_000;
    }
  }
}
