package dev.sightline.alerting.dispatch;

import dev.sightline.alerting.notify.Receiver;
import dev.sightline.alerting.notify.Receiver.Integration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The jobs of one way to reach one receiver. No lane waits for another.
///
/// Owned by the dispatcher, under its lock.
final class Lane {
  /// How many notifications are sent at once.
  static final int MAX_RUNNING = 4;

  /// How many groups may wait; one that finds no room is looked at again an interval later.
  static final int MAX_JOBS = 10_000;

  private final String name;
  private final String receiver;
  private Integration integration;

  /// by key
  private final Map<String, Job> jobs = new LinkedHashMap<>();

  private int running;

  Lane(String receiver, Integration integration) {
    this.receiver = receiver;
    this.integration = integration;
    this.name = name(receiver, integration);
  }

  static List<Lane> of(Receiver receiver) {
    return receiver.integrations().stream().map(each -> new Lane(receiver.name(), each)).toList();
  }

  private static String name(String receiver, Integration integration) {
    return receiver + "/" + integration.channel().kind() + "/" + integration.index();
  }

  /// Unique among all lanes, the same under every configuration.
  String name() {
    return name;
  }

  String receiver() {
    return receiver;
  }

  Integration integration() {
    return integration;
  }

  /// Reaches the receiver as `other` does from now on.
  void follow(Lane other) {
    integration = other.integration;
  }

  /// Names a group in this lane.
  String key(Group group) {
    return name + " " + group.key();
  }

  Map<String, Job> jobs() {
    return jobs;
  }

  boolean isFull() {
    return jobs.size() >= MAX_JOBS;
  }

  boolean isIdle() {
    return running == 0;
  }

  /// Starts what is due, as far as there is room.
  List<Job> start(long nowNs) {
    List<Job> started = new ArrayList<>();
    for (Job job : jobs.values()) {
      if (running >= MAX_RUNNING) {
        break;
      }
      if (job.isDue(nowNs)) {
        running++;
        job.start();
        started.add(job);
      }
    }
    return started;
  }

  void ended(Job job, boolean forGood) {
    running--;
    if (forGood) {
      jobs.remove(job.key(), job);
    }
  }
}
