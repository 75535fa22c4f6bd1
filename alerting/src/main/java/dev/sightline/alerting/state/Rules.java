package dev.sightline.alerting.state;

import dev.sightline.alerting.rule.RuleGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All rules at work.
///
/// Safe for any number of threads.
public final class Rules implements AutoCloseable {
  private final RuleParts parts;
  private final StateStore store;

  // guarded by this
  private RuleSet set;
  private volatile Map<String, GroupRun> groups = Map.of();

  private Rules(RuleSet set, RuleParts parts) {
    this.set = set;
    this.parts = parts;
    this.store = new StateStore(parts.files(), parts.directory());
  }

  /// Takes up the alerts where the process before left them, and begins to evaluate.
  public static Rules start(RuleSet set, RuleParts parts) {
    Rules rules = new Rules(set, parts);
    Map<String, GroupRun> runs = new LinkedHashMap<>();
    for (RuleGroup group : set.groups()) {
      runs.put(
          group.key(),
          new GroupRun(group, set, parts, rules.store, rules.store.read(group.key()), true));
    }
    rules.groups = runs;
    runs.values().forEach(GroupRun::start);
    return rules;
  }

  /// Puts other rules in force. Groups that say the same as before are not touched; rules that keep
  /// their name and labels keep their alerts.
  public synchronized void reload(RuleSet next) {
    boolean everythingAnew =
        !next.externalLabels().equals(set.externalLabels())
            || !next.externalUrl().equals(set.externalUrl());
    Map<String, GroupRun> before = groups;
    Map<String, GroupRun> after = new LinkedHashMap<>();
    List<GroupRun> fresh = new ArrayList<>();
    for (RuleGroup group : next.groups()) {
      GroupRun running = before.get(group.key());
      boolean same =
          running != null
              && !everythingAnew
              && running.group().definition().equals(group.definition());
      if (running != null && same) {
        after.put(group.key(), running);
      } else {
        GroupRun replacing = replacement(group, next, running);
        fresh.add(replacing);
        after.put(group.key(), replacing);
      }
    }
    before.forEach((key, running) -> retire(running, after.get(key)));
    set = next;
    groups = after;
    fresh.forEach(GroupRun::start);
  }

  private GroupRun replacement(RuleGroup group, RuleSet next, @Nullable GroupRun running) {
    if (running == null) {
      return new GroupRun(group, next, parts, store, store.read(group.key()), true);
    }
    running.stop();
    return new GroupRun(group, next, parts, store, running.content(), false);
  }

  /// Ends the series of what was replaced, which those who come after begin again.
  private void retire(GroupRun running, @Nullable GroupRun after) {
    if (after == running) {
      return;
    }
    running.stop();
    running.end();
    if (after == null) {
      store.delete(running.group().key());
    }
  }

  /// Every group as it stood after its last evaluation, by file and name.
  public List<GroupStatus> groups() {
    return groups.values().stream().map(GroupRun::status).toList();
  }

  @Override
  public synchronized void close() {
    groups.values().forEach(GroupRun::stop);
  }
}
