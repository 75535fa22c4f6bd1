package dev.sightline.server;

import dev.sightline.alerting.rule.Condition;
import dev.sightline.alerting.rule.RuleFileReader;
import dev.sightline.alerting.rule.RuleFiles;
import dev.sightline.alerting.rule.RuleGroup;
import dev.sightline.alerting.state.RuleSet;
import dev.sightline.collect.config.GlobalConfig;
import dev.sightline.model.time.SystemClock;
import dev.sightline.promql.parse.Printer;
import dev.sightline.promql.parse.PromqlParser;
import dev.sightline.server.config.ServerConfig;
import dev.sightline.template.TemplateFunction;
import dev.sightline.template.function.PrometheusFunctions;
import dev.sightline.wire.yaml.YamlFile;
import dev.sightline.wire.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads the rules that a configuration puts in force: those of its files and those that are
/// shipped.
public final class RuleSets {
  static final String SHIPPED = "sightline.rules.yml";

  private static final URI NOWHERE = URI.create("http://127.0.0.1/");

  private final Condition.Language language;
  private final Condition.Language ofLogs;
  private final Map<String, TemplateFunction> functions;

  /// @param ofLogs the language of rules about log lines
  RuleSets(
      Condition.Language language,
      Condition.Language ofLogs,
      Map<String, TemplateFunction> functions) {
    this.language = language;
    this.ofLogs = ofLogs;
    this.functions = functions;
  }

  /// @throws dev.sightline.wire.yaml.ConfigException for the first fault of a file, with its place
  RuleSet read(ServerConfig config, URI externalUrl) {
    GlobalConfig global = config.scraping().global();
    var reader = new RuleFileReader(language, functions, global.evaluationInterval());
    List<RuleGroup> groups = new ArrayList<>();
    if (config.rules().shipped()) {
      groups.addAll(reader.read(SHIPPED, shipped()));
    }
    groups.addAll(RuleFiles.read(config.rules().files(), reader));
    var logReader = new RuleFileReader(ofLogs, functions, global.evaluationInterval());
    groups.addAll(RuleFiles.read(config.rules().logFiles(), logReader));
    return new RuleSet(groups, global.externalLabels(), externalUrl);
  }

  /// Reads the rule files of a configuration, to know whether they can be used.
  ///
  /// @return how many rules there are
  public static int check(ServerConfig config) {
    return count(checking().read(config, NOWHERE).groups());
  }

  /// Reads rule files alone.
  ///
  /// @return how many rules there are
  public static int check(Path file) {
    RuleSets checking = checking();
    var reader = new RuleFileReader(checking.language, checking.functions, Duration.ofMinutes(1));
    return count(reader.read(file.toString(), YamlFile.read(file)));
  }

  private static RuleSets checking() {
    return new RuleSets(
        text -> readOnly(Printer.print(PromqlParser.parse(text))),
        text -> readOnly(LogqlConditions.checked(text)),
        PrometheusFunctions.of(_ -> List.of(), NOWHERE, new SystemClock()));
  }

  private static int count(List<RuleGroup> groups) {
    return groups.stream().mapToInt(group -> group.rules().size()).sum();
  }

  private static Condition readOnly(String text) {
    return new Condition() {
      @Override
      public String text() {
        return text;
      }

      @Override
      public List<Breach> evaluate(long atMs) {
        throw new IllegalStateException("BUG: rules that are only checked are evaluated");
      }
    };
  }

  private static YamlNode shipped() {
    try (InputStream file = RuleSets.class.getResourceAsStream("/rules/" + SHIPPED)) {
      if (file == null) {
        throw new IllegalStateException("BUG: the shipped rules are not in the jar");
      }
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return new YamlFile(SHIPPED, Path.of("/"), _ -> null).parse(text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
