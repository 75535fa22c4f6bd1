package dev.sightline.collect.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.collect.relabel.RelabelAction;
import dev.sightline.collect.relabel.RelabelRule;
import dev.sightline.collect.scrape.ScrapeJob;
import dev.sightline.model.label.Labels;
import dev.sightline.wire.exposition.ExpositionFormat;
import dev.sightline.wire.outgoing.Authorization;
import dev.sightline.wire.outgoing.Authorization.Basic;
import dev.sightline.wire.outgoing.Authorization.Source;
import dev.sightline.wire.outgoing.Authorization.Source.Given;
import dev.sightline.wire.outgoing.Authorization.Source.InFile;
import dev.sightline.wire.outgoing.Authorization.Token;
import dev.sightline.wire.yaml.ConfigException;
import dev.sightline.wire.yaml.Secret;
import dev.sightline.wire.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusConfigTest {
  private static PrometheusConfig read(String text) {
    YamlFile file = new YamlFile("prometheus.yml", Path.of("/etc/prometheus"), _ -> null);
    return PrometheusConfig.read(file.parse(text), Map.of("REGION", "eu", "N", "1")::get);
  }

  private static ScrapeJob job(String text) {
    return read("scrape_configs:\n" + text.indent(2)).jobs().getFirst();
  }

  private static Source given(String secret) {
    return new Given(new Secret(secret));
  }

  private static @Nullable Authorization authorization(String keys) {
    return job("- {job_name: a, " + keys + "}").endpoint().http().authorization();
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .as(text)
        .isInstanceOf(ConfigException.class)
        .hasMessage("prometheus.yml:" + message);
  }

  /// The configuration of a stack as teams run it, unchanged.
  @Test
  void takesAnOriginalConfiguration() throws IOException {
    PrometheusConfig config =
        read(Files.readString(Path.of("src/test/resources/config/prometheus.yml")));
    assertThat(config.global().scrapeInterval()).isEqualTo(Duration.ofSeconds(15));
    assertThat(config.global().externalLabels())
        .isEqualTo(Labels.of("cluster", "eu-1", "price", "$5"));
    assertThat(config.jobs())
        .extracting(ScrapeJob::name)
        .containsExactly("prometheus", "model", "node", "k8s");
    assertThat(config.ruleFiles())
        .containsExactly(
            Path.of("/etc/prometheus/alerts.yml"), Path.of("/etc/prometheus/rules/*.yml"));
    assertThat(config.notUsed())
        .containsExactly(
            "alerting (prometheus.yml:9:3)",
            "remote_write (prometheus.yml:64:3)",
            "storage (prometheus.yml:66:3)",
            "global.query_log_file (prometheus.yml:7:19)",
            "scrape_configs[3].kubernetes_sd_configs (prometheus.yml:60:7)");
    ScrapeJob model = config.jobs().get(1);
    assertThat(model.timing())
        .isEqualTo(new ScrapeJob.Timing(Duration.ofSeconds(5), Duration.ofSeconds(5)));
    assertThat(model.endpoint().metricsPath()).isEqualTo("/model/metrics");
    assertThat(model.endpoint().params()).isEqualTo(Map.of("module", List.of("a", "b")));
    assertThat(model.discovery().fixed().getFirst().addresses())
        .containsExactly("sentiment_api:8000", "10.0.0.2:8000");
    assertThat(model.limits()).isEqualTo(new ScrapeJob.Limits(10L << 20, 5000, 30, 100, 200, 0));
    assertThat(model.relabelling().metrics())
        .containsExactly(
            RelabelRule.of(RelabelAction.DROP, List.of("__name__"), "go_.*", "", "$1"));
    assertThat(model.endpoint().http().authorization())
        .isEqualTo(new Basic(given("admin"), given("s3cret")));
    assertThat(config.toString()).contains("<secret>").doesNotContain("s3cret");
  }

  @Test
  void fillsInDefaults() {
    ScrapeJob job = job("- job_name: a\n  static_configs: [{targets: ['b:1']}]");
    assertThat(job)
        .isEqualTo(
            ScrapeJob.of(
                "a",
                new ScrapeJob.Timing(Duration.ofMinutes(1), Duration.ofSeconds(10)),
                job.discovery().fixed()));
    assertThat(read("").jobs()).isEmpty();
    assertThat(read("global:\nscrape_configs:\n").global()).isEqualTo(GlobalConfig.DEFAULT);
  }

  @Test
  void shortensTheDefaultTimeoutToTheInterval() {
    assertThat(job("- {job_name: a, scrape_interval: 2s}").timing().timeout())
        .isEqualTo(Duration.ofSeconds(2));
    refused(
        "scrape_configs:\n- job_name: a\n  scrape_interval: 2s\n  scrape_timeout: 3s",
        "4:19: scrape_configs[0].scrape_timeout is longer than the scrape_interval of the job");
  }

  @Test
  void zeroLiftsALimitAndAnAbsentKeyDoesNot() {
    assertThat(job("- {job_name: a, sample_limit: 0, body_size_limit: 0}").limits())
        .isEqualTo(new ScrapeJob.Limits(0, 0, 0, 0, 0, 0));
    assertThat(job("- {job_name: a}").limits().samples()).isEqualTo(100_000);
  }

  @Test
  void readsWaysToAuthorize() {
    assertThat(authorization("bearer_token: t")).isEqualTo(new Token("Bearer", given("t")));
    assertThat(authorization("bearer_token_file: /run/t"))
        .isEqualTo(new Token("Bearer", new InFile(Path.of("/run/t"))));
    assertThat(authorization("authorization: {type: Token, credentials: t}"))
        .isEqualTo(new Token("Token", given("t")));
    assertThat(authorization("basic_auth: {username: u, password_file: p}"))
        .isEqualTo(new Basic(given("u"), new InFile(Path.of("/etc/prometheus/p"))));
    refused(
        "scrape_configs:\n- job_name: a\n  basic_auth: {username: a}\n  bearer_token: t",
        "4:17: scrape_configs[0].bearer_token must not stand beside basic_auth");
  }

  @Test
  void readsTheFallbackFormat() {
    assertThat(job("- {job_name: a, fallback_scrape_protocol: OpenMetricsText1.0.0}").reading())
        .isEqualTo(new ScrapeJob.Reading(false, true, false, ExpositionFormat.OPEN_METRICS));
  }

  @Test
  void saysWhereAndWhatIsWrong() {
    refused("globl: {}", "1:1: has an unknown key \"globl\"; did you mean \"global\"?");
    refused(
        "scrape_configs:\n- job_name: a\n  metric_path: /x",
        "3:3: scrape_configs[0] has an unknown key \"metric_path\"; did you mean"
            + " \"metrics_path\"?");
    refused("scrape_configs: [{}]", "1:18: scrape_configs[0] needs a value for \"job_name\"");
    refused(
        "scrape_configs: [{job_name: a}, {job_name: a}]",
        "1:44: scrape_configs[1].job_name names the job \"a\" a second time");
    refused(
        "scrape_configs:\n- job_name: a\n  static_configs:\n  - targets: ['http://b:1/metrics']",
        "4:15: scrape_configs[0].static_configs[0].targets[0] is no address:"
            + " \"http://b:1/metrics\" must be host:port, without scheme and path");
    refused(
        "global: {scrape_interval: 15 seconds}",
        "1:27: global.scrape_interval must be a duration such as 15s, 5m or 1h30m, not"
            + " \"15 seconds\"");
    refused(
        "scrape_configs: [{job_name: a, body_size_limit: much}]",
        "1:49: scrape_configs[0].body_size_limit must be a size such as 512KB or 10MB, not"
            + " \"much\"");
    refused("rule_files: ['a/*/b']", "1:14: rule_files[0] may hold * only after its last slash");
    refused(
        "scrape_configs: [{job_name: a, static_configs: [null]}]",
        "1:49: scrape_configs[0].static_configs[0] is an empty group of targets");
    refused(
        "scrape_configs: [{job_name: a, scheme: ftp}]",
        "1:40: scrape_configs[0].scheme must be http or https, not \"ftp\"");
  }

  @Test
  void checksRelabelling() {
    String rules = "scrape_configs:\n- job_name: a\n  relabel_configs:\n  - ";
    refused(
        rules + "{action: replaced}",
        "4:14: scrape_configs[0].relabel_configs[0].action is no action: \"replaced\"; did you"
            + " mean \"replace\"?");
    refused(
        rules + "{source_labels: [a]}",
        "4:5: scrape_configs[0].relabel_configs[0] of action replace needs a target_label");
    refused(
        rules + "{action: hashmod, target_label: x}",
        "4:5: scrape_configs[0].relabel_configs[0] of action hashmod needs a modulus above 0");
    refused(
        rules + "{action: labeldrop, source_labels: [a]}",
        "4:40: scrape_configs[0].relabel_configs[0].source_labels has no meaning for action"
            + " labeldrop");
    assertThatThrownBy(() -> read(rules + "{action: keep, regex: 'a(b'}"))
        .hasMessageStartingWith(
            "prometheus.yml:4:27: scrape_configs[0].relabel_configs[0].regex is unusable:");
  }

  @Test
  void readsFurtherJobsFromFiles(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("jobs"));
    Files.writeString(folder.resolve("jobs/b.yml"), "scrape_configs: [{job_name: b}]");
    Path main =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            "scrape_configs: [{job_name: a}]\nscrape_config_files: ['jobs/*.yml']");
    assertThat(PrometheusConfig.read(main).jobs())
        .extracting(ScrapeJob::name)
        .containsExactly("a", "b");
  }

  @Test
  void readsSizes() {
    assertThat(SizeText.parse("0")).isZero();
    assertThat(SizeText.parse("10MB")).isEqualTo(10L << 20);
    assertThat(SizeText.parse("1.5GiB")).isEqualTo(3L << 29);
    assertThat(SizeText.parse("512KB")).isEqualTo(512 << 10);
  }
}
