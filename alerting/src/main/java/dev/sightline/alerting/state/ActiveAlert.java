package dev.sightline.alerting.state;

import dev.sightline.model.label.Labels;

/// One alert of a rule that is pending or firing, or was firing not long ago.
///
/// Durations are counted on monotonic time, and only while the rule was watched: a clock that jumps
/// and a machine that slept change none of them. Times are for people and for other programs.
///
/// @param labels which alert it is, `alertname` among them
/// @param value of the expression when it was last a breach
/// @param activeAtMs Unix milliseconds; when the breach began
/// @param firedAtMs when it began to fire; 0 while it is pending
/// @param resolvedAtMs when it ended; 0 while it lasts
/// @param keptSinceMs since when it fires although its breach ended; 0 if it has not
public record ActiveAlert(
    Labels labels,
    Labels annotations,
    Phase phase,
    double value,
    long activeAtMs,
    long firedAtMs,
    long resolvedAtMs,
    long keptSinceMs,
    Elapsed elapsed) {
  /// Where an alert stands; one that is not there at all is inactive.
  public enum Phase {
    PENDING(0),
    FIRING(1),
    RESOLVED(2);

    private final int code;

    Phase(int code) {
      this.code = code;
    }

    /// On disk.
    int code() {
      return code;
    }
  }

  /// How long things have lasted, in milliseconds.
  ///
  /// @param heldMs the breach
  /// @param keptMs firing without a breach
  /// @param resolvedMs since it ended
  /// @param untoldMs since it was last told; [#NEVER_TOLD] if it was not
  public record Elapsed(long heldMs, long keptMs, long resolvedMs, long untoldMs) {
    static final long NEVER_TOLD = Long.MAX_VALUE / 2;
    static final Elapsed NONE = new Elapsed(0, 0, 0, NEVER_TOLD);

    Elapsed held(long heldMs) {
      return new Elapsed(heldMs, 0, resolvedMs, untoldMs);
    }

    Elapsed kept(long keptMs) {
      return new Elapsed(heldMs, keptMs, resolvedMs, untoldMs);
    }

    Elapsed resolved(long resolvedMs) {
      return new Elapsed(heldMs, keptMs, resolvedMs, untoldMs);
    }

    Elapsed untold(long untoldMs) {
      return new Elapsed(heldMs, keptMs, resolvedMs, Math.min(untoldMs, NEVER_TOLD));
    }
  }

  public boolean isActive() {
    return phase != Phase.RESOLVED;
  }

  ActiveAlert with(Elapsed next) {
    return new ActiveAlert(
        labels, annotations, phase, value, activeAtMs, firedAtMs, resolvedAtMs, keptSinceMs, next);
  }

  /// Whether the other differs in what must survive the process; not in values that the next
  /// evaluation finds again.
  boolean isSameStateAs(ActiveAlert other) {
    return labels.equals(other.labels)
        && phase == other.phase
        && activeAtMs == other.activeAtMs
        && firedAtMs == other.firedAtMs
        && resolvedAtMs == other.resolvedAtMs
        && keptSinceMs == other.keptSinceMs;
  }
}
