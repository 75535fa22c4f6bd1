package dev.sightline.server;

import dev.sightline.collect.scrape.ScrapeService;
import dev.sightline.server.config.ServerConfig;

/// Puts another configuration in force, whole or not at all.
final class Reloading {
  private final GatewayFace gateway;
  private final ScrapeService scrapes;
  private final Alarms alarms;
  private final Quality quality;
  private final Watched watched;

  // guarded by this
  private ServerConfig inForce;

  Reloading(
      ServerConfig inForce,
      GatewayFace gateway,
      ScrapeService scrapes,
      Alarms alarms,
      Quality quality,
      Watched watched) {
    this.inForce = inForce;
    this.gateway = gateway;
    this.scrapes = scrapes;
    this.alarms = alarms;
    this.quality = quality;
    this.watched = watched;
  }

  /// @throws RuntimeException if `next` cannot be used; what was in force is in force again
  synchronized void take(ServerConfig next) {
    // Read first: a file with a fault must change nothing.
    Alarms.Read alerts = alarms.read(next);
    try {
      watch(next);
    } catch (RuntimeException failure) {
      watch(inForce);
      throw failure;
    }
    alarms.take(alerts);
    quality.take(next.quality());
    watched.take(next.models());
    inForce = next;
  }

  private void watch(ServerConfig config) {
    scrapes.reload(config.scraping().jobs());
    gateway.take(config.gateway());
  }
}
