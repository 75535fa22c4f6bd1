package dev.sightline.gateway;

import dev.sightline.gateway.config.Entrance;
import dev.sightline.gateway.config.GatewayConfig;
import dev.sightline.gateway.config.GatewayLimits;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineSink;
import dev.sightline.model.meter.MeterFamily;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.meter.MeterSample;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.time.SystemClock;
import dev.sightline.model.time.ThreadScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A gateway on a free port, with all that stands around it.
final class TestGateway implements AutoCloseable {
  static final long POLL_NS = 500_000;

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  final MeterRegistry registry = new MeterRegistry();
  final MemorySink sink = new MemorySink();
  final Queue<LineSink.Line> lines = new ConcurrentLinkedQueue<>();
  final Gateway gateway;

  TestGateway(GatewayLimits limits, UpstreamModel... models) {
    this(config(limits, models));
  }

  TestGateway(GatewayConfig config) {
    gateway =
        Gateway.open(
            config,
            new Gateway.Parts(
                registry, (_, line) -> lines.add(line), new SystemClock(), new ThreadScheduler()),
            sink,
            () -> "sightline_test 1\n");
  }

  /// Before one model that is called `sentiment`.
  static TestGateway before(RawServer upstream) {
    return new TestGateway(
        GatewayLimits.DEFAULT, UpstreamModel.mlflow("sentiment", upstream.uri()));
  }

  static GatewayConfig config(GatewayLimits limits, UpstreamModel... models) {
    return new GatewayConfig(new Entrance.Port("127.0.0.1", 0), List.of(models), null, limits);
  }

  RawClient connect() throws IOException {
    return new RawClient(gateway.port());
  }

  /// The sum of all samples of a name whose labels contain these.
  double meter(String name, String... labels) {
    double sum = 0;
    for (MeterFamily family : registry.read()) {
      for (MeterSample sample : family.samples()) {
        if (sample.name().equals(name) && contains(sample.labels(), Labels.of(labels))) {
          sum += sample.value();
        }
      }
    }
    return sum;
  }

  /// The predictions, once there are that many.
  List<Prediction> predictions(int count) {
    await(() -> sink.stored.size() >= count, count + " predictions");
    return new ArrayList<>(sink.stored);
  }

  /// Waits until the meters of a name and with these labels sum up to a value: many are counted
  /// only after the answer has left.
  void awaitMeter(double expected, String name, String... labels) {
    await(
        () -> meter(name, labels) == expected, name + " " + List.of(labels) + " to be " + expected);
  }

  static void await(BooleanSupplier condition, String what) {
    long endNs = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > endNs) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(POLL_NS);
    }
  }

  private static boolean contains(Labels all, Labels part) {
    return part.toList().stream().allMatch(label -> all.get(label.name()).equals(label.value()));
  }

  @Override
  public void close() {
    gateway.close();
  }
}
