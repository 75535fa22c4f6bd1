package dev.sightline.alerting.dispatch;

import dev.sightline.alerting.notify.NotSentException;
import dev.sightline.alerting.notify.NotSentException.Hope;
import dev.sightline.alerting.notify.Notification;
import dev.sightline.alerting.notify.Receiver;
import dev.sightline.alerting.notify.Receiver.Integration;
import dev.sightline.alerting.notify.StatedAlert;
import dev.sightline.alerting.notify.journal.Entry;
import dev.sightline.alerting.notify.journal.Journal;
import dev.sightline.alerting.notify.journal.Outcome;
import dev.sightline.alerting.notify.journal.Sent;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Ulid;
import dev.sightline.storage.failpoint.Failpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries notifications to receivers: writes down the intent, sends, writes down what became of
/// it, and tries again.
final class Courier {
  /*
   * A notification is a job in a lane. What makes "at least once, and twice only when nobody can know" true:
   *
   * 1. No attempt starts before its intent is on disk, and none counts as made before its outcome is.
   *    After a crash in between, the journal says UNKNOWN, and the job is made again with the same id.
   * 2. What the receiver was told last (`Journal.sent`) changes only by an outcome that settles the
   *    job. Until then every look at the group finds the same news, and refreshes the job.
   * 3. A lane has one job for a group at most, and a running one is left alone.
   *
   * Where the journal's disk refuses, notifications go out all the same: people must be told of a full disk.
   */
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final Duration PATIENCE = Duration.ofHours(24);

  private final Journal journal;
  private final Clock clock;
  private final Object lock;
  private final RandomGenerator random;
  private final Backoff backoff;
  private final NotifyMeters meters;

  // guarded by lock
  private final Map<String, Lane> lanes = new LinkedHashMap<>();

  /// @param lock guards this and whoever calls it
  Courier(Journal journal, Clock clock, RandomGenerator random, NotifyMeters meters, Object lock) {
    this.journal = journal;
    this.clock = clock;
    this.random = random;
    this.backoff = new Backoff(random);
    this.meters = meters;
    this.lock = lock;
  }

  // The following run with the lock held.

  /// Takes over the receivers of a configuration, and gives up what was on its way to others.
  void follow(Collection<Receiver> receivers) {
    Map<String, Lane> next = new LinkedHashMap<>();
    for (Receiver receiver : receivers) {
      for (Lane fresh : Lane.of(receiver)) {
        Lane known = lanes.remove(fresh.name());
        if (known != null) {
          known.follow(fresh);
        }
        next.put(fresh.name(), known == null ? fresh : known);
      }
    }
    for (Lane gone : lanes.values()) {
      List.copyOf(gone.jobs().values()).forEach(job -> withdraw(gone, job, "its receiver is gone"));
    }
    lanes.clear();
    lanes.putAll(next);
  }

  /// Looks whether there is something to tell of a group, in each lane of its receiver.
  void offer(Group group, List<StatedAlert> alerts, Sent now) {
    for (Lane lane : lanesOf(group)) {
      String key = lane.key(group);
      Job job = lane.jobs().get(key);
      if (job != null && job.isRunning()) {
        continue;
      }
      Entry open = journal.open(key);
      boolean sendResolved = lane.integration().sendResolved();
      News news = new News(journal.sent(key), open, sendResolved, group.route().timing().repeat());
      if (!news.isIn(now)) {
        forgo(lane, job, open, "what it would have told was no longer so");
      } else if (!sendResolved && now.firing().isEmpty()) {
        forgo(lane, job, open, "it would only have told that alerts have ended");
        quietly(() -> journal.assume(key, now));
      } else {
        take(lane, group, news, told(alerts, sendResolved), now);
      }
    }
  }

  /// Tries nothing more about a group of which all is silenced. What may have arrived of it is not
  /// forgotten.
  void withhold(Group group) {
    for (Lane lane : lanesOf(group)) {
      Job job = lane.jobs().get(lane.key(group));
      if (job != null && !job.isRunning()) {
        lane.jobs().remove(job.key());
      }
    }
  }

  private void take(Lane lane, Group group, News news, List<StatedAlert> alerts, Sent now) {
    String key = lane.key(group);
    Entry open = news.open();
    boolean same = news.isSame(now);
    Job job = lane.jobs().get(key);
    if (job == null && lane.isFull()) {
      return;
    }
    if (open != null && same) {
      if (job != null && job.id().equals(open.id())) {
        job.refresh(now, alerts);
      } else {
        put(lane, job, group, open.id(), now, alerts).resume(open);
      }
      return;
    }
    Job put = put(lane, job, group, Ulid.of(clock.nowMs(), random), now, alerts);
    if (open != null) {
      put.supersede(open);
    }
  }

