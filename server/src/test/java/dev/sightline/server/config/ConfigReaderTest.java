package dev.sightline.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.quality.baseline.FeatureKind;
import dev.sightline.quality.drift.DriftOptions;
import dev.sightline.quality.drift.DriftRules;
import dev.sightline.quality.rows.SegmentBy;
import dev.sightline.quality.rows.TimeOf;
import dev.sightline.stats.drift.DriftMethod;
import dev.sightline.stats.drift.MethodChoice;
import dev.sightline.tsdb.Retention;
import dev.sightline.tsdb.TsdbOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is wrong with a configuration is said with its place, in one sentence.
class ConfigReaderTest {
  @TempDir Path directory;

  private ServerConfig read(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("c.yml"), text);
    return ConfigReader.read(new Flags(file, null, null, null, null, null, false));
  }

  private void fails(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .as(text)
        .hasMessageStartingWith(directory.resolve("c.yml") + ":")
        .hasMessageContaining(message)
        .hasMessageNotContaining("Exception");
  }

  @Test
  void namesThePlaceOfEveryFault() {
    fails("server: { lisen: x }", "1:11: server has an unknown key \"lisen\"; did you mean");
    fails("server: { listen: x }", "1:19: server.listen: must be HOST:PORT");
    fails("server: { listen: '0.0.0.0:1' }", "1:9: server: listening on 0.0.0.0 without");
    fails("metrics: { retention: 0s }", "1:23: metrics.retention: must be above 0");
    fails("metrics: { retention_size: 5 }", "1:28: metrics.retention_size must be a size such as");
    fails(
        "metrics: { retention_size: 9999999PB }", "metrics.retention_size is larger than any disk");
    fails(
        "metrics: { retention_rules: [ { match: '{', keep: 1d } ] }",
        "1:40: metrics.retention_rules[0].match ");
    fails("metrics: { retention_rules: [ { match: up, keep: 0s } ] }", "keep: must be above 0");
    fails("models: [ ~ ]", "1:11: models[0] needs a value for \"name\"");
    fails("models: { name: a }", "1:9: models must be a list, not a map");
    fails("[]", "1:1: must be a map, not a list");
  }

  @Test
  void readsHowLongMetricsAreKept() throws IOException {
    Retention retention =
        read("metrics: { retention: 2d, retention_size: 3GB, retention_rules: ["
                + " { match: '{__name__=~\"model_.+\"}', keep: 1y } ] }")
            .metrics()
            .retention();
    assertThat(retention.time()).isEqualTo(Duration.ofDays(2));
    assertThat(retention.maxBytes()).isEqualTo(3L << 30);
    assertThat(retention.rules().getFirst().time()).isEqualTo(Duration.ofDays(365));
    assertThat(read("{}").metrics()).isEqualTo(TsdbOptions.DEFAULT);
  }

  @Test
  void readsHowLongLinesAreKept() throws IOException {
    var retention =
        read("logs: { retention: 3d, retention_size: 50GB, keep_free_percent: 10,"
                + " retention_streams: [ { selector: '{app=\"a\"}', period: 1h } ] }")
            .logs()
            .retention();
    assertThat(retention.period()).isEqualTo(Duration.ofDays(3));
    assertThat(retention.mostBytes()).isEqualTo(50_000_000_000L);
    assertThat(retention.leastFreePercent()).isEqualTo(10);
    assertThat(retention.ofStreams().getFirst().period()).isEqualTo(Duration.ofHours(1));
    fails("logs: { retention_size: much }", "logs.retention_size: must be a size such as 50GB");
    fails("logs: { keep_free_percent: 100 }", "logs.keep_free_percent: must be from 0 to 99");
    fails("logs: { retention: 0s }", "logs.retention: must be above 0");
    fails(
        "logs: { retention_streams: [ { selector: 'a', period: 1h } ] }",
        "logs.retention_streams[0].selector: parse error");
  }

  @Test
  void refusesModelsThatNoPathReaches() {
    for (String name : new String[] {"..", ".", "a/b", "metrics", "\\0", ""}) {
      fails(
          "models: [ { name: \"%s\", upstream: 'http://a:1' } ]".formatted(name),
          "cannot name a model behind the gateway");
    }
    fails("models: [ { name: a, upstream: 'ftp://a' } ]", "must be http://host:port");
    fails("models: [ { name: a, upstream: 'http://a b' } ]", "models[0].upstream: ");
  }

  @Test
  void refusesAuthenticationOfNobody() {
    fails("server: { auth: {} }", "1:17: server.auth names neither tokens nor users");
    fails("server: { auth: { tokens: [ { name: a, token: '', scopes: [query] } ] } }", "is empty");
    fails("server: { auth: { tokens: [ { name: a, token: b } ] } }", "scopes must name at least");
    fails("server: { auth: { users: [ { name: a, password_bcrypt: b } ] } }", "bcrypt hash");
  }

  @Test
  void saysWhatItDoesNotFollow() throws IOException {
    assertThat(read("metrics: { remote_write: [] }").notUsed())
        .anyMatch(note -> note.contains("remote_write"));
  }

  @Test
  void readsWhichRulesAreInForce() throws IOException {
    assertThat(read("").rules().shipped()).isTrue();
    ServerConfig config =
        read(
            "metrics: { rule_files: [a.yml] }\n"
                + "alerting: { rule_files: ['b/*.yml'], shipped_rules: false }");
    assertThat(config.rules().shipped()).isFalse();
    assertThat(config.rules().files())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("*.yml", "a.yml");
    fails("alerting: { rule_files: ['*/a.yml'] }", "may hold * only after its last slash");
  }

  @Test
  void readsWhatQualityIsMeasuredOver() throws IOException {
    QualityConfig usual = read("").quality();
    assertThat(usual.scores().windows()).containsOnlyKeys("1h", "1d");
    assertThat(usual.scores().minimumN()).isEqualTo(30);
    QualityConfig config =
        read("quality: { windows: [7d], time: [truth], min_n: 5, every: 30s }\n"
                + "models: [ { name: a, upstream: 'http://a:1',"
                + " segments: [country, 'country,device'],"
                + " training: { classes: { no: 4, yes: 6 } } } ]")
            .quality();
    assertThat(config.scores().windows()).containsEntry("7d", Duration.ofDays(7)).hasSize(1);
    assertThat(config.scores().times()).containsExactly(TimeOf.TRUTH);
    assertThat(config.scores().every()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.training().get("a")).containsEntry("no", 4L).containsEntry("yes", 6L);
    assertThat(config.segments().get("a"))
        .containsExactly(SegmentBy.parse("country"), SegmentBy.parse("country, device"));
    fails(
        "models: [ { name: a, upstream: 'http://a:1', segments: ['a,a'] } ]",
        "1:57: models[0].segments[0]: names a feature twice");
    fails("quality: { windows: [1s] }", "1:10: quality: windows: 1s is not from 1m to 31d");
    fails("quality: { time: [now] }", "quality.time[0] must be prediction or truth");
    fails("quality: { time: [] }", "time: must be prediction, truth or both");
    fails("quality: { min_n: 0 }", "min_n: must be at least 1");
    fails("quality: { every: 1s }", "every: must be from 10s to 1h");
    fails("quality: { window: [1h] }", "did you mean \"windows\"?");
    fails(
        "models: [ { name: a, upstream: 'http://a:1', training: { classes: { no: -1 } } } ]",
        "must not be negative");
  }

  @Test
  void readsHowDriftIsJudgedAndWhatDataMustHold() throws IOException {
    QualityConfig usual = read("").quality();
    assertThat(usual.drift()).isEqualTo(DriftOptions.DEFAULT);
    assertThat(usual.integrity().models()).isEmpty();
    QualityConfig config =
        read("""
            quality:
              drift:
                window: 30m
                reference_rows: 500
                choice: nannyml
                correction: bonferroni
                min_n: 50
                words: { method: tvd, threshold: 0.2 }
                models:
                  credit:
                    reference: training
                    ignore: [id]
                    kinds: { zip: word }
                    features: { age: psi_deciles }
              constraints:
                credit: { age: { min: 0, max: 120, max_missing: 0.1 }, country: { allowed: [ES] } }
            """)
            .quality();
    DriftOptions drift = config.drift();
    assertThat(drift.window()).isEqualTo(Duration.ofMinutes(30));
    assertThat(drift.rules().choice()).isEqualTo(MethodChoice.NANNYML);
    assertThat(drift.rules().words())
        .isEqualTo(new DriftRules.Chosen(DriftMethod.TOTAL_VARIATION, 0.2));
    assertThat(drift.of("credit").kinds()).containsEntry("zip", FeatureKind.WORD);
    assertThat(drift.rules("credit").features())
        .containsEntry("age", new DriftRules.Chosen(DriftMethod.PSI_DECILES, null));
    assertThat(config.integrity().models().get("credit").get("age").max()).isEqualTo(120);
    fails("quality: { drift: { window: 1s } }", "window: must be from 1m to 31d");
    fails("quality: { drift: { choice: mine } }", "must be one of evidently, nannyml");
    fails("quality: { drift: { numbers: ttest } }", "must be one of ks, chisquare");
    fails("quality: { drift: { reference_rows: 10 } }", "from min_n (30) to 100000");
    fails("quality: { drift: { models: { m: { kinds: { a: b } } } } }", "must be number, flag");
    fails("quality: { drift: { share: 2 } }", "share: must be above 0 and at most 1");
    fails("quality: { drift: { windw: 2h } }", "did you mean \"window\"?");
    fails("quality: { constraints: { m: { a: { max_missing: 2 } } } }", "from 0 to 1");
  }
}
