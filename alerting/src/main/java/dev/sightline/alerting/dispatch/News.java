package dev.sightline.alerting.dispatch;

import dev.sightline.alerting.notify.journal.Entry;
import dev.sightline.alerting.notify.journal.Sent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Whether there is something to tell, by Alertmanager's rules, and by one more: what may have been
/// told is told again as long as it is so, and whatever differs from it is news too.
///
/// @param sent what the receiver was told last; null if nothing
/// @param open what it may have been told, or is about to be; null if nothing
record News(@Nullable Sent sent, @Nullable Entry open, boolean sendResolved, Duration repeat) {
  /// @param now the fingerprints of the alerts that fire and of those that have ended
  boolean isIn(Sent now) {
    if (open != null && open.mayHaveArrived() && (isSame(now) || differs(open.content(), now))) {
      return true;
    }
    if (sent == null) {
      return !now.firing().isEmpty();
    }
    boolean repeats = !now.firing().isEmpty() && now.timeMs() - sent.timeMs() >= repeat.toMillis();
    return repeats || differs(sent, now);
  }

  /// Whether somebody who knows `before` must be told.
  private boolean differs(Sent before, Sent now) {
    if (now.firing().isEmpty()) {
      return !before.firing().isEmpty();
    }
    return !before.firing().containsAll(now.firing())
        || (sendResolved && !before.resolved().containsAll(now.resolved()));
  }

  /// Whether the open notification says what would be told now.
  boolean isSame(Sent now) {
    return open != null
        && open.content().firing().equals(now.firing())
        && (!sendResolved || open.content().resolved().equals(now.resolved()));
  }
}
