package dev.sightline.server.config;

import dev.sightline.model.query.QueryException;
import dev.sightline.promql.parse.PromqlParser;
import dev.sightline.tsdb.Retention;
import dev.sightline.tsdb.TsdbOptions;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads how long metrics are kept: `retention`, `retention_size` and `retention_rules`.
final class RetentionReader {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(B|KB|MB|GB|TB|PB)");
  private static final Map<String, Integer> POWERS =
      Map.of("B", 0, "KB", 1, "MB", 2, "GB", 3, "TB", 4, "PB", 5);

  private RetentionReader() {}

  static Retention read(YamlMap metrics) {
    YamlNode time = metrics.find("retention");
    Duration usual = time == null ? TsdbOptions.DEFAULT.retention().time() : time.asDuration();
    long bytes = bytes(metrics.find("retention_size"));
    List<Retention.Rule> rules =
        metrics.list("retention_rules").stream().map(RetentionReader::rule).toList();
    return time == null
        ? new Retention(usual, bytes, rules)
        : Checked.at(time, () -> new Retention(usual, bytes, rules));
  }

  private static Retention.Rule rule(YamlNode node) {
    try (YamlMap rule = node.asMap()) {
      YamlNode match = rule.need("match");
      YamlNode keep = rule.need("keep");
      try {
        return Checked.at(
            keep,
            () ->
                new Retention.Rule(PromqlParser.parseSelector(match.asText()), keep.asDuration()));
      } catch (QueryException.BadQuery bad) {
        throw match.error(String.valueOf(bad.getMessage()));
      }
    }
  }

  /// Units are powers of 1024, as in Prometheus.
  private static long bytes(@Nullable YamlNode node) {
    if (node == null) {
      return 0;
    }
    Matcher parts = SIZE.matcher(node.asText().strip().toUpperCase(Locale.ROOT));
    if (!parts.matches()) {
      throw node.error("must be a size such as 512MB or 10GB, not \"" + node.asText() + '"');
    }
    try {
      long unit = 1L << 10 * POWERS.getOrDefault(parts.group(2), 0);
      return Math.multiplyExact(Long.parseLong(parts.group(1)), unit);
    } catch (ArithmeticException _) {
      throw node.error("is larger than any disk");
    }
  }
}
