package dev.sightline.gateway;

import dev.sightline.gateway.capture.CopyQueue;
import dev.sightline.gateway.config.GatewayConfig;
import dev.sightline.gateway.config.GatewayException;
import dev.sightline.gateway.config.GatewayLimits;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.gateway.meter.GatewayMeters;
import dev.sightline.gateway.meter.ShadowMeters;
import dev.sightline.gateway.prediction.CaptureFailures;
import dev.sightline.gateway.prediction.PredictionKeeper;
import dev.sightline.gateway.prediction.PredictionRecorder;
import dev.sightline.gateway.prediction.Shadows;
import dev.sightline.gateway.route.Routes;
import dev.sightline.gateway.upstream.Fleets;
import dev.sightline.gateway.upstream.UpstreamClient;
import dev.sightline.model.log.LineSink;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// A reverse proxy before model servers that keeps a copy of each scoring call as predictions.
///
/// It shares no thread and no queue with the rest of the process, so whatever happens there leaves
/// the calls alone.
public final class Gateway implements AutoCloseable {
  private static final int MAX_THREADS = 32;
  private static final Duration SLOW_HEADERS_CHECK = Duration.ofSeconds(1);

  private final GatewayLimits limits;
  private final Server server;
  private final GatewayConnector connector;
  private final GatewayMeters meters;
  private final CopyQueue copies;
  private final PredictionRecorder recorder;
  private final GatewayHandler handler;
  private final Fleets fleets;
  private final Shadows shadows;
  private final Scheduler.Repeating slowHeaders;

  private Gateway(
      GatewayConfig config, Parts parts, PredictionSink predictions, Supplier<String> metricsText) {
    limits = config.limits();
    meters = new GatewayMeters(parts.registry, parts.clock);
    copies = new CopyQueue(limits, parts.registry);
    server = newServer();
    UpstreamClient client = UpstreamClient.ofCalls(server, limits);
    UpstreamClient beside = UpstreamClient.beside(server, limits);
    fleets = new Fleets(beside, parts.scheduler, parts.registry);
    CaptureFailures failures = new CaptureFailures(parts.registry);
    PredictionKeeper keeper = new PredictionKeeper(predictions, failures, parts.registry);
    ShadowMeters comparison = new ShadowMeters(parts.registry, parts.clock);
    shadows = new Shadows(fleets, beside, comparison, meters, keeper, failures, parts.clock);
    recorder = new PredictionRecorder(copies, keeper, shadows, meters, failures);
    handler =
        new GatewayHandler(
            routes(config),
            config.countries(),
            client,
            fleets,
            meters,
            copies,
            parts.lines,
            parts.clock,
            metricsText);
    server.setHandler(handler);
    connector = new GatewayConnector(server, config, parts.clock);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    slowHeaders =
        parts.scheduler.every(
            "gateway-slow-headers",
            SLOW_HEADERS_CHECK,
            SLOW_HEADERS_CHECK,
            connector::closeSlowHeaders);
  }

  /// What the gateway stands on.
  ///
  /// @param registry where its series are kept
  /// @param lines what is told of each call
  public record Parts(MeterRegistry registry, LineSink lines, Clock clock, Scheduler scheduler) {}

  /// Listens and answers until it is closed.
  ///
  /// @param metricsText the exposition text for `GET /metrics`
  /// @throws GatewayException if the address cannot be listened on
  public static Gateway open(
      GatewayConfig config, Parts parts, PredictionSink predictions, Supplier<String> metricsText) {
    Gateway gateway = new Gateway(config, parts, predictions, metricsText);
    gateway.start(config);
    return gateway;
  }

  private static Server newServer() {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("gateway");
    threads.setDaemon(true);
    ArrayByteBufferPool buffers =
        new ArrayByteBufferPool(0, 4096, 65536, Integer.MAX_VALUE, 16L << 20, 64L << 20);
    Server server = new Server(threads, null, buffers);
    server.setErrorHandler(Answers::error);
    server.setStopTimeout(0);
    return server;
  }

  private void start(GatewayConfig config) {
    recorder.start();
    shadows.start();
    try {
      server.start();
    } catch (Exception failure) {
      close();
      throw new GatewayException(
          "the gateway cannot listen on %s: %s".formatted(config.entrance(), reason(failure)),
          failure);
    }
  }

  /// The outer message repeats the address, the inner one says what is wrong.
  private static @Nullable String reason(Exception failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure.getMessage() : cause.getMessage();
  }

  /// The port that is listened on.
  public int port() {
    return connector.getLocalPort();
  }

  /// The address and port that are listened on.
  public InetSocketAddress address() {
    return connector.address();
  }

  /// Names of the classifiers that have answered since the start, and never with a probability: of
  /// them, nothing that needs one can be told.
  public Set<String> labelsOnly() {
    return meters.labelsOnly();
  }

  /// Puts other models behind the gateway from the next call on. Where it listens and its limits
  /// stay as they are.
  public void reconfigure(GatewayConfig config) {
    handler.route(routes(config), config.countries());
  }

  private Routes routes(GatewayConfig config) {
    for (UpstreamModel model : config.models()) {
      meters.of(model);
      model.rivals().challengers().forEach(challenger -> meters.of(challenger.model()));
    }
    fleets.configure(config.models());
    return new Routes(config.models());
  }

  /// Lets the calls in flight end and the clients go, stores what was captured.
  @Override
  public void close() {
    connector.end(limits.drainTime());
    slowHeaders.close();
    fleets.close();
    shadows.close();
    try {
      server.stop();
    } catch (Exception failure) {
      throw new IllegalStateException("BUG: the gateway's server does not stop", failure);
    } finally {
      copies.close();
      recorder.close();
    }
  }
}
