package dev.sightline.server.ruletest;

import dev.sightline.alerting.rule.RuleFiles;
import dev.sightline.model.label.Labels;
import dev.sightline.script.SeriesLine;
import dev.sightline.script.SeriesValue;
import dev.sightline.wire.yaml.YamlFile;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file of unit tests for rules, in the syntax of `promtool test rules`.
///
/// @param ruleFiles those that there are
/// @param groupOrder names of groups in the order of evaluation
/// @param fuzzy whether neighbouring floats count as equal
public record RuleTestFile(
    List<Path> ruleFiles,
    Duration evaluationInterval,
    List<String> groupOrder,
    boolean fuzzy,
    List<Group> tests) {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  public RuleTestFile {
    ruleFiles = List.copyOf(ruleFiles);
    groupOrder = List.copyOf(groupOrder);
    tests = List.copyOf(tests);
  }

  /// Series and what rules and expressions make of them.
  ///
  /// @param interval between two values of a series
  public record Group(
      String name,
      Duration interval,
      long startMs,
      List<SeriesLine> series,
      List<AlertTest> alerts,
      List<ExprTest> expressions,
      Labels externalLabels,
      String externalUrl) {
    public Group {
      series = List.copyOf(series);
      alerts = List.copyOf(alerts);
      expressions = List.copyOf(expressions);
    }

    Duration longest() {
      Duration longest = Duration.ZERO;
      for (AlertTest test : alerts) {
        longest = test.at().compareTo(longest) > 0 ? test.at() : longest;
      }
      for (ExprTest test : expressions) {
        longest = test.at().compareTo(longest) > 0 ? test.at() : longest;
      }
      return longest;
    }
  }

  /// Which alerts of a name must fire at a time after the start.
  public record AlertTest(Duration at, String alertname, List<Alert> expected) {
    public AlertTest {
      expected = List.copyOf(expected);
    }
  }

  /// @param labels with the alert's name
  public record Alert(Labels labels, Labels annotations) {}

  /// What an expression must yield at a time after the start.
  public record ExprTest(String expression, Duration at, List<Sample> expected) {
    public ExprTest {
      expected = List.copyOf(expected);
    }
  }

  public record Sample(Labels labels, SeriesValue value) {}

  /// @throws dev.sightline.wire.yaml.ConfigException if it is malformed, with the place
  public static RuleTestFile read(Path file) {
    try (YamlMap map = YamlFile.read(file).asMap()) {
      List<Path> patterns = new ArrayList<>();
      for (YamlNode pattern : map.list("rule_files")) {
        patterns.add(pattern.asPath());
      }
      Duration interval = map.duration("evaluation_interval", MINUTE);
      List<String> order = texts(map.list("group_eval_order"));
      boolean fuzzy = map.bool("fuzzy_compare", false);
      List<Group> tests = new ArrayList<>();
      for (YamlNode test : map.list("tests")) {
        tests.add(group(test, interval));
      }
      return new RuleTestFile(RuleFiles.find(patterns), interval, order, fuzzy, tests);
    }
  }

  private static List<String> texts(List<YamlNode> nodes) {
    return nodes.stream().map(YamlNode::asText).toList();
  }

  private static Group group(YamlNode node, Duration evaluationInterval) {
    try (YamlMap map = node.asMap()) {
      Duration interval = map.duration("interval", evaluationInterval);
      List<SeriesLine> series = new ArrayList<>();
      for (YamlNode one : map.list("input_series")) {
        series.add(series(one));
      }
      List<AlertTest> alerts = new ArrayList<>();
      for (YamlNode one : map.list("alert_rule_test")) {
        alerts.add(alertTest(one));
      }
      List<ExprTest> expressions = new ArrayList<>();
      for (YamlNode one : map.list("promql_expr_test")) {
        expressions.add(exprTest(one));
      }
      return new Group(
          map.text("name", ""),
          interval,
          startMs(map.find("start_timestamp")),
          series,
          alerts,
          expressions,
          labels(map.find("external_labels")),
          map.text("external_url", ""));
    }
  }

  private static long startMs(@Nullable YamlNode node) {
    if (node == null) {
      return 0;
    }
    try {
      return OffsetDateTime.parse(node.asText()).toInstant().toEpochMilli();
    } catch (DateTimeParseException _) {
      return Math.round(node.asDouble() * 1000);
    }
  }

  private static SeriesLine series(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      YamlNode values = map.need("values");
      return line(map.need("series").asText() + " " + values.asText(), values);
    }
  }

  private static SeriesLine line(String text, YamlNode node) {
    try {
      return SeriesLine.parse(text);
    } catch (IllegalArgumentException bad) {
      throw node.error(bad.getMessage());
    }
  }

  private static AlertTest alertTest(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      String name = map.need("alertname").asText();
      Duration at = map.duration("eval_time", Duration.ZERO);
      List<Alert> expected = new ArrayList<>();
      for (YamlNode alert : map.list("exp_alerts")) {
        try (YamlMap facts = alert.asMap()) {
          Labels labels = labels(facts.find("exp_labels")).with("alertname", name);
          expected.add(new Alert(labels, labels(facts.find("exp_annotations"))));
        }
      }
      return new AlertTest(at, name, expected);
    }
  }

  private static ExprTest exprTest(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      String expression = map.need("expr").asText();
      Duration at = map.duration("eval_time", Duration.ZERO);
      List<Sample> expected = new ArrayList<>();
      for (YamlNode sample : map.list("exp_samples")) {
        expected.add(sample(sample));
      }
      return new ExprTest(expression, at, expected);
    }
  }

  private static Sample sample(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      String labels = map.text("labels", "");
      YamlNode histogram = map.find("histogram");
      YamlNode number = map.find("value");
      String value =
          histogram != null ? histogram.asText() : number == null ? "0" : number.asText();
      SeriesLine line = line((labels.isBlank() ? "{}" : labels) + " " + value, node);
      SeriesValue only = line.values().size() == 1 ? line.values().getFirst() : null;
      if (only == null) {
        throw node.error("has no single value");
      }
      return new Sample(line.labels(), only);
    }
  }

  private static Labels labels(@Nullable YamlNode node) {
    Labels.Builder labels = new Labels.Builder();
    if (node != null && !node.isNull()) {
      try (YamlMap map = node.asMap()) {
        for (String name : map.keys()) {
          labels.set(name, map.need(name).asText());
        }
      }
    }
    return labels.build();
  }
}
