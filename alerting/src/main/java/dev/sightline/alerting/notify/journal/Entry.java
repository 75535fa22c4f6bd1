package dev.sightline.alerting.notify.journal;

import dev.sightline.model.label.Labels;
import java.util.List;

/// A notification in the journal: what was to be told, and what became of it.
///
/// @param key names the group and the way of the receiver: what is told through it in order
/// @param timeMs of the last attempt, Unix milliseconds
/// @param content what was told, for the next comparison
/// @param alerts the first of them, for people
/// @param attempts from 1
/// @param error of the last attempt that failed; empty if none did
public record Entry(
    String id,
    String key,
    String receiver,
    String integration,
    long timeMs,
    Labels groupLabels,
    Sent content,
    List<Told> alerts,
    int attempts,
    Outcome outcome,
    String error) {
  /// How many alerts are kept for people.
  public static final int MAX_ALERTS = 100;

  public Entry {
    alerts = List.copyOf(alerts.size() > MAX_ALERTS ? alerts.subList(0, MAX_ALERTS) : alerts);
  }

  /// An alert of a notification.
  public record Told(Labels labels, boolean resolved) {}

  /// `firing` as long as one of the alerts was.
  public String status() {
    return content.firing().isEmpty() ? "resolved" : "firing";
  }

  /// Whether the receiver may know of it although nobody can say so.
  public boolean mayHaveArrived() {
    return outcome == Outcome.UNKNOWN;
  }

  Entry with(Outcome outcome, String error) {
    return new Entry(
        id,
        key,
        receiver,
        integration,
        timeMs,
        groupLabels,
        content,
        alerts,
        attempts,
        outcome,
        error);
  }
}
