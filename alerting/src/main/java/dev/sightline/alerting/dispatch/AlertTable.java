package dev.sightline.alerting.dispatch;

import dev.sightline.alerting.Alert;
import dev.sightline.alerting.notify.journal.KeptAlert;
import dev.sightline.model.label.Labels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every alert that is known, and the groups that it is in.
///
/// Owned by the dispatcher, under its lock.
final class AlertTable {
  /// Beyond this many, alerts that are new are refused.
  static final int MAX_ALERTS = 100_000;

  private static final class Row {
    private HeldAlert held;
    private final Set<Group> groups = new LinkedHashSet<>();

    Row(HeldAlert held) {
      this.held = held;
    }
  }

  private final Map<Labels, Row> rows = new LinkedHashMap<>();

  /// @return null where there is no room for another
  @Nullable HeldAlert say(Alert said, long nowMs, long nowNs) {
    Row row = rows.get(said.labels());
    if (row == null && rows.size() >= MAX_ALERTS) {
      return null;
    }
    HeldAlert held = HeldAlert.of(said, row == null ? null : row.held, nowMs, nowNs);
    put(held);
    return held;
  }

  /// Takes over what the journal kept.
  void restore(KeptAlert kept, long nowNs) {
    put(HeldAlert.of(kept, nowNs));
  }

  private void put(HeldAlert held) {
    Row row = rows.get(held.alert().labels());
    if (row == null) {
      rows.put(held.alert().labels(), new Row(held));
    } else {
      row.held = held;
    }
  }

  @Nullable HeldAlert find(Labels labels) {
    Row row = rows.get(labels);
    return row == null ? null : row.held;
  }

  Collection<HeldAlert> all() {
    return rows.values().stream().map(row -> row.held).toList();
  }

  Set<Group> groupsOf(Labels labels) {
    Row row = rows.get(labels);
    return row == null ? Set.of() : row.groups;
  }

  void join(Labels labels, Group group) {
    Row row = rows.get(labels);
    if (row != null) {
      row.groups.add(group);
      group.members().add(labels);
    }
  }

  /// @return whether the alert was in no other group, and is forgotten
  boolean leave(Labels labels, Group group) {
    group.members().remove(labels);
    Row row = rows.get(labels);
    if (row == null) {
      return false;
    }
    row.groups.remove(group);
    return row.groups.isEmpty() && rows.remove(labels) != null;
  }

  void leaveAllGroups() {
    rows.values().forEach(row -> row.groups.clear());
  }

  List<HeldAlert> of(Group group) {
    List<HeldAlert> members = new ArrayList<>();
    for (Labels labels : group.members()) {
      HeldAlert held = find(labels);
      if (held != null) {
        members.add(held);
      }
    }
    return members;
  }

  int size() {
    return rows.size();
  }
}
