package dev.sightline.model.prediction;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What turned out to be true of a prediction whose id the sender does not know: of the newest one
/// that has these values and was made before.
///
/// @param key values by the names of features, or of tags where a prediction has no such feature;
///   as text, at least one
/// @param timeMs when it became known, Unix milliseconds: the prediction was not made after it, and
///   not longer than `window` before. Null for now; then, where no prediction fits, the next that
///   arrives may be younger
public record KeyedTruth(
    String model,
    SortedMap<String, String> key,
    Datum value,
    @Nullable Long timeMs,
    Duration window) {
  public KeyedTruth {
    key = Collections.unmodifiableSortedMap(new TreeMap<>(key));
    if (model.isEmpty() || key.isEmpty() || window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("BUG: a keyed truth without model, key or window");
    }
  }
}
