package dev.sightline.server.cli;

import dev.sightline.server.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/// `sightline`, which serves where it is told nothing else.
@Command(
    name = "sightline",
    description = "Watches machine-learning models in production.",
    versionProvider = SightlineCommand.Versions.class,
    mixinStandardHelpOptions = true,
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      TrafficCommand.class,
      CheckCommand.class,
      TestCommand.class,
      ProfileCommand.class,
      DriftCommand.class,
      QueryCommand.class,
      LogsCommand.class,
      VersionCommand.class,
      RehearseCommand.class
    })
final class SightlineCommand implements Callable<Integer> {
  @Mixin private final ServeOptions options = new ServeOptions();

  @Override
  public Integer call() {
    return Serving.run(options, System.out, System.err);
  }

  /// What `--version` prints.
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"sightline " + Version.current()};
    }
  }
}
