package dev.sightline.promql.eval;

/// What the start times of samples say about counters.
final class StartTimes {
  private StartTimes() {}

  /// Whether the sample at `index` has started anew since the one before it.
  static boolean isReset(Window window, int index) {
    long startedMs = window.startedMs(index);
    long beforeMs = window.timestampMs(index - 1);
    // Unset, invalid, or "unknown" in the words of OpenTelemetry.
    if (startedMs == 0 || startedMs >= window.timestampMs(index) || startedMs < beforeMs) {
      return false;
    }
    if (startedMs > beforeMs) {
      return true;
    }
    // It starts where the one before ended: so do deltas, and counters whose start nobody knows.
    long previousMs = window.startedMs(index - 1);
    return previousMs != 0 && previousMs < beforeMs;
  }

  /// Whether a sample claims to have started within the time of another.
  static boolean overlap(Window window) {
    for (int i = 1; i < window.size(); i++) {
      long startedMs = window.startedMs(i);
      if (startedMs != 0
          && startedMs < window.timestampMs(i - 1)
          && startedMs != window.startedMs(i - 1)) {
        return true;
      }
    }
    return false;
  }
}
