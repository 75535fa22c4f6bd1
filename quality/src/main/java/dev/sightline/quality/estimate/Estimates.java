package dev.sightline.quality.estimate;

import dev.sightline.quality.window.Window;
import dev.sightline.stats.measure.Measured;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How well a model probably does, window by window.
///
/// @param method how
/// @param positive the class that measures speak of; null where there are more than two
/// @param calibrated cases with truth that were learnt from
/// @param calibration the span of those cases
/// @param notes what a reader should know about these numbers
public record Estimates(
    EstimateMethod method,
    @Nullable String positive,
    long calibrated,
    Window calibration,
    List<OfWindow> windows,
    List<String> notes) {
  public Estimates {
    windows = List.copyOf(windows);
    notes = List.copyOf(notes);
  }

  /// What one window comes to.
  ///
  /// @param n cases with scores
  /// @param labelled those of them whose truth is known
  /// @param estimated of all of them
  /// @param realised of the labelled ones
  /// @param errors estimated minus realised, both of the labelled ones
  public record OfWindow(
      Window window,
      long n,
      long labelled,
      Map<String, Measured> estimated,
      Map<String, Measured> realised,
      Map<String, Double> errors) {
    public OfWindow {
      estimated = Collections.unmodifiableMap(new LinkedHashMap<>(estimated));
      realised = Collections.unmodifiableMap(new LinkedHashMap<>(realised));
      errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
    }
  }
}
