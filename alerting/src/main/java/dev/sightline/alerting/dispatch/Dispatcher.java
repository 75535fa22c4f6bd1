package dev.sightline.alerting.dispatch;

import dev.sightline.alerting.Alert;
import dev.sightline.alerting.AlertSink;
import dev.sightline.alerting.Fingerprint;
import dev.sightline.alerting.notify.Receiver;
import dev.sightline.alerting.notify.StatedAlert;
import dev.sightline.alerting.notify.journal.Journal;
import dev.sightline.alerting.notify.journal.KeptAlert;
import dev.sightline.alerting.notify.journal.Sent;
import dev.sightline.alerting.route.Route;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes alerts, leads them by routes to groups, and looks at each group when it is due.
///
/// Safe for any number of threads. What it takes is on disk when the call returns; receivers are
/// waited for by others.
public final class Dispatcher implements AlertSink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Inhibitions NO_INHIBITIONS = new Inhibitions(List.of(), List.of());
  private static final int CLOSING_TURNS = 50;
  private static final long CLOSING_TURN_MS = 100;

  private final Journal journal;
  private final Clock clock;
  private final Executor threads;
  private final NotifyMeters meters;
  private final Scheduler.Repeating ticking;
  private final Object lock = new Object();

  // guarded by lock
  private final AlertTable alerts = new AlertTable();
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final Courier courier;
  private Routing routing;
  private boolean closing;

  /// What the dispatcher stands on.
  ///
  /// @param threads runs what waits for receivers
  public record Parts(
      Journal journal,
      Clock clock,
      Scheduler scheduler,
      Executor threads,
      RandomGenerator random,
      MeterRegistry meters) {}

  private Dispatcher(Parts parts, Routing routing) {
    this.journal = parts.journal;
    this.clock = parts.clock;
    this.threads = parts.threads;
    this.meters = new NotifyMeters(parts.meters);
    this.courier = new Courier(journal, clock, parts.random, meters, lock);
    this.routing = routing;
    synchronized (lock) {
      courier.follow(routing.receivers().values());
      journal.alerts().forEach(kept -> alerts.restore(kept, clock.monotonicNs()));
      alerts.all().forEach(this::route);
    }
    meters.watch(this::alertCount, this::waitingCount);
    this.ticking = parts.scheduler.every("notification groups", TICK, TICK, this::tick);
  }

  /// Goes on where the journal ends.
  ///
  /// @param parts of which the journal is closed by the caller, after this
  public static Dispatcher start(Parts parts, Routing routing) {
    return new Dispatcher(parts, routing);
  }

  @Override
  public void receive(List<Alert> said) {
    try {
      accept(said);
    } catch (StoreUnavailableException refused) {
      // They are said again soon, and told in any case.
      LOG.error("alerts were taken but are not on disk: {}", refused.getMessage());
    }
  }

  /// As [#receive], for senders who can be told that something is not safe.
  ///
  /// @throws StoreUnavailableException if they are not on disk; they are told all the same, as long
  ///   as this process lives
  public void accept(List<Alert> said) {
    List<KeptAlert> kept = new ArrayList<>();
    synchronized (lock) {
      for (Alert each : said) {
        HeldAlert held = alerts.say(each, clock.nowMs(), clock.monotonicNs());
        if (held != null) {
          route(held);
          kept.add(held.kept());
        }
      }
    }
    meters.refused(said.size() - kept.size());
    journal.say(kept);
  }

  /// Routes alerts in another way from now on. Groups that stay keep their times.
  public void reroute(Routing next) {
    List<Receiver> old;
    synchronized (lock) {
      old = List.copyOf(routing.receivers().values());
      Map<String, Group> before = Map.copyOf(groups);
      routing = next;
      courier.follow(next.receivers().values());
      groups.clear();
      alerts.leaveAllGroups();
      alerts.all().forEach(this::route);
      groups.forEach(
          (key, group) -> {
            Group known = before.get(key);
            if (known != null) {
              group.resume(known);
            }
          });
    }
    close(old);
  }

  private static void close(List<Receiver> receivers) {
    receivers.forEach(each -> each.integrations().forEach(way -> way.channel().close()));
  }

  /// Every alert that is held, with the receivers that its routes lead to.
  public List<AlertView> alerts() {
    synchronized (lock) {
      Inhibitions inhibitions = inhibitions();
      return alerts.all().stream().map(held -> view(held, inhibitions)).toList();
    }
  }

  /// Every group with its alerts.
  public List<GroupView> groups() {
    synchronized (lock) {
      Inhibitions inhibitions = inhibitions();
      return groups.values().stream()
          .filter(group -> !group.members().isEmpty())
          .sorted(Comparator.comparing(Group::labels))
          .map(
              group ->
                  new GroupView(
                      group.labels(),
                      group.route().receiver(),
                      alerts.of(group).stream().map(held -> view(held, inhibitions)).toList()))
          .toList();
    }
  }

  /// The names of all receivers, sorted.
  public List<String> receivers() {
    synchronized (lock) {
      return routing.receivers().keySet().stream().sorted().toList();
    }
  }

  public Journal journal() {
    return journal;
  }

  /// Starts nothing more, and gives what is being sent a moment to end.
  @Override
  public void close() {
    ticking.close();
    synchronized (lock) {
      closing = true;
      for (int turn = 0; turn < CLOSING_TURNS && !courier.isIdle(); turn++) {
        try {
          lock.wait(CLOSING_TURN_MS);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          break;
        }
      }
    }
    close(List.copyOf(routing.receivers().values()));
  }

  private void tick() {
    List<Runnable> work;
    synchronized (lock) {
      long nowNs = clock.monotonicNs();
      List<Group> due =
          groups.values().stream().filter(group -> group.dueNs() - nowNs <= 0).toList();
      Inhibitions inhibitions = due.isEmpty() ? NO_INHIBITIONS : inhibitions();
      due.forEach(group -> look(group, nowNs, inhibitions));
      work = startable();
    }
    work.forEach(threads::execute);
  }

  /// An attempt of this group has ended.
  private void ended(String groupId) {
    List<Runnable> work;
    synchronized (lock) {
      Group group = groups.get(groupId);
      if (group != null) {
        sweep(group);
      }
      work = startable();
      lock.notifyAll();
    }
    work.forEach(threads::execute);
  }

  // The following run with the lock held.

  private List<Runnable> startable() {
    return closing ? List.of() : courier.start(this::ended);
  }

  private void route(HeldAlert held) {
    Labels labels = held.alert().labels();
    long nowNs = clock.monotonicNs();
    for (Route route : routing.root().of(labels)) {
      long waitMs = route.timing().firstWait().toMillis();
      Group fresh = new Group(route, route.grouping().of(labels), nowNs + waitMs * 1_000_000);
      Group group = groups.computeIfAbsent(fresh.id(), _ -> fresh);
      long waitedMs = Math.max(0, clock.nowMs() - held.alert().startsAtMs());
      group.hasten(nowNs + Math.max(0, waitMs - waitedMs) * 1_000_000);
      alerts.join(labels, group);
    }
  }

  private Inhibitions inhibitions() {
    if (routing.inhibitions().isEmpty()) {
      return NO_INHIBITIONS;
    }
    long nowNs = clock.monotonicNs();
    return new Inhibitions(
        routing.inhibitions(),
        alerts.all().stream()
            .filter(held -> !held.isResolvedAt(nowNs))
            .map(held -> held.alert().labels())
            .toList());
  }

  private void look(Group group, long nowNs, Inhibitions inhibitions) {
    group.looked(nowNs);
    if (group.members().isEmpty()) {
      groups.values().remove(group);
      return;
    }
    group.leaving().clear();
    List<StatedAlert> told = new ArrayList<>();
    Set<Long> firing = new HashSet<>();
    Set<Long> resolved = new HashSet<>();
    for (HeldAlert held : alerts.of(group)) {
      boolean ended = held.isResolvedAt(nowNs);
      if (!ended && inhibitions.silencing(held.alert().labels()) != null) {
        continue;
      }
      told.add(new StatedAlert(held.alert(), ended));
      (ended ? resolved : firing).add(Fingerprint.of(held.alert().labels()));
      if (ended) {
        group.leaving().put(held.alert().labels(), held.alert().endsAtMs());
      }
    }
    told.sort(Comparator.comparing(StatedAlert::alert, AlertOrder.INSTANCE));
    if (told.isEmpty()) {
      courier.withhold(group);
    } else {
      courier.offer(group, told, new Sent(clock.nowMs(), firing, resolved));
    }
    sweep(group);
  }

  /// Lets alerts go that have ended, once nobody is waiting to be told so.
  private void sweep(Group group) {
    if (group.leaving().isEmpty() || !courier.isQuiet(group)) {
      return;
    }
    group
        .leaving()
        .forEach(
            (labels, endsAtMs) -> {
              HeldAlert held = alerts.find(labels);
              boolean unchanged =
                  held != null
                      && held.isResolvedAt(clock.monotonicNs())
                      && held.alert().endsAtMs() == endsAtMs;
              if (unchanged && alerts.leave(labels, group)) {
                forget(labels);
              }
            });
    group.leaving().clear();
  }

  private void forget(Labels labels) {
    try {
      journal.forget(labels);
    } catch (StoreUnavailableException refused) {
      LOG.error("the journal of notifications: {}", refused.getMessage());
    }
  }

  private AlertView view(HeldAlert held, Inhibitions inhibitions) {
    Labels labels = held.alert().labels();
    boolean resolved = held.isResolvedAt(clock.monotonicNs());
    return new AlertView(
        held.alert(),
        resolved,
        held.updatedMs(),
        alerts.groupsOf(labels).stream()
            .map(group -> group.route().receiver())
            .distinct()
            .sorted()
            .toList(),
        resolved ? null : inhibitions.silencing(labels));
  }

  private double alertCount() {
    synchronized (lock) {
      return alerts.size();
    }
  }

  private double waitingCount() {
    synchronized (lock) {
      return courier.waiting();
    }
  }
}
