package dev.sightline.server.cli;

import dev.sightline.server.RuleSets;
import dev.sightline.wire.yaml.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `sightline check rules FILE…`: reads rule files, and starts nothing.
@Command(
    name = "rules",
    description = "Checks rule files in Prometheus's syntax.",
    mixinStandardHelpOptions = true)
final class CheckRulesCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The rule files.")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    int status = 0;
    for (Path file : files) {
      try {
        System.out.printf("%s: valid: %d rules%n", file, RuleSets.check(file));
      } catch (ConfigException bad) {
        System.err.println(bad.getMessage());
        status = 1;
      }
    }
    return status;
  }
}
