package dev.sightline.alerting.rule;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.QueryException;
import dev.sightline.template.Template;
import dev.sightline.template.TemplateException;
import dev.sightline.template.TemplateFunction;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Reads Prometheus's rule files.
///
/// @param language of the expressions
/// @param functions that templates may call
/// @param defaultInterval of groups that name none
public record RuleFileReader(
    Condition.Language language,
    Map<String, TemplateFunction> functions,
    Duration defaultInterval) {
  /// The variables that templates of a rule see.
  static final Set<String> VARIABLES =
      Set.of("$labels", "$externalLabels", "$externalURL", "$value");

  private static final String LABEL_NAME = "[a-zA-Z_][a-zA-Z0-9_]*";

  public RuleFileReader {
    functions = Map.copyOf(functions);
  }

  /// @param file its name, in statuses and messages
  /// @throws dev.sightline.wire.yaml.ConfigException if it is malformed, with the place
  public List<RuleGroup> read(String file, YamlNode root) {
    List<RuleGroup> groups = new ArrayList<>();
    Set<String> names = new HashSet<>();
    try (YamlMap map = root.asMap()) {
      for (YamlNode node : map.list("groups")) {
        RuleGroup group = group(file, node);
        if (!names.add(group.name())) {
          throw node.error("is the second group named \"" + group.name() + "\" in this file");
        }
        groups.add(group);
      }
    }
    return groups;
  }

  private RuleGroup group(String file, YamlNode node) {
    try (YamlMap map = node.asMap()) {
      YamlNode name = map.need("name");
      if (name.asText().isEmpty()) {
        throw name.error("must not be empty");
      }
      Duration interval = map.duration("interval", defaultInterval);
      int limit = limit(map);
      Duration offset = map.duration("query_offset", Duration.ZERO);
      Map<String, String> shared = labels(map, "labels");
      List<Rule> rules = new ArrayList<>();
      for (YamlNode rule : map.list("rules")) {
        rules.add(rule(rule, shared));
      }
      return new RuleGroup(
          file,
          name.asText(),
          interval.isZero() ? defaultInterval : interval,
          limit,
          offset,
          rules);
    }
  }

  private static int limit(YamlMap map) {
    long limit = map.number("limit", 0);
    if (limit < 0 || limit > Integer.MAX_VALUE) {
      throw map.need("limit").error("must be between 0 and " + Integer.MAX_VALUE);
    }
    return (int) limit;
  }

  private Rule rule(YamlNode node, Map<String, String> shared) {
    try (YamlMap map = node.asMap()) {
      String alert = map.text("alert", "");
      String record = map.text("record", "");
      if (alert.isEmpty() == record.isEmpty()) {
        throw node.error("needs either \"alert\" or \"record\"");
      }
      Condition condition = condition(map.need("expr"));
      Map<String, String> labels = new TreeMap<>(shared);
      labels.putAll(labels(map, "labels"));
      return alert.isEmpty()
          ? recording(map, record, condition, labels)
          : alerting(map, alert, condition, labels);
    }
  }

  private Condition condition(YamlNode node) {
    if (node.asText().isBlank()) {
      throw node.error("must not be empty");
    }
    try {
      return language.read(node.asText());
    } catch (QueryException.BadQuery bad) {
      throw node.fault("could not parse expression: " + bad.getMessage());
    }
  }

  private static Rule recording(
      YamlMap map, String name, Condition condition, Map<String, String> labels) {
    for (String key : List.of("for", "keep_firing_for", "annotations")) {
      YamlNode given = map.find(key);
      if (given != null && !given.isNull()) {
        throw given.error("has no place in a recording rule");
      }
    }
    if (!name.matches("[a-zA-Z_:][a-zA-Z0-9_:]*")) {
      throw map.need("record").error("is no name for a series: \"" + name + '"');
    }
    return new Rule.Recording(name, condition, Labels.of(labels));
  }

  private Rule alerting(YamlMap map, String name, Condition condition, Map<String, String> labels) {
    Map<String, Template> annotations = new TreeMap<>();
    labels(map, "annotations")
        .forEach((key, text) -> annotations.put(key, template(map, "annotations", key, text)));
    Map<String, Template> texts = new TreeMap<>();
    labels.forEach((key, text) -> texts.put(key, template(map, "labels", key, text)));
    return new Rule.Alerting(
        name,
        condition,
        map.duration("for", Duration.ZERO),
        map.duration("keep_firing_for", Duration.ZERO),
        Labels.of(labels),
        texts,
        annotations);
  }

  private Template template(YamlMap map, String section, String key, String text) {
    try {
      return Template.parse(text, functions, VARIABLES);
    } catch (TemplateException bad) {
      YamlNode place = map.has(section) ? map.need(section) : map.node();
      try (YamlMap values = place.asMap()) {
        values.accept(values.keys().toArray(String[]::new));
        YamlNode value = values.has(key) ? values.need(key) : place;
        throw value.fault("could not parse template: " + bad.getMessage());
      }
    }
  }

  /// In the order of names.
  private static Map<String, String> labels(YamlMap map, String key) {
    Map<String, String> labels = new TreeMap<>();
    try (YamlMap given = map.map(key)) {
      for (String name : given.keys()) {
        YamlNode value = given.need(name);
        if (!name.matches(LABEL_NAME) || name.equals(Label.METRIC_NAME)) {
          throw value.error("is no name that may stand here");
        }
        labels.put(name, value.asText());
      }
    }
    return labels;
  }
}
