package dev.sightline.alerting.dispatch;

import dev.sightline.alerting.route.GroupName;
import dev.sightline.alerting.route.Route;
import dev.sightline.model.label.Labels;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Alerts of one route that are told together.
///
/// Owned by the dispatcher, under its lock.
final class Group {
  private final Route route;
  private final Labels labels;
  private final String key;
  private final String id;
  private final Set<Labels> members = new LinkedHashSet<>();

  /// the ends of those that had ended at the last look and are being told so
  private final Map<Labels, Long> leaving = new LinkedHashMap<>();

  private long dueNs;
  private boolean spoke;

  Group(Route route, Labels labels, long dueNs) {
    this.route = route;
    this.labels = labels;
    this.key = GroupName.of(route, labels);
    this.id = key + " " + route.receiver();
    this.dueNs = dueNs;
  }

  Route route() {
    return route;
  }

  Labels labels() {
    return labels;
  }

  /// As Alertmanager writes it.
  String key() {
    return key;
  }

  /// Unique among all groups, the same under every configuration.
  String id() {
    return id;
  }

  Set<Labels> members() {
    return members;
  }

  Map<Labels, Long> leaving() {
    return leaving;
  }

  long dueNs() {
    return dueNs;
  }

  /// The first word may come earlier, for an alert that has waited elsewhere already.
  void hasten(long atNs) {
    if (!spoke && atNs < dueNs) {
      dueNs = atNs;
    }
  }

  /// Notes a look at the group, and when the next is due.
  void looked(long nowNs) {
    spoke = true;
    long intervalNs = route.timing().interval().toNanos();
    dueNs += intervalNs;
    if (dueNs - nowNs <= 0) {
      dueNs = nowNs + intervalNs;
    }
  }

  /// Takes over what a group of the same name had come to under an earlier configuration.
  void resume(Group before) {
    spoke = before.spoke;
    dueNs = Math.min(before.dueNs, dueNs);
    leaving.putAll(before.leaving);
  }
}
