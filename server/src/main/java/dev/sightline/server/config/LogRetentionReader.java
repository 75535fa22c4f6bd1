package dev.sightline.server.config;

import dev.sightline.logql.parse.LogqlParser;
import dev.sightline.logql.parse.Quantities;
import dev.sightline.logstore.RetentionRules;
import dev.sightline.model.query.QueryException;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Reads how long log lines are kept, and how many.
final class LogRetentionReader {
  private LogRetentionReader() {}

  static RetentionRules read(YamlMap logs, RetentionRules defaults) {
    YamlNode retention = logs.find("retention");
    Duration period = retention == null ? defaults.period() : period(retention);
    List<RetentionRules.OfStreams> ofStreams = new ArrayList<>();
    for (YamlNode rule : logs.list("retention_streams")) {
      ofStreams.add(ofStreams(rule));
    }
    YamlNode size = logs.find("retention_size");
    long mostBytes = size == null ? 0 : bytes(size);
    YamlNode free = logs.find("keep_free_percent");
    int leastFree = free == null ? 0 : percent(free);
    return new RetentionRules(period, ofStreams, mostBytes, leastFree);
  }

  private static Duration period(YamlNode node) {
    return Checked.at(node, () -> RetentionRules.checked(node.asDuration()));
  }

  private static RetentionRules.OfStreams ofStreams(YamlNode node) {
    try (YamlMap rule = node.asMap()) {
      YamlNode selector = rule.need("selector");
      Duration period = period(rule.need("period"));
      try {
        return new RetentionRules.OfStreams(LogqlParser.parseSelector(selector.asText()), period);
      } catch (QueryException.BadQuery bad) {
        throw selector.fault(bad.getMessage());
      }
    }
  }

  private static long bytes(YamlNode node) {
    long bytes = Quantities.sizeBytes(node.asText());
    if (bytes < 1) {
      throw node.fault("must be a size such as 50GB, and above 0");
    }
    return bytes;
  }

  private static int percent(YamlNode node) {
    long percent = node.asLong();
    if (percent < 0 || percent > 99) {
      throw node.fault("must be from 0 to 99");
    }
    return (int) percent;
  }
}
