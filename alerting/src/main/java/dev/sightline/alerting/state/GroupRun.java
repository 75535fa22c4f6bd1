package dev.sightline.alerting.state;

import dev.sightline.alerting.Alert;
import dev.sightline.alerting.rule.Rule;
import dev.sightline.alerting.rule.RuleGroup;
import dev.sightline.alerting.state.ActiveAlert.Phase;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Counter;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SeriesSink.Durability;
import dev.sightline.model.series.SeriesSink.Outcome;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Scheduler;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.StorageException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A group of rules at work: evaluates them one after the other, at its interval.
///
/// Evaluated by one thread at a time; its status may be read by any.
final class GroupRun {
  /*
   * The order within an evaluation is the promise: state changes in memory, is written to disk, and only then
   * reaches series and sink. Whoever was told of an alert finds it again after any crash. If the disk refuses, the
   * alert is told all the same: a full disk must not silence the alert about it.
   */
  private static final Logger LOG = LoggerFactory.getLogger(GroupRun.class);

  /// What happened longer ago than this is not known to have lasted since.
  private static final Duration SHORTEST_TOLERANCE = Duration.ofMinutes(5);

  private static final Duration SHORTEST_SETTLING = Duration.ofMinutes(1);

  /// How far the clock may be corrected without anything being wrong.
  private static final long CLOCK_JUMP_MS = 30_000;

  private final RuleGroup group;
  private final RuleParts parts;
  private final StateStore store;
  private final Telling telling;
  private final List<RuleRun> runs = new ArrayList<>();
  private final Duration tolerance;
  private final Counter evaluations;
  private final Counter failures;
  private final Counter missed;
  private final Counter unsaved;
  private Map<String, Map<Labels, ActiveAlert>> saved;

  /// What counts as watched at the first evaluation, for an alert that was active before.
  private final long firstWatchedMs;

  private long lastStartNs;
  private long lastNowMs;
  private boolean evaluated;
  private long settlesUntilNs;
  private boolean tellsAll;
  private volatile GroupStatus status;
  private Scheduler.@Nullable Repeating schedule;

  /// @param before what the group's alerts were; null if there were none
  /// @param afterRestart whether the process was not there to watch in between
  GroupRun(
      RuleGroup group,
      RuleSet rules,
      RuleParts parts,
      StateStore store,
      StateFile.@Nullable Content before,
      boolean afterRestart) {
    this.group = group;
    this.parts = parts;
    this.store = store;
    this.telling = new Telling(rules, group);
    this.tolerance = longest(SHORTEST_TOLERANCE, group.interval().multipliedBy(4));
    this.saved = before == null ? Map.of() : before.alerts();
    Labels labels = Labels.of("rule_group", group.key());
    this.evaluations =
        parts.meters().counter("sightline_rule_evaluations_total", "Evaluated rules.", labels);
    this.failures =
        parts
            .meters()
            .counter("sightline_rule_evaluation_failures_total", "Rules that failed.", labels);
    this.missed =
        parts
            .meters()
            .counter(
                "sightline_rule_group_iterations_missed_total",
                "Evaluations of the group that were left out because an earlier one took too long.",
                labels);
    this.unsaved =
        parts
            .meters()
            .counter(
                "sightline_rule_state_unsaved_total",
                "Times that the state of alerts could not be written to disk.",
                labels);
    AlertTexts texts = new AlertTexts(rules.externalLabels(), rules.url());
    addRuns(texts);
    long gapMs = before == null ? -1 : parts.clock().nowMs() - before.savedAtMs();
    this.firstWatchedMs = gapMs >= 0 && gapMs <= tolerance.toMillis() ? gapMs : 0;
    if (afterRestart && before != null) {
      settle(parts.clock().monotonicNs());
    }
    this.status = status(0, 0);
  }

  private void addRuns(AlertTexts texts) {
    Map<String, Integer> seen = new HashMap<>();
    for (Rule rule : group.rules()) {
      String kind = rule instanceof Rule.Alerting ? "alert" : "record";
      String name = kind + ' ' + rule.name() + ' ' + rule.labels();
      int number = seen.merge(name, 1, Integer::sum);
      String key = name + ' ' + number;
      Map<Labels, ActiveAlert> alerts = saved.getOrDefault(key, Map.of());
      runs.add(new RuleRun(rule, key, texts, group.limit(), alerts));
    }
  }

