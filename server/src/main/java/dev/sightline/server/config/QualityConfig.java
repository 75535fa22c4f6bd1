package dev.sightline.server.config;

import dev.sightline.quality.drift.DriftOptions;
import dev.sightline.quality.estimate.EstimateMethod;
import dev.sightline.quality.integrity.IntegrityRules;
import dev.sightline.quality.performance.ScoreOptions;
import dev.sightline.quality.rows.SegmentBy;
import dev.sightline.quality.watch.Monitor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How quality is measured.
///
/// @param scores that become series
/// @param training rows of each class that a model was trained with, by model; only of those where
///   it is known
/// @param segments that have series of their own, by model
/// @param drift what is compared with what, and how
/// @param integrity what data must hold
/// @param estimates by which methods series are made before truths arrive: CBPE, PAPE or both
/// @param monitors that somebody asked for
public record QualityConfig(
    ScoreOptions scores,
    Map<String, Map<String, Long>> training,
    Map<String, List<SegmentBy>> segments,
    DriftOptions drift,
    IntegrityRules integrity,
    Set<EstimateMethod> estimates,
    List<Monitor> monitors) {
  public QualityConfig {
    segments = Map.copyOf(segments);
    training = Map.copyOf(training);
    estimates = Set.copyOf(estimates);
    monitors = List.copyOf(monitors);
  }

  /// The same with what one more model was trained with.
  QualityConfig withTraining(String model, Map<String, Long> classes) {
    Map<String, Map<String, Long>> more = new HashMap<>(training);
    more.put(model, classes);
    return new QualityConfig(scores, more, segments, drift, integrity, estimates, monitors);
  }

  /// The same with drift seen as soon as a demonstration needs it.
  QualityConfig inAHurry() {
    return new QualityConfig(
        scores, training, segments, drift.inAHurry(), integrity, estimates, monitors);
  }
}
