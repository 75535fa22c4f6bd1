package dev.sightline.server;

import dev.sightline.collect.meter.MeterWriter;
import dev.sightline.collect.meter.MeterWriter.Origin;
import dev.sightline.collect.scrape.ScrapeService;
import dev.sightline.gateway.Gateway;
import dev.sightline.gateway.config.GatewayConfig;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.server.config.Address;
import dev.sightline.server.lines.LineQueue;
import dev.sightline.tsdb.TimeSeriesStore;
import dev.sightline.wire.exposition.ExpositionWriter;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The gateway of this process, which opens with the first model to stand before.
///
/// Safe for any number of threads.
final class GatewayFace {
  private final Ground ground;
  private final Lifecycle faces;
  private final LineQueue lines;
  private final PredictionSink captured;

  /// What is counted of the models.
  private final MeterRegistry meters = new MeterRegistry();

  // guarded by this
  private @Nullable Gateway gateway;
  private @Nullable TimeSeriesStore metrics;
  private @Nullable ScrapeService scrapes;

  private volatile String address = "";
  private volatile Map<String, String> tasks = Map.of();
  private volatile Map<String, String> shadows = Map.of();

  /// @param faces closes the gateway, before any store
  GatewayFace(Ground ground, Lifecycle faces, LineQueue lines, PredictionSink captured) {
    this.ground = ground;
    this.faces = faces;
    this.lines = lines;
    this.captured = captured;
  }

  /// Stands before these models from the next call on. Where it listens and its limits stay as they
  /// were when it opened.
  ///
  /// @throws dev.sightline.gateway.config.GatewayException if it cannot listen
  synchronized void take(GatewayConfig config) {
    if (gateway != null) {
      gateway.reconfigure(config);
    } else if (!config.models().isEmpty()) {
      open(config);
    }
    shadows = shadows(config);
    tasks =
        config.models().stream()
            .collect(
                Collectors.toMap(
                    UpstreamModel::name, model -> model.task().name().toLowerCase(Locale.ROOT)));
  }

  private static Map<String, String> shadows(GatewayConfig config) {
    Map<String, String> names = new HashMap<>();
    for (UpstreamModel model : config.models()) {
      UpstreamModel shadow = model.rivals().shadow();
      if (shadow != null) {
        names.put(model.name(), shadow.name());
      }
    }
    return names;
  }

  private void open(GatewayConfig config) {
    Gateway opened =
        Gateway.open(
            config,
            new Gateway.Parts(meters, lines, ground.clock(), ground.scheduler()),
            captured,
            () -> ExpositionWriter.write(meters.read()));
    gateway = faces.keep("gateway", opened);
    InetSocketAddress at = opened.address();
    address = new Address(at.getAddress().getHostAddress(), at.getPort()).reachable().toString();
    writeSeries();
  }

  /// From now on the series about the models are written here, or scraped from the gateway, never
  /// both.
  synchronized void writeSeries(TimeSeriesStore metrics, ScrapeService scrapes) {
    this.metrics = metrics;
    this.scrapes = scrapes;
    writeSeries();
  }

  private void writeSeries() {
    if (gateway == null || metrics == null || scrapes == null) {
      return;
    }
    Labels labels = Labels.of("job", "gateway", "instance", address);
    MeterWriter models = ground.write(labels, meters::read, Origin.THIS_PROCESS, metrics);
    ground
        .opened()
        .keep(
            "gateway scrape watch",
            GatewayScrapes.watch(scrapes, models, address, ground.scheduler()));
  }

  /// `HOST:PORT`; empty while there is no gateway.
  String address() {
    return address;
  }

  /// Of the models that are configured now, by name.
  Map<String, String> tasks() {
    return tasks;
  }

  /// Names of the classifiers that have answered since the start, and never with a probability.
  synchronized Set<String> labelsOnly() {
    return gateway == null ? Set.of() : gateway.labelsOnly();
  }

  /// Names of shadows by the names of their models, as configured now.
  Map<String, String> shadows() {
    return shadows;
  }
}
