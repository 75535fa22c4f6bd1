package dev.sightline.server.ruletest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.wire.yaml.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleTestsTest {
  private static final String RULES =
      """
      groups:
        - name: recorded
          rules:
            - record: job:requests:rate5m
              expr: sum by (job) (rate(requests_total[5m]))
            - record: latency:doubled
              expr: latency * 2
        - name: alerts
          rules:
            - alert: InstanceDown
              expr: up == 0
              for: 5m
              labels: {severity: page, where: '{{ $labels.instance }}'}
              annotations: {summary: '{{ $labels.instance }} down for {{ $value }}'}
            - alert: ManyRequests
              expr: job:requests:rate5m > 1
              annotations: {q: '{{ with query "up" }}{{ . | first | label "job" }}{{ end }}'}
      """;

  private static final String TESTS =
      """
      rule_files: [rules.yml]
      evaluation_interval: 1m
      tests:
        - interval: 1m
          name: down
          external_labels: {region: eu}
          input_series:
            - series: 'up{job="api", instance="a:1"}'
              values: '1 1 0x20'
            - series: 'requests_total{job="api"}'
              values: '0+120x20'
            - series: latency
              values: '{{schema:0 count:4 sum:5 buckets:[1 2 1]}}x20'
          alert_rule_test:
            - {eval_time: 6m, alertname: InstanceDown}
            - eval_time: 8m
              alertname: InstanceDown
              exp_alerts:
                - exp_labels: {severity: page, where: 'a:1', job: api, instance: 'a:1'}
                  exp_annotations: {summary: 'a:1 down for 0'}
            - eval_time: 5m
              alertname: ManyRequests
              exp_alerts:
                - exp_labels: {job: api}
                  exp_annotations: {q: api}
          promql_expr_test:
            - expr: job:requests:rate5m
              eval_time: 5m
              exp_samples: [{labels: 'job:requests:rate5m{job="api"}', value: 2}]
            - expr: ALERTS{alertname="InstanceDown"}
              eval_time: 4m
              exp_samples:
                - labels: 'ALERTS{alertname="InstanceDown",alertstate="pending",severity="page",where="a:1",job="api",instance="a:1"}'
                  value: 1
            - expr: latency
              eval_time: 1m
              exp_samples:
                - labels: latency
                  histogram: '{{schema:0 count:4 sum:5 buckets:[1 2 1]}}'
            - expr: latency:doubled
              eval_time: 1m
              exp_samples:
                - labels: latency:doubled
                  histogram: '{{schema:0 count:8 sum:10 buckets:[2 4 2]}}'
            - {expr: absent(nothing), eval_time: 0, exp_samples: [{labels: '{}', value: 1}]}
      """;

  @TempDir private Path directory;

  @BeforeEach
  void writeRules() throws IOException {
    Files.writeString(directory.resolve("rules.yml"), RULES);
  }

  private List<String> failures(String tests) throws IOException {
    Path file = directory.resolve("tests.yml");
    Files.writeString(file, tests);
    return RuleTests.failures(RuleTestFile.read(file));
  }

  @Test
  void rulesThatDoAsExpectedPass() throws IOException {
    assertThat(failures(TESTS)).isEmpty();
  }

  @Test
  void everythingThatIsNotAsExpectedIsSaid() throws IOException {
    assertThat(failures(TESTS.replace("down for 0", "down for 1")))
        .singleElement()
        .asString()
        .startsWith("name: down, alertname: InstanceDown, time: 8m,")
        .contains("summary=\"a:1 down for 0\"");
    assertThat(failures(TESTS.replace("eval_time: 6m", "eval_time: 7m"))).hasSize(1);
    assertThat(failures(TESTS.replace("value: 2}", "value: 2.5}"))).hasSize(1);
    assertThat(failures(TESTS.replace("sum:10 buckets", "sum:11 buckets"))).hasSize(1);
    assertThat(failures(TESTS.replace("absent(nothing)", "up and")))
        .singleElement()
        .asString()
        .contains("err: 1:7: parse error");
  }

  @Test
  void neighbouringFloatsAreEqualWhereTheFileSaysSo() throws IOException {
    String exact = TESTS.replace("value: 2}", "value: 2.0000000000000004}");
    assertThat(failures(exact)).hasSize(1);
    assertThat(failures("fuzzy_compare: true\n" + exact)).isEmpty();
  }

  @Test
  void malformedFilesAreRefusedWithTheirPlace() {
    assertThatThrownBy(() -> failures(TESTS.replace("input_series", "input_serie")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("did you mean \"input_series\"");
    assertThatThrownBy(() -> failures(TESTS.replace("'0+120x20'", "'0+120y20'")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is no value of a series");
  }
}
