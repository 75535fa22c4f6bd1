package dev.sightline.predictions.record;

import dev.sightline.model.prediction.Prediction;

/// What an index has to know of a prediction.
///
/// @param version empty where it is unknown
/// @param timeMs when it was made, Unix milliseconds
public record PredictionKey(String model, String id, String version, long timeMs) {
  public static PredictionKey of(Prediction prediction) {
    return new PredictionKey(
        prediction.model(), prediction.id(), prediction.version(), prediction.timeMs());
  }
}
