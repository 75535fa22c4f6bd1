package dev.sightline.gateway.upstream;

import dev.sightline.gateway.config.HealthCheck;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.time.Scheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The fleets of all models, and the checks of those that have several servers.
public final class Fleets implements AutoCloseable {
  private final UpstreamClient client;
  private final Scheduler scheduler;
  private final MeterRegistry registry;

  /// By the labels of its series; a server that is no longer configured is absent.
  private final Map<Labels, Member> reported = new ConcurrentHashMap<>();

  /// By identity, which costs a call less than comparing all that is known of a model.
  private volatile IdentityHashMap<UpstreamModel, Fleet> fleets = new IdentityHashMap<>();

  private List<Scheduler.Repeating> checks = List.of(); // guarded by this

  public Fleets(UpstreamClient client, Scheduler scheduler, MeterRegistry registry) {
    this.client = client;
    this.scheduler = scheduler;
    this.registry = registry;
  }

  /// Takes over these models; fleets whose servers stay the same keep what is known of them.
  public synchronized void configure(List<UpstreamModel> models) {
    checks.forEach(Scheduler.Repeating::close);
    List<Scheduler.Repeating> next = new ArrayList<>();
    Map<UpstreamModel, Fleet> known = new HashMap<>(fleets);
    IdentityHashMap<UpstreamModel, Fleet> nextFleets = new IdentityHashMap<>();
    reported.clear();
    for (UpstreamModel model : models) {
      for (UpstreamModel version : model.versions()) {
        Fleet fleet = known.getOrDefault(version, new Fleet(version.servers()));
        nextFleets.put(version, fleet);
        if (fleet.members().size() > 1) {
          report(version, fleet);
          HealthCheck health = version.servers().health();
          next.add(
              scheduler.every(
                  "gateway-health",
                  health.interval(),
                  health.interval(),
                  () -> fleet.members().forEach(member -> client.check(member, health))));
        }
      }
    }
    fleets = nextFleets;
    checks = next;
  }

  private void report(UpstreamModel version, Fleet fleet) {
    for (Member member : fleet.members()) {
      Labels labels =
          Labels.of(
              "model",
              version.name(),
              "upstream",
              member.upstream().uri().toString(),
              "version",
              version.version());
      reported.put(labels, member);
      registry.gauge(
          "sightline_gateway_upstream_up",
          "Whether a server of a model that has several gets calls.",
          labels,
          () -> {
            Member current = reported.get(labels);
            return current == null ? Double.NaN : current.isUp() ? 1 : 0;
          });
    }
  }

  /// @param version of a model that is configured, or was until now
  public Fleet of(UpstreamModel version) {
    Fleet fleet = fleets.get(version);
    return fleet == null ? new Fleet(version.servers()) : fleet;
  }

  @Override
  public synchronized void close() {
    checks.forEach(Scheduler.Repeating::close);
    checks = List.of();
  }
}
