package dev.sightline.server.cli;

import dev.sightline.demo.Demo;
import dev.sightline.demo.client.WatchedModel;
import dev.sightline.demo.traffic.Traffic;
import dev.sightline.demo.traffic.TrafficOptions;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.model.time.SystemClock;
import dev.sightline.model.time.ThreadScheduler;
import dev.sightline.server.Sightline;
import dev.sightline.server.config.ConfigReader;
import dev.sightline.server.config.Flags;
import dev.sightline.server.config.ServerConfig;
import dev.sightline.stats.probability.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `sightline rehearse`: lives a few seconds of the server's life in a directory of its own and
/// ends. The JVM watches it to learn what a start needs; the launcher says how.
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {
  private static final String ANY_PORT = "127.0.0.1:0";
  private static final int COMPARED_ROWS = 100_000;
  private static final Duration TRUTH_DELAY = Duration.ofMillis(200);

  /// A rehearsal that hangs must not keep anybody waiting for the server.
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /// What a browser and a Prometheus client ask first.
  private static final List<String> VISITS =
      List.of(
          "/",
          "/-/ready",
          "/metrics",
          "/api/models/v1",
          "/api/models/v1/" + Demo.MODEL + "/predictions",
          "/api/v1/query?query=sum(rate(http_requests_total%5B1m%5D))",
          "/api/v1/query?query=histogram_quantile(0.9,rate(http_request_duration_seconds_bucket%5B1m%5D))",
          "/api/v1/labels",
          "/api/v1/targets",
          "/api/v1/status/buildinfo");

  @Option(names = "--data", required = true)
  private Path data = Path.of("rehearsal");

  @Override
  public Integer call() throws IOException {
    Thread.ofPlatform().daemon().start(RehearseCommand::giveUp);
    Flags flags = new Flags(null, ANY_PORT, ANY_PORT, data, null, null, false);
    try (Demo demo = Demo.start()) {
      UpstreamModel model = UpstreamModel.mlflow(Demo.MODEL, demo.modelUri());
      ServerConfig config = ConfigReader.read(flags).withModel(model, demo.trainedWith());
      try (Sightline sightline =
          Sightline.start(() -> config, new SystemClock(), new ThreadScheduler())) {
        sendTraffic(sightline);
        for (String path : VISITS) {
          visit(sightline.address().resolve(path));
        }
      }
    }
    compareFiles();
    return 0;
  }

  /// As `sightline drift` does, which is over before the JVM has learnt what of it is hot.
  private void compareFiles() throws IOException {
    Path reference = data.resolve("reference.csv");
    Path current = data.resolve("current.csv");
    RandomGenerator random = Seed.generator(1);
    for (Path file : List.of(reference, current)) {
      StringBuilder rows = new StringBuilder("a,b,c,d\n");
      for (int row = 0; row < COMPARED_ROWS; row++) {
        rows.append(random.nextGaussian()).append(',').append(random.nextExponential());
        rows.append(',').append(random.nextInt(20)).append(",w").append(random.nextInt(9));
        rows.append('\n');
      }
      Files.writeString(file, rows);
    }
    CommandLine drift = new CommandLine(new DriftCommand());
    drift.execute("--json", reference.toString(), current.toString());
  }

  private static void giveUp() {
    try {
      Thread.sleep(LONGEST);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }

  private static void sendTraffic(Sightline sightline) {
    WatchedModel watched =
        new WatchedModel(
            URI.create("http://" + sightline.gatewayAddress()),
            "/" + Demo.MODEL + "/predict",
            sightline.address(),
            Demo.MODEL,
            null);
    var options =
        new TrafficOptions(watched, 50, Duration.ofSeconds(3), 30, 50, false, 1, TRUTH_DELAY);
    Traffic.run(options, new PrintStream(OutputStream.nullOutputStream()));
  }

  private static void visit(URI address) throws IOException {
    try (InputStream answer = address.toURL().openStream()) {
      answer.transferTo(OutputStream.nullOutputStream());
    }
  }
}
