package dev.sightline.alerting.dispatch;

import dev.sightline.alerting.Alert;
import dev.sightline.alerting.notify.journal.KeptAlert;
import org.jspecify.annotations.Nullable;

/// An alert, and until when the last word of it holds.
///
/// @param holdsUntilNs monotonic, so that a clock that is set ends no alert
/// @param updatedMs Unix milliseconds; when it was last said
record HeldAlert(Alert alert, boolean resolved, long holdsUntilNs, long updatedMs) {
  private static final long FAR_MS = 10L * 365 * 86_400_000;

  /// @param nowNs monotonic; the time that the word still holds counts from here, so that an outage
  ///   of this process ends no alert
  static HeldAlert of(KeptAlert kept, long nowNs) {
    long leftMs = Math.clamp(kept.alert().endsAtMs() - kept.receivedMs(), 0, FAR_MS);
    return new HeldAlert(
        kept.alert(), kept.isResolved(), nowNs + leftMs * 1_000_000, kept.receivedMs());
  }

  /// What is now said of an alert, after `before` was.
  static HeldAlert of(Alert said, @Nullable HeldAlert before, long nowMs, long nowNs) {
    Alert alert =
        before != null
                && !before.isResolvedAt(nowNs)
                && before.alert.startsAtMs() < said.startsAtMs()
            ? new Alert(
                said.labels(),
                said.annotations(),
                before.alert.startsAtMs(),
                said.endsAtMs(),
                said.generatorUrl(),
                said.expression(),
                said.value())
            : said;
    return of(new KeptAlert(alert, nowMs), nowNs);
  }

  boolean isResolvedAt(long nowNs) {
    return resolved || holdsUntilNs - nowNs <= 0;
  }

  KeptAlert kept() {
    return new KeptAlert(alert, updatedMs);
  }
}
