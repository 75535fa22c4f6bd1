package dev.sightline.server.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What the command line says; null where it says nothing. It overrides the configuration file.
///
/// @param config the configuration file
/// @param listen `HOST:PORT` of the main listener
/// @param gateway `HOST:PORT` of the gateway
/// @param data the data directory
/// @param prometheusConfig a `prometheus.yml`, which replaces what `metrics` says of scraping
/// @param alertmanagerConfig an `alertmanager.yml`, which replaces what `alerting` says of routes
///   and receivers
/// @param open whether anyone on the network may call without authentication
public record Flags(
    @Nullable Path config,
    @Nullable String listen,
    @Nullable String gateway,
    @Nullable Path data,
    @Nullable Path prometheusConfig,
    @Nullable Path alertmanagerConfig,
    boolean open) {
  public static final Flags NONE = new Flags(null, null, null, null, null, null, false);

  /// The same with another data directory.
  public Flags keeping(Path data) {
    return new Flags(config, listen, gateway, data, prometheusConfig, alertmanagerConfig, open);
  }
}
