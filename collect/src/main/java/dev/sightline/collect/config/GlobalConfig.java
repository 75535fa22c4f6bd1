package dev.sightline.collect.config;

import dev.sightline.collect.scrape.ScrapeJob.Limits;
import dev.sightline.model.label.Labels;
import dev.sightline.wire.exposition.ExpositionFormat;
import java.time.Duration;

/// The `global` part of a Prometheus configuration: defaults for every job and rule.
///
/// @param externalLabels for series and alerts that leave this server
public record GlobalConfig(
    Duration scrapeInterval,
    Duration scrapeTimeout,
    Duration evaluationInterval,
    Labels externalLabels,
    Limits limits,
    ExpositionFormat fallback) {
  public static final GlobalConfig DEFAULT =
      new GlobalConfig(
          Duration.ofMinutes(1),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Labels.EMPTY,
          Limits.DEFAULT,
          ExpositionFormat.PROMETHEUS_TEXT);
}
