package dev.sightline.server.config;

import dev.sightline.quality.performance.ScoreOptions;
import java.util.HashMap;
import java.util.Map;

/// How quality is measured.
///
/// @param scores that become series
/// @param training rows of each class that a model was trained with, by model; only of those where
///   it is known
public record QualityConfig(ScoreOptions scores, Map<String, Map<String, Long>> training) {
  public QualityConfig {
    training = Map.copyOf(training);
  }

  /// The same with what one more model was trained with.
  QualityConfig withTraining(String model, Map<String, Long> classes) {
    Map<String, Map<String, Long>> more = new HashMap<>(training);
    more.put(model, classes);
    return new QualityConfig(scores, more);
  }
}
