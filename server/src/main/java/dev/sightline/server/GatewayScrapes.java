package dev.sightline.server;

import dev.sightline.collect.meter.MeterWriter;
import dev.sightline.collect.scrape.ScrapeService;
import dev.sightline.model.time.Scheduler;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/// Sees to it that the gateway's series reach the store by one way only: while a scrape job targets
/// the gateway, they are not also written directly.
final class GatewayScrapes {
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private GatewayScrapes() {}

  /// @param gateway `HOST:PORT`; empty where there is none
  static Scheduler.Repeating watch(
      ScrapeService scrapes, MeterWriter writer, String gateway, Scheduler scheduler) {
    return scheduler.every(
        "gateway scrape watch",
        Duration.ZERO,
        PERIOD,
        () -> {
          if (scrapes.targets().stream()
              .anyMatch(status -> isGateway(status.target().url(), gateway))) {
            writer.pause();
          } else {
            writer.resume();
          }
        });
  }

  /// A target may be anything that a file says, so what is no address is no gateway.
  static boolean isGateway(String url, String gateway) {
    try {
      String authority = String.valueOf(new URI(url).getAuthority());
      return authority.replace("localhost:", "127.0.0.1:").equals(gateway);
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
