package dev.sightline.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenMetricsRulesTest {
  private static void check(String text) {
    OpenMetricsRules.check(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(String place, String reason, String... lines) {
    String text = String.join("\n", lines) + "\n# EOF\n";
    assertThatThrownBy(() -> check(text))
        .as(text)
        .isInstanceOf(ExpositionException.class)
        .hasMessageStartingWith(place + ": ")
        .hasMessageContaining(reason);
  }

  /// The public suite of parser cases, where it lies beside the checkout.
  @Test
  void givesTheVerdictsOfTheConformanceSuite() throws IOException {
    Path suite = conformance().resolve("openmetrics");
    assumeTrue(Files.isDirectory(suite), "no conformance data at " + suite.toAbsolutePath());
    List<Path> cases;
    try (Stream<Path> listed = Files.list(suite)) {
      cases = listed.sorted().toList();
    }
    List<String> different = new ArrayList<>();
    for (Path one : cases) {
      boolean wanted = Files.readString(one.resolve("test.json")).contains("\"shouldParse\": true");
      String verdict = verdict(Files.readAllBytes(one.resolve("metrics")));
      if (wanted != verdict.isEmpty()) {
        different.add(one.getFileName() + ": " + (wanted ? verdict : "was accepted"));
      }
    }
    assertThat(different).isEmpty();
    assertThat(cases).hasSize(211);
  }

  private static Path conformance() {
    String given = System.getenv("SIGHTLINE_CONFORMANCE");
    return given != null
        ? Path.of(given)
        : Path.of(System.getProperty("sightline.root", ".."), "..", "shared", "conformance");
  }

  private static String verdict(byte[] text) {
    try {
      OpenMetricsRules.check(text);
      return "";
    } catch (ExpositionException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  @Test
  void acceptsAWholeFamilyOfEachType() {
    check(
        """
        # TYPE calls counter
        # HELP calls Calls.
        calls_total{code="200"} 3 # {trace="a1"} 1 1700000000.5
        # TYPE up gauge
        up 1
        # TYPE took_seconds histogram
        # UNIT took_seconds seconds
        took_seconds_bucket{le="0.1"} 1
        took_seconds_bucket{le="+Inf"} 2
        took_seconds_count 2
        took_seconds_sum 0.7
        # TYPE build info
        build_info{version="1"} 1
        # TYPE state stateset
        state{state="on"} 1
        state{state="off"} 0
        # EOF
        """);
  }

  @Test
  void saysWhereAndWhy() {
    refused("2:1", "cannot be negative", "# TYPE a counter", "a_total -1");
    refused(
        "4:1", "in two places", "# TYPE a gauge", "a{x=\"1\"} 1", "a{x=\"2\"} 1", "a{x=\"1\"} 1");
    refused("3:1", "after its samples", "# TYPE a gauge", "a 1", "# HELP a late");
    refused("2:1", "a second TYPE", "# TYPE a gauge", "# TYPE a gauge");
    refused(
        "4:1",
        "not cumulative",
        "# TYPE a histogram",
        "a_bucket{le=\"1\"} 2",
        "a_bucket{le=\"+Inf\"} 1");
    refused("2:1", "has no sample named a", "# TYPE a counter", "a 1");
    refused("1:1", "comma", "a{b=\"1\",} 1");
  }
}
