package dev.sightline.gateway.meter;

import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.gateway.route.Refusal;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The series that the gateway keeps, by model.
public final class GatewayMeters {
  private final MeterRegistry registry;
  private final Clock clock;
  private final ConcurrentHashMap<Identity, ModelMeters> models = new ConcurrentHashMap<>();

  /// What tells one model's series from another's.
  private record Identity(String name, String version) {}

  public GatewayMeters(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /// Makes the model's series if they are not there yet, the counters at 0.
  public ModelMeters of(UpstreamModel model) {
    Identity identity = new Identity(model.name(), model.version());
    ModelMeters known = models.get(identity);
    return known != null
        ? known
        : models.computeIfAbsent(identity, _ -> new ModelMeters(registry, clock, model));
  }

  /// Names of the classifiers that have answered, and never with a probability.
  public Set<String> labelsOnly() {
    Set<String> names = new HashSet<>();
    models.forEach(
        (identity, meters) -> {
          if (meters.isLabelsOnly()) {
            names.add(identity.name);
          }
        });
    return names;
  }

  public void refused(Refusal refusal) {
    registry
        .counter(
            "sightline_gateway_refused_total",
            "Requests that the gateway answered itself, because they could go to no model.",
            Labels.of("reason", refusal.reason()))
        .increment();
  }
}
