package dev.sightline.server.cli;

import dev.sightline.server.RuleSets;
import dev.sightline.server.config.ConfigReader;
import dev.sightline.server.config.ServerConfig;
import dev.sightline.wire.yaml.ConfigException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `sightline check`: reads every file that the flags name, and starts nothing.
@Command(
    name = "check",
    description = "Checks the configuration files that the flags name.",
    mixinStandardHelpOptions = true,
    subcommands = CheckRulesCommand.class)
final class CheckCommand implements Callable<Integer> {
  @Mixin private final ServeOptions options = new ServeOptions();

  @Override
  public Integer call() {
    try {
      ServerConfig config = ConfigReader.read(options.flags());
      config.http().checkFiles();
      System.out.printf(
          "valid: %d models, %d scrape jobs, %d rules%n",
          config.gateway().models().size(),
          config.scraping().jobs().size(),
          RuleSets.check(config));
      config.notUsed().forEach(note -> System.out.println("not used: " + note));
      return 0;
    } catch (ConfigException | IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      return 1;
    }
  }
}
