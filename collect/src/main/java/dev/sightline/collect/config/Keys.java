package dev.sightline.collect.config;

import dev.sightline.collect.scrape.ScrapeJob.Limits;
import dev.sightline.wire.exposition.ExpositionFormat;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.time.Duration;

/// The keys that may stand in `global` and in a job.
final class Keys {
  private Keys() {}

  /// An absent or empty key, and 0, mean the default.
  static Duration positive(YamlMap map, String key, Duration otherwise) {
    Duration given = map.duration(key, otherwise);
    return given.isZero() ? otherwise : given;
  }

  static Limits limits(YamlMap map, Limits otherwise) {
    return new Limits(
        size(map, "body_size_limit", otherwise.bodyBytes()),
        number(map, "sample_limit", otherwise.samples()),
        number(map, "label_limit", otherwise.labels()),
        number(map, "label_name_length_limit", otherwise.labelNameLength()),
        number(map, "label_value_length_limit", otherwise.labelValueLength()),
        number(map, "target_limit", otherwise.targets()));
  }

  private static long size(YamlMap map, String key, long otherwise) {
    YamlNode given = map.find(key);
    if (given == null || given.isNull()) {
      return otherwise;
    }
    try {
      return SizeText.parse(given.asText());
    } catch (IllegalArgumentException bad) {
      throw given.error(bad.getMessage());
    }
  }

  private static long number(YamlMap map, String key, long otherwise) {
    long given = map.number(key, otherwise);
    if (given < 0) {
      throw map.need(key).error("must not be negative");
    }
    return given;
  }

  static ExpositionFormat fallback(YamlMap map, ExpositionFormat otherwise) {
    YamlNode given = map.find("fallback_scrape_protocol");
    if (given == null || given.isNull()) {
      return otherwise;
    }
    if (given.asText().equals("PrometheusProto")) {
      // Never asked for here, so no target answers with it.
      return otherwise;
    }
    ExpositionFormat format = ExpositionFormat.ofProtocol(given.asText());
    if (format == null) {
      throw given.error(
          "must be one of OpenMetricsText0.0.1, OpenMetricsText1.0.0, PrometheusText0.0.4,"
              + " PrometheusText1.0.0, not \""
              + given.asText()
              + '"');
    }
    return format;
  }
}
