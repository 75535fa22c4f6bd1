package dev.sightline.gateway.prediction;

import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Counter;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.wire.serving.PayloadException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts captured calls that yield no stored prediction, and why; one in a thousand is logged.
public final class CaptureFailures {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureFailures.class);
  private static final long LOG_EVERY = 1_000;

  private final MeterRegistry registry;
  private final AtomicLong seen = new AtomicLong();

  /// The half of a call that cannot be read.
  enum Part {
    REQUEST("request"),
    RESPONSE("response");

    private final String label;

    Part(String label) {
      this.label = label;
    }
  }

  public CaptureFailures(MeterRegistry registry) {
    this.registry = registry;
  }

  void unreadable(UpstreamModel model, Part part, PayloadException failure) {
    registry
        .counter(
            "sightline_gateway_unreadable_total",
            "Copied bodies of successful scoring calls that could not be read.",
            Labels.of("model", model.name(), "part", part.label))
        .increment();
    if (isLogged()) {
      LOG.warn("{} of model {} not read: {}", part.label, model.name(), failure.getMessage());
    }
  }

  /// @param reason few and fixed
  void lost(int predictions, String reason, String message) {
    Counter lost =
        registry.counter(
            "sightline_gateway_predictions_lost_total",
            "Predictions read from calls that the store did not take.",
            Labels.of("reason", reason));
    lost.add(predictions);
    if (isLogged()) {
      LOG.warn("{} predictions not stored: {}", predictions, message);
    }
  }

  void bug(Throwable failure) {
    registry
        .counter(
            "sightline_gateway_capture_bugs_total",
            "Batches of copied calls that were given up because of a bug of ours.",
            Labels.EMPTY)
        .increment();
    LOG.error("copied calls were given up", failure);
  }

  private boolean isLogged() {
    return seen.getAndIncrement() % LOG_EVERY == 0;
  }
}
