package dev.sightline.server.cli;

import dev.sightline.server.config.Flags;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags of everything that serves.
final class ServeOptions {
  @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
  private @Nullable Path config;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where to listen; port 0 takes any. Default: 127.0.0.1:7444.")
  private @Nullable String listen;

  @Option(
      names = "--gateway",
      paramLabel = "HOST:PORT",
      description =
          "Where the gateway listens, if models have an upstream; `inherited`: on the socket that is"
              + " standard input. Default: 127.0.0.1:8000.")
  private @Nullable String gateway;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where everything is kept. Default: ./data (demo: ./demo-data).")
  private @Nullable Path data;

  @Option(
      names = "--prometheus.config",
      paramLabel = "FILE",
      description = "Scrape what a prometheus.yml says, instead of metrics.scrape_configs.")
  private @Nullable Path prometheusConfig;

  @Option(
      names = "--alertmanager.config",
      paramLabel = "FILE",
      description = "Tell whom an alertmanager.yml says, instead of alerting.route and receivers.")
  private @Nullable Path alertmanagerConfig;

  @Option(
      names = "--i-know-this-is-open",
      description = "Listen beyond this machine although anyone who reaches it may do anything.")
  private boolean open;

  Flags flags() {
    return new Flags(config, listen, gateway, data, prometheusConfig, alertmanagerConfig, open);
  }
}
