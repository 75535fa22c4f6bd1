package dev.sightline.model.prediction;

/// What turned out to be true about one prediction.
///
/// @param predictionId of the prediction, which may not have arrived yet
/// @param timeMs when it became known, Unix milliseconds
public record GroundTruth(String model, String predictionId, Datum value, long timeMs) {
  public GroundTruth {
    if (predictionId.isEmpty() || model.isEmpty()) {
      throw new IllegalArgumentException("BUG: a ground truth without prediction id or model");
    }
  }
}
