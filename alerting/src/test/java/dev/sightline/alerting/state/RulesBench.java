package dev.sightline.alerting.state;

import dev.sightline.alerting.Alert;
import dev.sightline.alerting.ScriptedConditions;
import dev.sightline.alerting.rule.RuleFileReader;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SeriesSink.Durability;
import dev.sightline.model.series.SeriesSink.Outcome;
import dev.sightline.model.series.Staleness;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.template.function.PrometheusFunctions;
import dev.sightline.testkit.FakeClock;
import dev.sightline.wire.yaml.YamlFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Rules on a clock and a disk that a test holds in its hand.
final class RulesBench {
  static final long START_MS = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
  private static final URI URL = URI.create("http://127.0.0.1:7444/");

  final FakeClock clock = new FakeClock(START_MS);
  final ScriptedConditions conditions = new ScriptedConditions();

  final List<Alert> told = new ArrayList<>();

  private final List<String> heard = new ArrayList<>();

  /// The last sample of each series.
  final Map<Labels, Double> series = new TreeMap<>();

  SimulatedFileSystem disk;
  Rules rules;
  private String text;

  RulesBench(String text) {
    this(text, 0);
  }

  RulesBench(String text, long seed) {
    this.text = text;
    this.disk = new SimulatedFileSystem(seed);
    this.rules = start();
  }

  private Rules start() {
    return Rules.start(
        set(),
        new RuleParts(
            this::hear,
            this::append,
            disk,
            Path.of("/data/state/rules"),
            clock,
            clock,
            new MeterRegistry()));
  }

  private RuleSet set() {
    var functions = PrometheusFunctions.of(_ -> List.of(), URL, clock);
    RuleFileReader reader = new RuleFileReader(conditions, functions, Duration.ofMinutes(1));
    var root = new YamlFile("rules.yml", Path.of("/"), _ -> null).parse(text);
    return new RuleSet(reader.read("rules.yml", root), Labels.of("site", "x"), URL);
  }

  private Outcome append(SampleBatch batch, Durability durability) {
    for (int i = 0; i < batch.size(); i++) {
      if (Staleness.isMarker(batch.value(i))) {
        series.remove(batch.labels(i));
      } else {
        series.put(batch.labels(i), batch.value(i));
      }
    }
    return new Outcome(batch.size(), List.of(), 0);
  }

  void reload(String next) {
    text = next;
    rules.reload(set());
  }

  /// The process ends without a word, and another begins.
  void killAndRestart(SimulatedFileSystem found, Duration gap) {
    rules.close();
    clock.advance(gap);
    disk = found;
    rules = start();
  }

  void pass(Duration duration) {
    clock.advance(duration);
  }

  /// `name=phase` of every alert.
  List<String> alerts() {
    List<String> alerts = new ArrayList<>();
    for (GroupStatus group : rules.groups()) {
      for (GroupStatus.RuleStatus rule : group.rules()) {
        rule.alerts().forEach(a -> alerts.add(a.labels().get("alertname") + "=" + a.phase()));
      }
    }
    return alerts;
  }

  private void hear(List<Alert> alerts) {
    told.addAll(alerts);
    for (Alert alert : alerts) {
      heard.add(alert.name() + (alert.isResolvedAt(clock.nowMs()) ? " resolved" : " firing"));
    }
  }

  /// What was told since the last call: name and phase, once for each word.
  List<String> heard() {
    List<String> words = List.copyOf(heard);
    heard.clear();
    told.clear();
    return words;
  }

  List<String> heardSoFar() {
    return List.copyOf(heard);
  }

  List<String> seriesText() {
    return series.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
  }
}
