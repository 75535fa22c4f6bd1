package dev.sightline.predictions.keyed;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.KeyedTruth;
import java.util.List;

/// A truth by key for which no prediction has been found yet.
///
/// @param number its own, rising
/// @param arrivedMs when it was sent, Unix milliseconds
record WaitingTruth(long number, KeyedTruth truth, long arrivedMs) {
  /// When it became known.
  long knownMs() {
    Long timeMs = truth.timeMs();
    return timeMs == null ? arrivedMs : timeMs;
  }

  /// The time from which a prediction may be meant, included.
  long startMs() {
    return knownMs() - truth.window().toMillis();
  }

  /// The time up to which a prediction may be meant, excluded.
  long endMs() {
    return truth.timeMs() == null ? Long.MAX_VALUE / 4 : knownMs() + 1;
  }

  boolean fits(long predictedMs) {
    return predictedMs >= startMs() && predictedMs < endMs();
  }

  /// Whether a prediction is meant rather than another, where both fit: one from before, the
  /// nearest; else the first after.
  boolean prefers(long predictedMs, long otherMs) {
    boolean before = predictedMs <= knownMs();
    boolean otherBefore = otherMs <= knownMs();
    if (before != otherBefore) {
      return before;
    }
    return before ? predictedMs > otherMs : predictedMs < otherMs;
  }

  /// Of features and tags, sorted.
  List<String> names() {
    return List.copyOf(truth.key().keySet());
  }

  /// In the order of [#names].
  List<String> values() {
    return List.copyOf(truth.key().values());
  }

  GroundTruth of(String predictionId) {
    return new GroundTruth(truth.model(), predictionId, truth.value(), knownMs());
  }
}
