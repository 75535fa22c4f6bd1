package dev.sightline.predictions;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Counter;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink.PredictionReceipt;
import dev.sightline.model.prediction.PredictionSink.TruthReceipt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// The numbers that the store of predictions keeps about itself.
final class StoreMeters {
  /// From a second to thirty days.
  private static final List<Double> DELAY_SECONDS =
      List.of(
          1.0,
          10.0,
          60.0,
          600.0,
          3_600.0,
          21_600.0,
          86_400.0,
          259_200.0,
          604_800.0,
          1_209_600.0,
          2_592_000.0);

  private final MeterRegistry registry;
  private final Counter cuts;
  private final Counter cutFailures;
  private final Counter merges;
  private final Counter damages;

  StoreMeters(MeterRegistry registry) {
    this.registry = registry;
    this.cuts =
        counter("sightline_predictions_cuts_total", "Times that memory was written to files.");
    this.cutFailures =
        counter(
            "sightline_predictions_cut_failures_total",
            "Times that predictions could not be written to files; they stay in memory and log.");
    this.merges =
        counter(
            "sightline_predictions_merges_total",
            "Times that parts were written anew, as one or with truths that came late.");
    this.damages =
        counter(
            "sightline_predictions_damages_total",
            "Places in files of predictions that could not be read.");
  }

  private Counter counter(String name, String help) {
    return registry.counter(name, help, Labels.EMPTY);
  }

  void watch(Supplier<View> view) {
    gauge(
        "sightline_predictions_head_bytes",
        "Memory taken by predictions that are not in files yet.",
        () -> view.get().rowBytes());
    gauge(
        "sightline_ground_truth_loose_bytes",
        "Memory taken by truths that do not lie beside their prediction.",
        () -> view.get().looseBytes());
    gauge(
        "sightline_ground_truth_waiting",
        "Predictions that have not arrived and have a truth.",
        () -> view.get().waiting());
    gauge(
        "sightline_predictions_parts",
        "Parts, the files of one model and day or some of it.",
        () -> view.get().shelf().parts().size());
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    registry.gauge(name, help, Labels.EMPTY, value);
  }

  Counter cuts() {
    return cuts;
  }

  Counter cutFailures() {
    return cutFailures;
  }

  Counter merges() {
    return merges;
  }

  Counter damages() {
    return damages;
  }

  void countPredictions(List<Prediction> predictions, List<PredictionReceipt> receipts) {
    Map<Labels, Integer> counts = new HashMap<>();
    Counted before = new Counted("", "", Labels.EMPTY);
    for (int i = 0; i < receipts.size(); i++) {
      String result =
          switch (receipts.get(i)) {
            case PredictionReceipt.Stored() -> "stored";
            case PredictionReceipt.AlreadyStored() -> "repeated";
            case PredictionReceipt.Refused(String _) -> "refused";
          };
      before = before.or(predictions.get(i).model(), result);
      counts.merge(before.labels, 1, Integer::sum);
    }
    counts.forEach(
        (labels, count) ->
            registry
                .counter(
                    "sightline_predictions_total",
                    "Predictions given to the store, by what became of them.",
                    labels)
                .add(count));
  }

  void countTruths(List<GroundTruth> truths, List<TruthReceipt> receipts) {
    Map<Labels, Integer> counts = new HashMap<>();
    Counted before = new Counted("", "", Labels.EMPTY);
    for (int i = 0; i < receipts.size(); i++) {
      String result =
          switch (receipts.get(i)) {
            case TruthReceipt.Joined() -> "joined";
            case TruthReceipt.Waiting() -> "waiting";
            case TruthReceipt.Corrected() -> "corrected";
            case TruthReceipt.Refused(String _) -> "refused";
          };
      before = before.or(truths.get(i).model(), result);
      counts.merge(before.labels, 1, Integer::sum);
    }
    counts.forEach(
        (labels, count) ->
            registry
                .counter(
                    "sightline_ground_truth_total",
                    "Ground truths given to the store, by what became of them.",
                    labels)
                .add(count));
  }

  /// The labels of one row; mostly the next has the same.
  private record Counted(String model, String result, Labels labels) {
    Counted or(String nextModel, String nextResult) {
      return result.equals(nextResult) && model.equals(nextModel)
          ? this
          : new Counted(
              nextModel,
              nextResult,
              Labels.of("model", label(nextModel, nextResult), "result", nextResult));
    }
  }

  void observe(List<TruthBatch.Delay> delays) {
    for (TruthBatch.Delay delay : delays) {
      registry
          .histogram(
              "model_truth_delay_seconds",
              "Time from predictions to their first truths, of those that came later.",
              DELAY_SECONDS,
              Labels.of("model", delay.model()))
          .observe(delay.ms() / 1e3);
    }
  }

  /// A refused row may name any model, and must not make a series of it.
  private static String label(String model, String result) {
    return result.equals("refused") ? "" : model;
  }
}
