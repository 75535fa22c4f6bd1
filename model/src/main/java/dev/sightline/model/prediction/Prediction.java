package dev.sightline.model.prediction;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One scored case.
///
/// @param id unique within its model; not empty
/// @param version of the model; empty where it is unknown
/// @param timeMs when it was made, Unix milliseconds
/// @param features by name, in the order in which they were sent
/// @param output what the model answered: a class, a number, or anything else that it answers
/// @param confidence of the output, 0 to 1; null where the model gives none
/// @param probabilities by class, each 0 to 1; empty where the model gives none
/// @param latencyMs how long the model took; null where nobody measured
/// @param tags of the caller, by name
public record Prediction(
    String id,
    String model,
    String version,
    long timeMs,
    Map<String, Datum> features,
    Datum output,
    @Nullable Double confidence,
    Map<String, Double> probabilities,
    @Nullable Double latencyMs,
    Map<String, String> tags) {
  public Prediction {
    if (id.isEmpty() || model.isEmpty()) {
      throw new IllegalArgumentException("BUG: a prediction without id or model");
    }
    features = FixedMap.copyOf(features);
    probabilities = FixedMap.copyOf(probabilities);
    tags = FixedMap.copyOf(tags);
  }
}
