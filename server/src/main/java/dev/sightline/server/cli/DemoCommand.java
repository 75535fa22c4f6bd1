package dev.sightline.server.cli;

import dev.sightline.demo.Demo;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.server.Sightline;
import dev.sightline.server.config.ConfigReader;
import dev.sightline.server.config.Flags;
import dev.sightline.server.config.ServerConfig;
import dev.sightline.wire.serving.Protocol;
import dev.sightline.wire.serving.ServingReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `sightline demo`: the server, with a real small model behind its gateway and a little traffic.
@Command(
    name = "demo",
    description = "Runs the server with a small sentiment model behind its gateway.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final String VERSION = "1";

  @Mixin private final ServeOptions options = new ServeOptions();

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "With which the demo sends ground truth, where server.auth is configured.")
  private String token = Objects.requireNonNullElse(System.getenv("SIGHTLINE_TOKEN"), "");

  @Override
  public Integer call() {
    try (Demo demo = Demo.start()) {
      System.out.println("demo: " + demo.accuracy());
      Flags flags = options.flags();
      Flags kept =
          flags.data() == null && flags.config() == null
              ? flags.keeping(Path.of("demo-data"))
              : flags;
      UpstreamModel model =
          new UpstreamModel(
              Demo.MODEL,
              VERSION,
              demo.modelUri(),
              UpstreamModel.Task.CLASSIFICATION,
              ServingReader.of(Protocol.MLFLOW));
      DemoAlerting alerting = new DemoAlerting(demo.sink());
      return Serving.run(
          () -> alerting.in(config(kept).withModel(model, demo.trainedWith())),
          sightline -> {
            sightline.showMessages(alerting::messages);
            watch(demo, sightline);
          },
          System.out,
          System.err);
    }
  }

  /// Whoever has a configuration has said how soon drift is seen.
  private static ServerConfig config(Flags flags) {
    ServerConfig config = ConfigReader.read(flags);
    return flags.config() == null ? config.withEarlyDrift() : config;
  }

  private void watch(Demo demo, Sightline sightline) {
    URI page =
        demo.watch(
            URI.create("http://" + sightline.gatewayAddress()),
            sightline.address(),
            token.isEmpty() ? null : token);
    System.out.println("demo: try the model on " + page);
    String fiveMinutes = "/models/" + Demo.MODEL + "?from=now-5m&to=now";
    System.out.println("demo: watch it on " + sightline.address() + fiveMinutes);
    System.out.println("demo: mails and web hooks are on " + sightline.address() + "/alerts");
  }
}
