package dev.sightline.server.cli;

import dev.sightline.promql.script.PromqlSubject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `sightline test promql PATH…`
@Command(
    name = "promql",
    description = "Runs scripts of PromQL, in the notation of Prometheus's own test scripts.",
    mixinStandardHelpOptions = true)
final class TestPromqlCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Scripts, or folders of them.")
  private List<Path> paths = List.of();

  @Override
  public Integer call() {
    return new ScriptFiles(System.out, System.err).run(paths, new PromqlSubject()) ? 0 : 1;
  }
}
