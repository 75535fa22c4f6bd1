package dev.sightline.collect.scrape;

import dev.sightline.collect.discover.FileDiscovery;
import dev.sightline.collect.discover.TargetGroup;
import dev.sightline.collect.relabel.RelabelRule;
import dev.sightline.wire.exposition.ExpositionFormat;
import dev.sightline.wire.outgoing.Authorization;
import dev.sightline.wire.outgoing.TlsSettings;
import dev.sightline.wire.yaml.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Targets that are scraped alike: one entry of `scrape_configs`, with all defaults filled in.
public record ScrapeJob(
    String name,
    Endpoint endpoint,
    Timing timing,
    Reading reading,
    Limits limits,
    Relabelling relabelling,
    Discovery discovery) {

  /// A job with the defaults of Prometheus.
  public static ScrapeJob of(String name, Timing timing, List<TargetGroup> targets) {
    return new ScrapeJob(
        name,
        Endpoint.DEFAULT,
        timing,
        Reading.DEFAULT,
        Limits.DEFAULT,
        Relabelling.NONE,
        new Discovery(targets, List.of()));
  }

  /// Whether targets of both are scraped alike, wherever they come from.
  boolean scrapesLike(ScrapeJob other) {
    return withoutDiscovery().equals(other.withoutDiscovery());
  }

  private ScrapeJob withoutDiscovery() {
    return new ScrapeJob(
        name, endpoint, timing, reading, limits, relabelling, new Discovery(List.of(), List.of()));
  }

  /// @param timeout not longer than the interval
  public record Timing(Duration interval, Duration timeout) {
    public Timing {
      if (interval.compareTo(Duration.ZERO) <= 0 || timeout.compareTo(interval) > 0) {
        throw new IllegalArgumentException(
            "BUG: scrape interval " + interval + ", timeout " + timeout);
      }
    }
  }

  /// Where on a target the metrics are, and how it is asked.
  ///
  /// @param params of the query
  public record Endpoint(
      String scheme, String metricsPath, Map<String, List<String>> params, Http http) {
    public static final Endpoint DEFAULT = new Endpoint("http", "/metrics", Map.of(), Http.DEFAULT);

    public Endpoint {
      params = Map.copyOf(params);
    }
  }

  /// @param authorization null where nothing is shown
  /// @param headers sent with every scrape
  public record Http(
      @Nullable Authorization authorization,
      TlsSettings tls,
      boolean followRedirects,
      boolean compression,
      Map<String, Secret> headers) {
    public static final Http DEFAULT = new Http(null, TlsSettings.DEFAULT, true, true, Map.of());

    public Http {
      headers = Map.copyOf(headers);
    }
  }

  /// How much of what a target says about itself is believed.
  ///
  /// @param honorLabels whether its labels win over the target's
  /// @param honorTimestamps whether its timestamps are used
  /// @param trackTimestamps whether series with timestamps of their own are ended when they vanish
  /// @param fallback the format of an answer that names none
  public record Reading(
      boolean honorLabels,
      boolean honorTimestamps,
      boolean trackTimestamps,
      ExpositionFormat fallback) {
    public static final Reading DEFAULT =
        new Reading(false, true, false, ExpositionFormat.PROMETHEUS_TEXT);
  }

  /// Beyond any of these the whole scrape fails; 0 is no limit.
  ///
  /// @param bodyBytes decompressed
  /// @param samples after relabelling
  /// @param targets of the job
  public record Limits(
      long bodyBytes,
      long samples,
      long labels,
      long labelNameLength,
      long labelValueLength,
      long targets) {
    public static final Limits DEFAULT = new Limits(50L << 20, 100_000, 0, 0, 0, 0);
  }

  /// @param targets rules for the labels of targets
  /// @param metrics rules for the labels of samples
  public record Relabelling(List<RelabelRule> targets, List<RelabelRule> metrics) {
    public static final Relabelling NONE = new Relabelling(List.of(), List.of());

    public Relabelling {
      targets = List.copyOf(targets);
      metrics = List.copyOf(metrics);
    }
  }

  /// @param fixed the groups of `static_configs`
  public record Discovery(List<TargetGroup> fixed, List<FileDiscovery> files) {
    public Discovery {
      fixed = List.copyOf(fixed);
      files = List.copyOf(files);
    }
  }
}
