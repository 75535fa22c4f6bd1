package dev.sightline.alerting.dispatch;

import dev.sightline.alerting.notify.Notification;
import dev.sightline.alerting.notify.StatedAlert;
import dev.sightline.alerting.notify.journal.Entry;
import dev.sightline.alerting.notify.journal.Entry.Told;
import dev.sightline.alerting.notify.journal.Outcome;
import dev.sightline.alerting.notify.journal.Sent;
import java.util.List;

/// A notification on its way through one lane, until it has arrived or is given up.
///
/// Owned by the dispatcher, under its lock; while it runs, its content is the runner's alone.
final class Job {
  private final String key;
  private final Group group;
  private final long bornNs;
  private String id;
  private Sent content;
  private List<StatedAlert> alerts;
  private boolean mayRepeat;

  /// whether something else may have arrived, so that the receiver must hear what is so
  private boolean uncertain;

  private boolean running;
  private int attempts;
  private int failures;
  private long dueNs;

  Job(String key, Group group, String id, Sent content, List<StatedAlert> alerts, long nowNs) {
    this.key = key;
    this.group = group;
    this.id = id;
    this.content = content;
    this.alerts = alerts;
    this.bornNs = nowNs;
    this.dueNs = nowNs;
  }

  String key() {
    return key;
  }

  String id() {
    return id;
  }

  String groupId() {
    return group.id();
  }

  Sent content() {
    return content;
  }

  long bornNs() {
    return bornNs;
  }

  int failures() {
    return failures;
  }

  /// Whether nobody knows what the receiver was told last.
  boolean isUncertain() {
    return mayRepeat || uncertain;
  }

  boolean isRunning() {
    return running;
  }

  boolean isDue(long nowNs) {
    return !running && dueNs - nowNs <= 0;
  }

  /// Goes on where an attempt ended of which nobody knows.
  void resume(Entry open) {
    attempts = open.attempts();
    mayRepeat = open.mayHaveArrived();
  }

  /// Takes the place of something else that may have arrived.
  void supersede(Entry open) {
    uncertain |= open.mayHaveArrived();
  }

  /// Tells the same, as it is now.
  void refresh(Sent content, List<StatedAlert> alerts) {
    this.content = content;
    this.alerts = alerts;
  }

  /// Tells something else from now on; it waits no less for that.
  void replace(String id, Sent content, List<StatedAlert> alerts) {
    this.id = id;
    attempts = 0;
    uncertain |= mayRepeat;
    mayRepeat = false;
    refresh(content, alerts);
  }

  void start() {
    running = true;
    attempts++;
  }

  /// @param unknown whether it may have arrived
  void failed(boolean unknown, long dueNs) {
    running = false;
    failures++;
    mayRepeat |= unknown;
    this.dueNs = dueNs;
  }

  Notification notification(String receiver, long nowMs) {
    return new Notification(id, receiver, group.key(), group.labels(), alerts, nowMs, mayRepeat);
  }

  /// As it stands in the journal before an attempt.
  Entry intent(String receiver, String integration, long nowMs) {
    List<Told> told =
        alerts.stream()
            .limit(Entry.MAX_ALERTS)
            .map(each -> new Told(each.alert().labels(), each.resolved()))
            .toList();
    return new Entry(
        id,
        key,
        receiver,
        integration,
        nowMs,
        group.labels(),
        content,
        told,
        attempts,
        Outcome.PENDING,
        "");
  }
}