  private static Duration longest(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  RuleGroup group() {
    return group;
  }

  GroupStatus status() {
    return status;
  }

  /// Begins to evaluate at the group's own place within its interval, so that groups are spread.
  void start() {
    long intervalMs = group.interval().toMillis();
    byte[] key = group.key().getBytes(StandardCharsets.UTF_8);
    long offsetMs = ByteSource.crc(key, 0, key.length) * intervalMs >>> 32;
    long delayMs = Math.floorMod(offsetMs - parts.clock().nowMs(), intervalMs);
    schedule =
        parts
            .scheduler()
            .every(
                "rules " + group.name(),
                Duration.ofMillis(delayMs),
                group.interval(),
                this::evaluate);
  }

  /// Waits for an evaluation that is under way.
  void stop() {
    if (schedule != null) {
      schedule.close();
    }
  }

  /// Marks the series of the group as ended. Only after [#stop].
  void end() {
    SampleBatch batch = new SampleBatch();
    long atMs = parts.clock().nowMs() - group.queryOffset().toMillis();
    runs.forEach(run -> run.end(atMs, batch));
    append(batch);
  }

  /// The alerts as they are, for whoever takes the group's place. Only after [#stop].
  StateFile.Content content() {
    Map<String, Map<Labels, ActiveAlert>> alerts = new TreeMap<>();
    for (RuleRun run : runs) {
      if (!run.alerts().isEmpty()) {
        alerts.put(run.key(), run.alerts());
      }
    }
    return new StateFile.Content(
        group.key(), evaluated ? lastNowMs : parts.clock().nowMs(), alerts);
  }

  private void evaluate() {
    long startNs = parts.clock().monotonicNs();
    long nowMs = parts.clock().nowMs();
    Tick tick = tick(startNs, nowMs);
    long atMs = nowMs - group.queryOffset().toMillis();
    SampleBatch batch = new SampleBatch();
    for (RuleRun run : runs) {
      evaluations.increment();
      if (!run.evaluate(tick, atMs, parts.clock(), firstWatchedMs, tolerance, batch)) {
        failures.increment();
      }
      append(batch);
    }
    save();
    runs.forEach(run -> run.writeAlerts(atMs, batch));
    append(batch);
    tell(nowMs);
    status = status((parts.clock().monotonicNs() - startNs) / 1e9, nowMs);
  }

  private Tick tick(long startNs, long nowMs) {
    long elapsedMs = evaluated ? (startNs - lastStartNs) / 1_000_000 : 0;
    long intervalMs = group.interval().toMillis();
    long jumpMs = evaluated ? nowMs - lastNowMs - elapsedMs : 0;
    boolean jumped = Math.abs(jumpMs) > CLOCK_JUMP_MS;
    missed.add(Math.max(0, (elapsedMs + intervalMs / 2) / intervalMs - 1));
    if (jumped || elapsedMs > 2 * intervalMs + CLOCK_JUMP_MS) {
      settle(startNs);
    }
    evaluated = true;
    lastStartNs = startNs;
    lastNowMs = nowMs;
    // Until when an alert was said to hold is a time of the clock before its jump: it is said
    // again.
    tellsAll = jumped;
    return new Tick(nowMs, elapsedMs, 0, startNs < settlesUntilNs);
  }

  private void settle(long fromNs) {
    settlesUntilNs =
        fromNs + longest(SHORTEST_SETTLING, group.interval().multipliedBy(3)).toNanos();
  }

  /// Writes the alerts to disk, if they are not there as they are. What is pending is written at
  /// each evaluation: how long it was watched is part of it.
  private void save() {
    StateFile.Content content = content();
    if (isSaved(content.alerts())) {
      return;
    }
    try {
      store.write(content);
      saved = content.alerts();
    } catch (StorageException failure) {
      unsaved.increment();
      LOG.error(
          "the state of the alerts of {} is not on disk: {}", group.key(), failure.getMessage());
    }
  }

  private boolean isSaved(Map<String, Map<Labels, ActiveAlert>> alerts) {
    if (!alerts.keySet().equals(saved.keySet())) {
      return false;
    }
    for (Map.Entry<String, Map<Labels, ActiveAlert>> rule : alerts.entrySet()) {
      Map<Labels, ActiveAlert> before = saved.getOrDefault(rule.getKey(), Map.of());
      if (before.size() != rule.getValue().size()) {
        return false;
      }
      for (ActiveAlert alert : rule.getValue().values()) {
        ActiveAlert known = before.get(alert.labels());
        boolean same = known != null && alert.isSameStateAs(known);
        if (!same || alert.phase() == Phase.PENDING || alert.keptSinceMs() != 0) {
          return false;
        }
      }
    }
    return true;
  }

  private void append(SampleBatch batch) {
    if (batch.size() == 0) {
      return;
    }
    try {
      Outcome outcome = parts.series().append(batch, Durability.WITHIN_A_SECOND);
      if (outcome.refusedCount() > 0) {
        LOG.warn(
            "{}: {} samples of rules were refused, the first: {}",
            group.key(),
            outcome.refusedCount(),
            outcome.refused().getFirst().message());
      }
    } catch (StoreUnavailableException failure) {
      LOG.warn("{}: series of rules were not stored: {}", group.key(), failure.getMessage());
    }
    batch.clear();
  }

  private void tell(long nowMs) {
    List<Alert> due = new ArrayList<>();
    runs.forEach(run -> due.addAll(telling.due(run, nowMs, tellsAll)));
    if (!due.isEmpty()) {
      parts.alerts().receive(List.copyOf(due));
    }
  }

  private GroupStatus status(double seconds, long nowMs) {
    return new GroupStatus(group, runs.stream().map(RuleRun::status).toList(), seconds, nowMs);
  }
}
