package dev.sightline.server.cli;

import dev.sightline.logql.script.LogqlSubject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `sightline test logql PATH…`
@Command(
    name = "logql",
    description = "Runs scripts of LogQL, in the notation of docs/scripts.md.",
    mixinStandardHelpOptions = true)
final class TestLogqlCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Scripts, or folders of them.")
  private List<Path> paths = List.of();

  @Override
  public Integer call() {
    return new ScriptFiles(System.out, System.err).run(paths, new LogqlSubject()) ? 0 : 1;
  }
}
