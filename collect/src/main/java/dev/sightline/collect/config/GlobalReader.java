package dev.sightline.collect.config;

import dev.sightline.model.label.Labels;
import dev.sightline.wire.yaml.Unused;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.time.Duration;

/// Reads `global`.
final class GlobalReader {
  private static final String[] NOT_USED = {
    "rule_query_offset",
    "query_log_file",
    "scrape_failure_log_file",
    "scrape_protocols",
    "keep_dropped_targets",
    "metric_name_validation_scheme",
    "metric_name_escaping_scheme",
    "scrape_native_histograms",
    "always_scrape_classic_histograms",
    "convert_classic_histograms_to_nhcb",
    "extra_scrape_metrics"
  };

  private final PrometheusConfig.Environment environment;
  private final Unused unused;

  GlobalReader(PrometheusConfig.Environment environment, Unused unused) {
    this.environment = environment;
    this.unused = unused;
  }

  GlobalConfig read(YamlMap given) {
    GlobalConfig otherwise = GlobalConfig.DEFAULT;
    try (YamlMap map = given) {
      unused.note(map, NOT_USED);
      Duration interval = Keys.positive(map, "scrape_interval", otherwise.scrapeInterval());
      Duration timeout = Keys.positive(map, "scrape_timeout", otherwise.scrapeTimeout());
      if (map.has("scrape_timeout") && timeout.compareTo(interval) > 0) {
        throw map.need("scrape_timeout").error("is longer than scrape_interval");
      }
      return new GlobalConfig(
          interval,
          timeout.compareTo(interval) > 0 ? interval : timeout,
          Keys.positive(map, "evaluation_interval", otherwise.evaluationInterval()),
          externalLabels(map.map("external_labels")),
          Keys.limits(map, otherwise.limits()),
          Keys.fallback(map, otherwise.fallback()));
    }
  }

  private Labels externalLabels(YamlMap map) {
    Labels.Builder labels = new Labels.Builder();
    for (String name : map.keys()) {
      YamlNode value = map.need(name);
      if (!name.matches("[a-zA-Z_][a-zA-Z0-9_]*")) {
        throw value.error("is no name for a label");
      }
      labels.set(name, expanded(value.asText()));
    }
    return labels.build();
  }

  /// `$NAME` and `${NAME}` stand for variables, `$$` for a dollar sign; a variable that is not set
  /// is empty.
  private String expanded(String text) {
    StringBuilder expanded = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      boolean braced = text.startsWith("${", at);
      int from = at + (braced ? 2 : 1);
      int to = from;
      while (text.charAt(at) == '$' && to < text.length() && isNameCharacter(text.charAt(to))) {
        to++;
      }
      if (text.startsWith("$$", at)) {
        expanded.append('$');
        at += 2;
      } else if (text.charAt(at) == '$' && to > from && (!braced || text.startsWith("}", to))) {
        String value = environment.value(text.substring(from, to));
        expanded.append(value == null ? "" : value);
        at = to + (braced ? 1 : 0);
      } else {
        expanded.append(text.charAt(at));
        at++;
      }
    }
    return expanded.toString();
  }

  private static boolean isNameCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
