package dev.sightline.alerting.notify.journal;

import dev.sightline.alerting.Alert;

/// An alert as it was said last, as far as that was news.
///
/// @param receivedMs when, Unix milliseconds
public record KeptAlert(Alert alert, long receivedMs) {
  /// Whether it had ended when that was said.
  public boolean isResolved() {
    return alert.isResolvedAt(receivedMs);
  }

  /// Whether this says what `before` did not: an alert that goes on is said again every minute.
  boolean isNewsAfter(KeptAlert before) {
    return isResolved() != before.isResolved()
        || alert.startsAtMs() != before.alert.startsAtMs()
        || (isResolved() && alert.endsAtMs() != before.alert.endsAtMs());
  }
}
