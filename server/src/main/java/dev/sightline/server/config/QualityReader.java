package dev.sightline.server.config;

import dev.sightline.quality.estimate.EstimateMethod;
import dev.sightline.quality.performance.ScoreOptions;
import dev.sightline.quality.rows.SegmentBy;
import dev.sightline.quality.rows.TimeOf;
import dev.sightline.quality.watch.Monitor;
import dev.sightline.quality.watch.MonitorReader;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads `quality`, and what models were trained with and are segmented by.
final class QualityReader {
  /// Of one model: each costs as much as the measures of the whole.
  private static final int MOST_SEGMENTINGS = 10;

  private QualityReader() {}

  static ScoreOptions scores(YamlMap map) {
    ScoreOptions usual = ScoreOptions.DEFAULT;
    Map<String, Duration> windows = new LinkedHashMap<>();
    map.list("windows").forEach(node -> windows.put(node.asText(), node.asDuration()));
    boolean named = map.has("windows");
    long minimumN = map.number("min_n", usual.minimumN());
    Duration every = map.duration("every", usual.every());
    Set<TimeOf> times = times(map, usual.times());
    return Checked.at(
        map.node(),
        () -> new ScoreOptions(named ? windows : usual.windows(), times, minimumN, every));
  }

  static Set<EstimateMethod> estimates(YamlMap map) {
    if (!map.has("estimates")) {
      return Set.of(EstimateMethod.CBPE);
    }
    Set<EstimateMethod> methods = EnumSet.noneOf(EstimateMethod.class);
    for (YamlNode node : map.list("estimates")) {
      switch (node.asText()) {
        case "cbpe" -> methods.add(EstimateMethod.CBPE);
        case "pape" -> methods.add(EstimateMethod.PAPE);
        default -> throw node.error("must be cbpe or pape");
      }
    }
    return methods;
  }

  static List<Monitor> monitors(List<YamlNode> nodes) {
    List<Monitor> monitors = new ArrayList<>();
    for (YamlNode node : nodes) {
      Monitor monitor = MonitorReader.read(node);
      for (Monitor before : monitors) {
        if (before.model().equals(monitor.model()) && before.name().equals(monitor.name())) {
          throw node.error("has the name of another one of model " + monitor.model());
        }
      }
      monitors.add(monitor);
    }
    return monitors;
  }

  private static Set<TimeOf> times(YamlMap map, Set<TimeOf> usual) {
    if (!map.has("time")) {
      return usual;
    }
    Set<TimeOf> times = new HashSet<>();
    for (YamlNode node : map.list("time")) {
      switch (node.asText()) {
        case "prediction" -> times.add(TimeOf.PREDICTION);
        case "truth" -> times.add(TimeOf.TRUTH);
        default -> throw node.error("must be prediction or truth");
      }
    }
    return times;
  }

  /// By model; only of those that say it.
  static Map<String, Map<String, Long>> training(List<YamlNode> models) {
    Map<String, Map<String, Long>> training = new LinkedHashMap<>();
    for (YamlNode model : models) {
      // The rest of the map is read, and checked, where models are.
      YamlMap map = model.asMap();
      YamlNode mix = map.find("training");
      if (mix != null) {
        training.put(map.need("name").asText(), training(mix));
      }
    }
    return training;
  }

  /// By model; only of those that say it.
  static Map<String, List<SegmentBy>> segments(List<YamlNode> models) {
    Map<String, List<SegmentBy>> segments = new LinkedHashMap<>();
    for (YamlNode model : models) {
      YamlMap map = model.asMap();
      List<YamlNode> items = map.list("segments");
      if (items.size() > MOST_SEGMENTINGS) {
        throw map.need("segments").error("must be at most " + MOST_SEGMENTINGS);
      }
      List<SegmentBy> by = new ArrayList<>();
      items.forEach(item -> by.add(Checked.at(item, () -> SegmentBy.parse(item.asText()))));
      if (!by.isEmpty()) {
        segments.put(map.need("name").asText(), List.copyOf(by));
      }
    }
    return segments;
  }

  /// Rows by class, in the order of the file.
  private static Map<String, Long> training(YamlNode node) {
    try (YamlMap map = node.asMap();
        YamlMap classes = map.need("classes").asMap()) {
      Map<String, Long> rows = new LinkedHashMap<>();
      for (String name : classes.keys()) {
        YamlNode count = classes.need(name);
        if (count.asLong() < 0) {
          throw count.error("must not be negative");
        }
        rows.put(name, count.asLong());
      }
      return Collections.unmodifiableMap(rows);
    }
  }
}