  /// What was open under the key is withdrawn by the intent of its successor, not before.
  private Job put(
      Lane lane, @Nullable Job known, Group group, String id, Sent now, List<StatedAlert> alerts) {
    if (known != null) {
      known.replace(id, now, alerts);
      return known;
    }
    Job job = new Job(lane.key(group), group, id, now, alerts, clock.monotonicNs());
    lane.jobs().put(job.key(), job);
    return job;
  }

  private static List<StatedAlert> told(List<StatedAlert> alerts, boolean sendResolved) {
    return sendResolved ? alerts : alerts.stream().filter(each -> !each.resolved()).toList();
  }

  private void forgo(Lane lane, @Nullable Job job, @Nullable Entry open, String reason) {
    if (job != null) {
      withdraw(lane, job, reason);
    } else if (open != null) {
      withdraw(open.id(), reason);
    }
  }

  private void withdraw(Lane lane, Job job, String reason) {
    if (!job.isRunning()) {
      lane.jobs().remove(job.key());
      withdraw(job.id(), reason);
    }
  }

  private void withdraw(String id, String reason) {
    quietly(() -> journal.withdraw(id, reason));
  }

  /// Whether nothing about a group is on its way.
  boolean isQuiet(Group group) {
    return lanesOf(group).stream().noneMatch(lane -> lane.jobs().containsKey(lane.key(group)));
  }

  private List<Lane> lanesOf(Group group) {
    return lanes.values().stream()
        .filter(lane -> lane.receiver().equals(group.route().receiver()))
        .toList();
  }

  /// What is to be done now, without the lock.
  ///
  /// @param ended called with the id of the group behind each attempt, without the lock
  List<Runnable> start(Consumer<String> ended) {
    List<Runnable> started = new ArrayList<>();
    for (Lane lane : lanes.values()) {
      for (Job job : lane.start(clock.monotonicNs())) {
        Integration way = lane.integration();
        Entry intent = job.intent(lane.receiver(), way.channel().kind(), clock.nowMs());
        Notification message = job.notification(lane.receiver(), clock.nowMs());
        started.add(
            () -> {
              attempt(lane, job, way, intent, message);
              ended.accept(job.groupId());
            });
      }
    }
    return started;
  }

  boolean isIdle() {
    return lanes.values().stream().allMatch(Lane::isIdle);
  }

  double waiting() {
    return lanes.values().stream().mapToInt(lane -> lane.jobs().size()).sum();
  }

  // The following run without the lock.

  private void attempt(Lane lane, Job job, Integration way, Entry intent, Notification message) {
    quietly(() -> journal.intend(intent));
    Failpoints.reach("notify.after-intent");
    NotSentException failure = send(way, message);
    Failpoints.reach("notify.after-send");
    String kind = way.channel().kind();
    meters.attempted(kind, failure == null);
    Outcome outcome = outcome(job, failure);
    String error = failure == null ? "" : failure.reason();
    quietly(() -> journal.conclude(job.id(), outcome, error));
    if (failure != null) {
      LOG.warn(
          "{} by {} about {}: {} ({})",
          lane.receiver(),
          kind,
          message.groupKey(),
          error,
          outcome == Outcome.FAILED ? "given up" : "will be tried again");
    }
    synchronized (lock) {
      boolean forGood = outcome == Outcome.SENT || outcome == Outcome.FAILED;
      if (failure != null && !forGood) {
        long waitNs = backoff.after(job.failures(), failure).toNanos();
        job.failed(failure.hope() == Hope.UNKNOWN, clock.monotonicNs() + waitNs);
      }
      lane.ended(job, forGood);
    }
  }

  private static @Nullable NotSentException send(Integration way, Notification message) {
    try {
      way.channel().send(message);
      return null;
    } catch (NotSentException failure) {
      return failure;
    } catch (RuntimeException bug) {
      LOG.error("a notification could not be made", bug);
      return new NotSentException(Hope.LATER, "BUG: " + bug);
    }
  }

  private Outcome outcome(Job job, @Nullable NotSentException failure) {
    if (failure == null) {
      return Outcome.SENT;
    }
    boolean late = clock.monotonicNs() - job.bornNs() >= PATIENCE.toNanos();
    if (failure.hope() == Hope.NONE || late) {
      return Outcome.FAILED;
    }
    return failure.hope() == Hope.UNKNOWN || job.isUncertain() ? Outcome.UNKNOWN : Outcome.PENDING;
  }

  private static void quietly(Runnable write) {
    try {
      write.run();
    } catch (StoreUnavailableException refused) {
      LOG.error("the journal of notifications: {}", refused.getMessage());
    }
  }
}
