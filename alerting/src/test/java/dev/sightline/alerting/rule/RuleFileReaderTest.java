package dev.sightline.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.alerting.ScriptedConditions;
import dev.sightline.template.function.PrometheusFunctions;
import dev.sightline.testkit.FakeClock;
import dev.sightline.wire.yaml.ConfigException;
import dev.sightline.wire.yaml.YamlFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rule files, good and bad; `promtool` says the same of each where it is installed.
class RuleFileReaderTest {
  private static final RuleFileReader READER =
      new RuleFileReader(
          new ScriptedConditions(),
          PrometheusFunctions.of(_ -> List.of(), URI.create("http://localhost"), new FakeClock(0)),
          Duration.ofMinutes(1));

  private static final String GOOD =
      """
      groups:
        - name: one
          interval: 30s
          limit: 5
          rules:
            - alert: A
              expr: up
              for: 1h30m
              keep_firing_for: 5m
              labels: { severity: page, x: "{{ $labels.job }}" }
              annotations:
                summary: "{{ if gt $value 5.0 }}{{ $value | humanize }}{{ else }}{{ printf \\"%.2f\\" $value }}{{ end }}"
            - record: job:up
              expr: up
              labels: { kind: sum }
        - name: two
          rules: []
        - name: three
      """;

  /// File and message, which is ours.
  private static final Map<String, String> BAD =
      Map.ofEntries(
          Map.entry(
              "groups: [ { rules: [] } ]", "rules.yml:1:11: groups[0] needs a value for \"name\""),
          Map.entry("groups: [ { name: '' } ]", "rules.yml:1:19: groups[0].name must not be empty"),
          Map.entry(
              "groups: [ { name: a }, { name: a } ]",
              "rules.yml:1:24: groups[1] is the second group named \"a\" in this file"),
          Map.entry("group: []", "\"group\""),
          Map.entry(rule("alert: A, record: b, expr: up"), "needs either \"alert\" or \"record\""),
          Map.entry(rule("expr: up"), "needs either \"alert\" or \"record\""),
          Map.entry(rule("alert: A"), "needs a value for \"expr\""),
          Map.entry(rule("alert: A, expr: ''"), "expr must not be empty"),
          Map.entry(
              rule("alert: A, expr: 'up ='"), "expr: could not parse expression: 1:1: parse error"),
          Map.entry(rule("alert: A, expr: up, for: soon"), "for must be a duration"),
          Map.entry(rule("record: a, expr: up, for: 5m"), "for has no place in a recording rule"),
          Map.entry(
              rule("record: a, expr: up, annotations: { x: y }"),
              "annotations has no place in a recording rule"),
          Map.entry(rule("record: 'a b', expr: up"), "record is no name for a series"),
          Map.entry(
              rule("alert: A, expr: up, labels: { 'a-b': x }"),
              "labels.a-b is no name that may stand here"),
          Map.entry(
              rule("alert: A, expr: up, labels: { __name__: x }"),
              "__name__ is no name that may stand here"),
          Map.entry(
              rule("alert: A, expr: up, annotations: { s: '{{ $x }}' }"),
              "annotations.s: could not parse template: 1:4: undefined variable \"$x\""),
          Map.entry(
              rule("alert: A, expr: up, annotations: { s: '{{ nope }}' }"),
              "could not parse template: 1:4: function \"nope\" not defined"),
          Map.entry(
              rule("alert: A, expr: up, labels: { s: '{{ if 1 }}' }"),
              "labels.s: could not parse template"),
          Map.entry(rule("alert: A, expr: up, severity: x"), "severity"),
          Map.entry("groups: [ { name: a, interval: x } ]", "interval must be a duration"));

  private static String rule(String rule) {
    return "groups: [ { name: a, rules: [ { " + rule + " } ] } ]";
  }

  private static List<RuleGroup> read(String text) {
    return READER.read("rules.yml", new YamlFile("rules.yml", Path.of("/"), _ -> null).parse(text));
  }

  @Test
  void readsEverythingThatAFileMaySay() {
    List<RuleGroup> groups = read(GOOD);
    assertThat(groups).extracting(RuleGroup::name).containsExactly("one", "two", "three");
    assertThat(groups.get(1).interval()).isEqualTo(Duration.ofMinutes(1));
    RuleGroup one = groups.getFirst();
    assertThat(one.interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(one.limit()).isEqualTo(5);
    assertThat(one.rules().getFirst())
        .isInstanceOfSatisfying(
            Rule.Alerting.class,
            alert -> {
              assertThat(alert.holds()).isEqualTo(Duration.ofMinutes(90));
              assertThat(alert.keepsFiring()).isEqualTo(Duration.ofMinutes(5));
              assertThat(alert.labels().get("severity")).isEqualTo("page");
              assertThat(alert.annotationSources().get("summary")).startsWith("{{ if gt");
            });
    assertThat(one.rules().get(1)).isInstanceOf(Rule.Recording.class);
    assertThat(read("")).isEmpty();
    assertThat(read("groups:")).isEmpty();
  }

  @Test
  void labelsOfAGroupGoToItsRules() {
    RuleGroup group =
        read("groups: [ { name: a, query_offset: 1m, labels: { team: x, tier: y },"
                + " rules: [ { record: r, expr: up, labels: { tier: z } } ] } ]")
            .getFirst();
    assertThat(group.queryOffset()).isEqualTo(Duration.ofMinutes(1));
    assertThat(group.rules().getFirst().labels().toMap())
        .isEqualTo(Map.of("team", "x", "tier", "z"));
  }

  @Test
  void refusesWhatIsWrongWithItsPlace() {
    BAD.forEach(
        (text, message) ->
            assertThatThrownBy(() -> read(text))
                .as(text)
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("rules.yml:1:")
                .hasMessageContaining(message));
  }

  @Test
  void promtoolAgrees(@TempDir Path directory) throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/promtool")), "promtool is not installed");
    assertThat(promtool(directory, GOOD.replaceAll("(?m)^ *keep_firing_for.*\n", ""))).isZero();
    for (String text : BAD.keySet()) {
      assertThat(promtool(directory, text)).as(text).isNotZero();
    }
  }

  private static int promtool(Path directory, String text)
      throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("rules.yml"), text);
    Process process =
        new ProcessBuilder("/usr/bin/promtool", "check", "rules", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor();
  }

  @Test
  void findsFilesByPattern(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("b.yml"), "");
    Files.writeString(directory.resolve("a.yml"), "");
    Files.writeString(directory.resolve("c.txt"), "");
    Path pattern = directory.resolve("*.yml");
    assertThat(RuleFiles.find(List.of(pattern, directory.resolve("a.yml"))))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("a.yml", "b.yml");
    assertThat(RuleFiles.find(List.of(directory.resolve("none/*.yml")))).isEmpty();
    Path missing = directory.resolve("missing.yml");
    assertThatThrownBy(() -> RuleFiles.read(List.of(missing), READER))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("missing.yml:1:1: cannot be read: there is no such file");
  }
}
