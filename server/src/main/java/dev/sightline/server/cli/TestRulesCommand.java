package dev.sightline.server.cli;

import dev.sightline.server.ruletest.RuleTestFile;
import dev.sightline.server.ruletest.RuleTests;
import dev.sightline.wire.yaml.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `sightline test rules FILE…`
@Command(
    name = "rules",
    description = "Runs unit tests of rules, files as `promtool test rules` takes them.",
    mixinStandardHelpOptions = true)
final class TestRulesCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files of tests.")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    int status = 0;
    for (Path file : files) {
      System.out.println("Unit Testing:  " + file);
      List<String> failures = failures(file);
      if (failures.isEmpty()) {
        System.out.println("  SUCCESS\n");
        continue;
      }
      status = 1;
      System.out.println("  FAILED:");
      failures.forEach(failure -> System.out.println("    " + failure));
      System.out.println();
    }
    return status;
  }

  private static List<String> failures(Path file) {
    try {
      return RuleTests.failures(RuleTestFile.read(file));
    } catch (ConfigException bad) {
      return List.of(String.valueOf(bad.getMessage()));
    }
  }
}
