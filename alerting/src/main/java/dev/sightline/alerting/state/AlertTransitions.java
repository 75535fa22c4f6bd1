package dev.sightline.alerting.state;

import dev.sightline.alerting.rule.Condition.Breach;
import dev.sightline.alerting.rule.Rule;
import dev.sightline.alerting.state.ActiveAlert.Elapsed;
import dev.sightline.alerting.state.ActiveAlert.Phase;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.QueryException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What becomes of a rule's alerts at one evaluation: inactive, pending, firing, resolved.
final class AlertTransitions {
  /*
   * inactive --breach--> pending --held for as long as `for`--> firing --no breach--> resolved --15 min--> gone
   * pending --no breach--> gone; resolved --breach--> pending.
   *
   * 1. `for` counts only time between evaluations that both saw the breach.
   * 2. While the rule settles after a pause of the process, absence proves nothing: nothing resolves, no pending
   *    alert is forgotten, and its time does not go on.
   * 3. A firing alert with `keep_firing_for` fires that long after its breach.
   */
  static final Duration RESOLVED_RETENTION = Duration.ofMinutes(15);

  private static final long JITTER_MS = 500;

  private final Rule.Alerting rule;
  private final AlertTexts texts;
  private final int limit;

  /// @param limit how many alerts may be active; 0 for any number
  AlertTransitions(Rule.Alerting rule, AlertTexts texts, int limit) {
    this.rule = rule;
    this.texts = texts;
    this.limit = limit;
  }

  /// @throws QueryException if the breaches make no alerts; the state before holds
  Map<Labels, ActiveAlert> next(Map<Labels, ActiveAlert> before, List<Breach> breaches, Tick tick) {
    Map<Labels, ActiveAlert> next = new TreeMap<>();
    for (Breach breach : breaches) {
      Labels labels = texts.labels(rule, breach);
      ActiveAlert breached =
          breached(before.get(labels), labels, texts.annotations(rule, breach), breach, tick);
      if (next.put(labels, breached) != null) {
        throw new QueryException.Failed(
            "vector contains metrics with the same labelset after applying alert labels");
      }
    }
    if (limit > 0 && next.size() > limit) {
      throw new QueryException.LimitExceeded(
          "exceeded limit of " + limit + " with " + next.size() + " alerts");
    }
    before.forEach(
        (labels, alert) -> {
          if (!next.containsKey(labels)) {
            ActiveAlert left = unbreached(alert, tick);
            if (left != null) {
              next.put(labels, left);
            }
          }
        });
    return next;
  }

  /// What becomes of alerts when nobody can tell whether their breaches last: they stay, and wait.
  static Map<Labels, ActiveAlert> unknown(Map<Labels, ActiveAlert> before, Tick tick) {
    Map<Labels, ActiveAlert> next = new TreeMap<>();
    before.forEach(
        (labels, alert) -> {
          Elapsed elapsed = alert.elapsed();
          next.put(
              labels,
              alert.with(
                  elapsed
                      .resolved(elapsed.resolvedMs() + tick.elapsedMs())
                      .untold(elapsed.untoldMs() + tick.elapsedMs())));
        });
    return next;
  }

  private ActiveAlert breached(
      @Nullable ActiveAlert old, Labels labels, Labels annotations, Breach breach, Tick tick) {
    // What resolved and comes back is told at once, as something new.
    boolean goesOn = old != null && old.isActive();
    ActiveAlert before = old != null && goesOn ? old : fresh(labels, annotations, breach, tick);
    long heldMs = goesOn ? before.elapsed().heldMs() + tick.watchedMs() : 0;
    boolean fires = before.phase() == Phase.FIRING || heldMs >= enoughMs();
    long firedAtMs = fires && before.firedAtMs() == 0 ? tick.nowMs() : before.firedAtMs();
    Elapsed elapsed = before.elapsed();
    return new ActiveAlert(
        labels,
        annotations,
        fires ? Phase.FIRING : Phase.PENDING,
        breach.value(),
        before.activeAtMs(),
        firedAtMs,
        0,
        0,
        elapsed.held(heldMs).untold(elapsed.untoldMs() + tick.elapsedMs()));
  }

  /// An evaluation that comes a moment early must not cost a whole interval.
  private long enoughMs() {
    long holdsMs = rule.holds().toMillis();
    return holdsMs - Math.min(JITTER_MS, holdsMs / 20);
  }

  private static ActiveAlert fresh(Labels labels, Labels annotations, Breach breach, Tick tick) {
    return new ActiveAlert(
        labels, annotations, Phase.PENDING, breach.value(), tick.nowMs(), 0, 0, 0, Elapsed.NONE);
  }

  /// @return null for an alert that is gone
  private @Nullable ActiveAlert unbreached(ActiveAlert old, Tick tick) {
    Elapsed elapsed = old.elapsed().untold(old.elapsed().untoldMs() + tick.elapsedMs());
    return switch (old.phase()) {
      case PENDING -> tick.settling() ? old : null;
      case FIRING -> {
        boolean fresh = old.keptSinceMs() == 0;
        long keptMs = fresh ? 0 : elapsed.keptMs() + tick.elapsedMs();
        if (tick.settling()) {
          yield old.with(elapsed);
        }
        yield keptMs < rule.keepsFiring().toMillis()
            ? kept(old, fresh ? tick.nowMs() : old.keptSinceMs(), elapsed.kept(keptMs))
            : resolved(old, tick.nowMs(), elapsed.resolved(0).untold(Elapsed.NEVER_TOLD));
      }
      case RESOLVED -> {
        long resolvedMs = elapsed.resolvedMs() + tick.elapsedMs();
        yield resolvedMs > RESOLVED_RETENTION.toMillis()
            ? null
            : old.with(elapsed.resolved(resolvedMs));
      }
    };
  }

  private static ActiveAlert kept(ActiveAlert old, long sinceMs, Elapsed elapsed) {
    return new ActiveAlert(
        old.labels(),
        old.annotations(),
        Phase.FIRING,
        old.value(),
        old.activeAtMs(),
        old.firedAtMs(),
        0,
        sinceMs,
        elapsed);
  }

  private static ActiveAlert resolved(ActiveAlert old, long nowMs, Elapsed elapsed) {
    return new ActiveAlert(
        old.labels(),
        old.annotations(),
        Phase.RESOLVED,
        old.value(),
        old.activeAtMs(),
        old.firedAtMs(),
        nowMs,
        0,
        elapsed);
  }
}
