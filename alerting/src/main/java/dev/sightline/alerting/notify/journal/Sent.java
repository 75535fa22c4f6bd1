package dev.sightline.alerting.notify.journal;

import java.util.Set;

/// What one way of a receiver was told last of a group: what is new is found by holding the present
/// against this.
///
/// @param firing fingerprints of the alerts that were told to fire
/// @param resolved fingerprints of those that were told to have ended
public record Sent(long timeMs, Set<Long> firing, Set<Long> resolved) {
  public Sent {
    firing = Set.copyOf(firing);
    resolved = Set.copyOf(resolved);
  }
}
