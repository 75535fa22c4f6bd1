package dev.sightline.collect.config;

import dev.sightline.collect.scrape.ScrapeJob;
import dev.sightline.wire.yaml.Unused;
import dev.sightline.wire.yaml.YamlFile;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.nio.file.Path;
import java.util.List;

/// A Prometheus configuration, as far as it says what is scraped and how.
///
/// @param jobs each name once, with all defaults filled in
/// @param ruleFiles paths whose last part may hold `*`
/// @param notUsed what stands in the file and is valid there, and changes nothing here; for people
public record PrometheusConfig(
    GlobalConfig global, List<ScrapeJob> jobs, List<Path> ruleFiles, List<String> notUsed) {
  private static final String[] KEPT_FOR_OTHERS = {
    "alerting", "remote_write", "remote_read", "storage", "tracing", "otlp", "runtime"
  };

  public PrometheusConfig {
    jobs = List.copyOf(jobs);
    ruleFiles = List.copyOf(ruleFiles);
    notUsed = List.copyOf(notUsed);
  }

  /// Reads a `prometheus.yml`, and the files that it takes further jobs from.
  ///
  /// @throws dev.sightline.wire.yaml.ConfigException if it is malformed, with the place
  public static PrometheusConfig read(Path file) {
    return read(YamlFile.read(file), System::getenv);
  }

  /// @param environment for `${NAME}` in external labels
  public static PrometheusConfig read(YamlNode root, Environment environment) {
    try (YamlMap map = root.asMap()) {
      return read(map, environment);
    }
  }

  /// Reads the keys of a Prometheus configuration among others of the same map, which the caller
  /// closes.
  public static PrometheusConfig read(YamlMap map, Environment environment) {
    Unused unused = new Unused();
    unused.note(map, KEPT_FOR_OTHERS);
    GlobalConfig global = new GlobalReader(environment, unused).read(map.map("global"));
    List<ScrapeJob> jobs = new JobReader(global, unused).read(map);
    List<Path> rules = map.list("rule_files").stream().map(PrometheusConfig::rulePath).toList();
    return new PrometheusConfig(global, jobs, rules, unused.notes());
  }

  private static Path rulePath(YamlNode pattern) {
    Path path = pattern.asPath();
    if (String.valueOf(path.getParent()).indexOf('*') >= 0) {
      throw pattern.error("may hold * only after its last slash");
    }
    return path;
  }

  /// Looks up a variable.
  public interface Environment {
    /// @return null where it is not set
    @org.jspecify.annotations.Nullable
    String value(String name);
  }
}
