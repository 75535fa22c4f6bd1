package dev.sightline.alerting.state;

import dev.sightline.alerting.rule.Condition.Breach;
import dev.sightline.alerting.rule.Rule;
import dev.sightline.alerting.state.GroupStatus.Health;
import dev.sightline.alerting.state.GroupStatus.RuleStatus;
import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.Staleness;
import dev.sightline.model.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One rule at work: its alerts, the series that it writes, and how it does.
///
/// Owned by the thread that evaluates its group.
final class RuleRun {
  private static final Logger LOG = LoggerFactory.getLogger(RuleRun.class);

  private final Rule rule;
  private final String key;
  private final AlertTexts texts;
  private final int limit;
  private Map<Labels, ActiveAlert> alerts;

  /// What the rule wrote the last time, to be marked as ended when it is not written again.
  private TreeSet<Labels> written = new TreeSet<>();

  private Health health = Health.UNKNOWN;
  private String lastError = "";
  private double evaluationSeconds;
  private long lastEvaluationMs;
  private long lastGoodNs;
  private boolean everGood;

  /// @param key which tells it from the other rules of its group
  /// @param alerts that it had before
  RuleRun(Rule rule, String key, AlertTexts texts, int limit, Map<Labels, ActiveAlert> alerts) {
    this.rule = rule;
    this.key = key;
    this.texts = texts;
    this.limit = limit;
    this.alerts = alerts;
    alerts.values().forEach(alert -> AlertSeries.of(alert, (labels, _) -> written.add(labels)));
  }

  String key() {
    return key;
  }

  Rule rule() {
    return rule;
  }

  Map<Labels, ActiveAlert> alerts() {
    return alerts;
  }

  void replace(Map<Labels, ActiveAlert> next) {
    alerts = next;
  }

  /// Asks the condition. What a recording rule yields is added to `into`.
  ///
  /// @param firstWatchedMs what counts as watched at the first evaluation
  /// @return whether it went well
  boolean evaluate(
      Tick tick,
      long atMs,
      Clock clock,
      long firstWatchedMs,
      Duration tolerance,
      SampleBatch into) {
    long startNs = clock.monotonicNs();
    long sinceGoodMs = (startNs - lastGoodNs) / 1_000_000;
    long watchedMs =
        !everGood ? firstWatchedMs : sinceGoodMs <= tolerance.toMillis() ? sinceGoodMs : 0;
    Tick own = new Tick(tick.nowMs(), tick.elapsedMs(), watchedMs, tick.settling());
    lastEvaluationMs = tick.nowMs();
    try {
      List<Breach> breaches = rule.condition().evaluate(atMs);
      switch (rule) {
        case Rule.Alerting alerting ->
            alerts = new AlertTransitions(alerting, texts, limit).next(alerts, breaches, own);
        case Rule.Recording recording -> record(recording, breaches, atMs, into);
      }
      lastGoodNs = startNs;
      everGood = true;
      health = Health.OK;
      lastError = "";
      return true;
    } catch (QueryException failure) {
      failed(String.valueOf(failure.getMessage()), own);
      return false;
    } catch (RuntimeException failure) {
      LOG.error("rule {} failed", rule.name(), failure);
      failed("the evaluation failed: " + failure.getMessage(), own);
      return false;
    } finally {
      evaluationSeconds = (clock.monotonicNs() - startNs) / 1e9;
    }
  }

  private void failed(String message, Tick tick) {
    if (!message.equals(lastError)) {
      LOG.warn("rule {} cannot be evaluated, its state stays: {}", rule.name(), message);
    }
    alerts = AlertTransitions.unknown(alerts, tick);
    health = Health.ERR;
    lastError = message;
  }

  private void record(Rule.Recording recording, List<Breach> results, long atMs, SampleBatch into) {
    if (limit > 0 && results.size() > limit) {
      throw new QueryException.LimitExceeded(
          "exceeded limit of " + limit + " with " + results.size() + " series");
    }
    Map<Labels, Breach> values = new TreeMap<>();
    for (Breach result : results) {
      Labels.Builder labels = result.labels().toBuilder();
      for (Label label : recording.labels().toList()) {
        labels.set(label.name(), label.value());
      }
      Labels series = labels.set(Label.METRIC_NAME, recording.name()).build();
      if (values.put(series, result) != null) {
        throw new QueryException.Failed(
            "vector contains metrics with the same labelset after applying rule labels");
      }
    }
    write(values, atMs, into);
  }

  /// Adds the series about the alerts to `into`.
  void writeAlerts(long atMs, SampleBatch into) {
    if (rule instanceof Rule.Alerting) {
      Map<Labels, Breach> values = new TreeMap<>();
      alerts
          .values()
          .forEach(
              alert ->
                  AlertSeries.of(
                      alert, (labels, value) -> values.put(labels, new Breach(labels, value))));
      write(values, atMs, into);
    }
  }

  /// Marks everything that the rule wrote as ended.
  void end(long atMs, SampleBatch into) {
    write(Map.of(), atMs, into);
  }

  private void write(Map<Labels, Breach> values, long atMs, SampleBatch into) {
    values.forEach((labels, value) -> add(labels, value, atMs, into));
    for (Labels ended : written) {
      if (!values.containsKey(ended)) {
        into.add(ended, atMs, Staleness.MARKER);
      }
    }
    written = new TreeSet<>(values.keySet());
  }

  private static void add(Labels labels, Breach value, long atMs, SampleBatch into) {
    NativeHistogram histogram = value.histogram();
    if (histogram == null) {
      into.add(labels, atMs, value.value());
    } else {
      into.add(labels, atMs, histogram);
    }
  }

  RuleStatus status() {
    return new RuleStatus(
        rule,
        health,
        lastError,
        evaluationSeconds,
        lastEvaluationMs,
        alerts.values().stream().filter(ActiveAlert::isActive).toList());
  }
}
