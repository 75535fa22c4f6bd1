package dev.sightline.server.cli;

import dev.sightline.demo.Demo;
import dev.sightline.demo.client.ModelClient;
import dev.sightline.demo.client.WatchedModel;
import dev.sightline.demo.traffic.Traffic;
import dev.sightline.demo.traffic.TrafficOptions;
import dev.sightline.demo.traffic.TrafficSummary;
import dev.sightline.wire.yaml.DurationText;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `sightline traffic`: calls the demo's model through the gateway.
@Command(
    name = "traffic",
    description = "Sends traffic to the demo's model through the gateway.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class TrafficCommand implements Callable<Integer> {
  @Option(names = "--gateway", paramLabel = "HOST:PORT", description = "Where calls go.")
  private String gateway = "127.0.0.1:8000";

  @Option(names = "--server", paramLabel = "HOST:PORT", description = "Where ground truth goes.")
  private String server = "127.0.0.1:7444";

  @Option(names = "--rate", paramLabel = "N", description = "Calls a second.")
  private double rate = TrafficOptions.DEFAULT_RATE;

  @Option(names = "--duration", paramLabel = "TIME", description = "How long, such as 30s or 2m.")
  private String duration = DurationText.format(TrafficOptions.DEFAULT_DURATION);

  @Option(
      names = "--errors",
      paramLabel = "PERCENT",
      description = "Share of calls for which the model raises and answers 500.")
  private int errors = TrafficOptions.DEFAULT_FAILING_PERCENT;

  @Option(
      names = "--labelled",
      paramLabel = "PERCENT",
      description = "Share of the other calls whose ground truth is sent later.")
  private int labelled = TrafficOptions.DEFAULT_LABELLED_PERCENT;

  @Option(names = "--drift", description = "Send sentences unlike those the model knows.")
  private boolean drift;

  @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same calls.")
  private long seed = 1;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "For a server that asks for one; or SIGHTLINE_TOKEN in the environment.")
  private @Nullable String token = System.getenv("SIGHTLINE_TOKEN");

  @Override
  public Integer call() {
    TrafficOptions options;
    try {
      WatchedModel model =
          new WatchedModel(
              WatchedModel.address(gateway),
              "/" + Demo.MODEL + "/predict",
              WatchedModel.address(server),
              Demo.MODEL,
              token);
      options =
          new TrafficOptions(
              model,
              rate,
              DurationText.parse(duration),
              errors,
              labelled,
              drift,
              seed,
              TrafficOptions.DEFAULT_TRUTH_DELAY);
    } catch (IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      return 2;
    }
    String problem = unreachable(options.model());
    if (problem != null) {
      System.err.println(problem);
      return 1;
    }
    TrafficSummary summary = Traffic.run(options, System.out);
    return summary.sent() == summary.unanswered() ? 1 : 0;
  }

  private static @Nullable String unreachable(WatchedModel model) {
    try (ModelClient client = new ModelClient(model)) {
      String problem = client.unreachable();
      return problem == null
          ? null
          : "no traffic is sent: "
              + problem
              + ". Start ./sightline demo first, or say where its gateway listens:"
              + " --gateway HOST:PORT";
    }
  }
}
