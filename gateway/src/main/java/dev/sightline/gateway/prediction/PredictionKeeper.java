package dev.sightline.gateway.prediction;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Counter;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.prediction.PredictionSink.PredictionReceipt;
import dev.sightline.model.store.StoreUnavailableException;
import java.util.List;

/// Hands predictions to the store, and counts those that it does not take.
public final class PredictionKeeper {
  private final PredictionSink sink;
  private final CaptureFailures failures;
  private final Counter stored;

  public PredictionKeeper(PredictionSink sink, CaptureFailures failures, MeterRegistry registry) {
    this.sink = sink;
    this.failures = failures;
    this.stored =
        registry.counter(
            "sightline_gateway_predictions_stored_total",
            "Predictions read from calls that the store has taken.",
            Labels.EMPTY);
  }

  void keep(List<Prediction> predictions) {
    try {
      List<PredictionReceipt> receipts = sink.store(predictions);
      int refused = 0;
      for (PredictionReceipt receipt : receipts) {
        if (receipt instanceof PredictionReceipt.Refused(String message)) {
          refused++;
          failures.lost(1, "refused", message);
        }
      }
      stored.add(receipts.size() - refused);
    } catch (StoreUnavailableException unavailable) {
      failures.lost(
          predictions.size(), "store_unavailable", String.valueOf(unavailable.getMessage()));
    }
  }
}
