package dev.sightline.quality.performance;

import dev.sightline.stats.measure.Comparison;
import dev.sightline.stats.measure.Measured;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Two versions of a model on the rows that each had.
///
/// @param measures by name
public record VersionComparison(Map<String, Pair> measures, List<String> notes) {
  public VersionComparison {
    measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    notes = List.copyOf(notes);
  }

  /// One measure of both.
  ///
  /// @param comparison second minus first; null where one has no value, or there is no test
  public record Pair(Measured first, Measured second, @Nullable Comparison comparison) {}
}
