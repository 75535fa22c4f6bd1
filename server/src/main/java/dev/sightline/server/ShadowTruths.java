package dev.sightline.server;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Lets what turned out to be true of a model's prediction judge its shadow's as well: both have
/// the same id.
///
/// @param store where predictions and truths go
/// @param shadows names of shadows by the names of their models, as configured now
record ShadowTruths(PredictionSink store, Supplier<Map<String, String>> shadows)
    implements PredictionSink {
  @Override
  public List<PredictionReceipt> store(List<Prediction> predictions) {
    return store.store(predictions);
  }

  @Override
  public List<TruthReceipt> join(List<GroundTruth> truths) {
    Map<String, String> names = shadows.get();
    List<GroundTruth> all = new ArrayList<>(truths);
    for (GroundTruth truth : truths) {
      String shadow = names.get(truth.model());
      if (shadow != null) {
        all.add(new GroundTruth(shadow, truth.predictionId(), truth.value(), truth.timeMs()));
      }
    }
    return store.join(all).subList(0, truths.size());
  }
}
