package dev.sightline.predictions;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Counter;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink.PredictionReceipt;
import dev.sightline.model.prediction.PredictionSink.TruthReceipt;
import java.util.List;
import java.util.function.DoubleSupplier;

/// The numbers that the store of predictions keeps about itself.
final class StoreMeters {
  private final MeterRegistry registry;
  private final Counter evicted;

  StoreMeters(MeterRegistry registry) {
    this.registry = registry;
    this.evicted =
        registry.counter(
            "sightline_predictions_evicted_total",
            "Predictions that left memory before their retention; they are in the log alone.",
            Labels.EMPTY);
  }

  void watch(DoubleSupplier headBytes, DoubleSupplier waitingTruths) {
    registry.gauge(
        "sightline_predictions_head_bytes",
        "Memory taken by predictions that can be read.",
        Labels.EMPTY,
        headBytes);
    registry.gauge(
        "sightline_ground_truth_waiting",
        "Truths whose prediction has not arrived.",
        Labels.EMPTY,
        waitingTruths);
  }

  Counter evicted() {
    return evicted;
  }

  void countPredictions(List<Prediction> predictions, List<PredictionReceipt> receipts) {
    for (int i = 0; i < receipts.size(); i++) {
      String result =
          switch (receipts.get(i)) {
            case PredictionReceipt.Stored() -> "stored";
            case PredictionReceipt.AlreadyStored() -> "repeated";
            case PredictionReceipt.Refused(String _) -> "refused";
          };
      registry
          .counter(
              "sightline_predictions_total",
              "Predictions given to the store, by what became of them.",
              Labels.of("model", label(predictions.get(i).model(), result), "result", result))
          .increment();
    }
  }

  void countTruths(List<GroundTruth> truths, List<TruthReceipt> receipts) {
    for (int i = 0; i < receipts.size(); i++) {
      String result =
          switch (receipts.get(i)) {
            case TruthReceipt.Joined() -> "joined";
            case TruthReceipt.Waiting() -> "waiting";
            case TruthReceipt.Corrected() -> "corrected";
            case TruthReceipt.Refused(String _) -> "refused";
          };
      registry
          .counter(
              "sightline_ground_truth_total",
              "Ground truths given to the store, by what became of them.",
              Labels.of("model", label(truths.get(i).model(), result), "result", result))
          .increment();
    }
  }

  /// A refused row may name any model, and must not make a series of it.
  private static String label(String model, String result) {
    return result.equals("refused") ? "" : model;
  }
}
