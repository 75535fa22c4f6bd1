package dev.sightline.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sightline.promql.script.PromqlSubject;
import dev.sightline.script.Script;
import dev.sightline.script.ScriptRunner;
import dev.sightline.script.ScriptRunner.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Runs Prometheus's own scripts, where they lie beside this project.
///
/// Every question must be answered as there, at its moment, as the middle of a range, and pinned by
/// `@`; never fewer than are counted here.
class ConformanceTest {
  private static final Map<String, Integer> PASSING =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("aggregators.test", 160),
              Map.entry("collision.test", 2),
              Map.entry("duration_expression.test", 59),
              Map.entry("extended_vectors.test", 169),
              Map.entry("fill-modifier.test", 46),
              Map.entry("functions.test", 431),
              Map.entry("info.test", 53),
              Map.entry("literals.test", 25),
              Map.entry("native_histograms.test", 522),
              Map.entry("operators.test", 214),
              Map.entry("range_queries.test", 18),
              Map.entry("selectors.test", 31),
              Map.entry("start_timestamps.test", 26),
              Map.entry("trig_functions.test", 19),
              Map.entry("type_and_unit.test", 58)));

  @Test
  void answersAsPrometheusDoes() {
    Path folder = folder();
    assumeTrue(
        Files.isDirectory(folder), "Prometheus's scripts are not at " + folder.toAbsolutePath());
    StringBuilder table = new StringBuilder("Prometheus's scripts: passed, set aside, failed\n");
    List<String> failures = new ArrayList<>();
    Map<String, Integer> passing = new TreeMap<>();
    for (String file : PASSING.keySet()) {
      List<Outcome> outcomes = run(folder.resolve(file));
      int failed = 0;
      int passed = 0;
      for (Outcome outcome : outcomes) {
        if (outcome.passed()) {
          passed++;
        } else if (!outcome.aside()) {
          failed++;
          failures.add(file + " " + outcome);
        }
      }
      passing.put(file, passed);
      table.append(
          String.format(
              "%-26s %4d %4d %4d%n", file, passed, outcomes.size() - passed - failed, failed));
    }
    System.out.println(table);
    assertThat(failures).isEmpty();
    PASSING.forEach(
        (file, floor) -> assertThat(passing.get(file)).as(file).isGreaterThanOrEqualTo(floor));
  }

  private static Path folder() {
    String elsewhere = System.getenv("SIGHTLINE_CONFORMANCE");
    Path conformance =
        elsewhere == null
            ? Path.of(System.getProperty("sightline.root", "."), "..", "shared", "conformance")
            : Path.of(elsewhere);
    return conformance.resolve("promql");
  }

  private static List<Outcome> run(Path file) {
    try {
      return new ScriptRunner(new PromqlSubject()).run(Script.parse(Files.readString(file)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
