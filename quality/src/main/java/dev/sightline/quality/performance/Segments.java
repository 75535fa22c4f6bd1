package dev.sightline.quality.performance;

import dev.sightline.stats.measure.Measured;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One measure of many segments beside that of the whole.
///
/// @param segments worst first; those without a value last
/// @param total how many there are, of which these are the first
public record Segments(
    String measure, Measured overall, List<Segment> segments, int total, List<String> notes) {
  public Segments {
    segments = List.copyOf(segments);
    notes = List.copyOf(notes);
  }

  /// @param labels what the rows of this segment have, by feature or tag
  /// @param difference from the whole; null without a value
  /// @param pValue how often chance alone makes the segment differ as much from all other rows,
  ///   corrected for the number of segments; null where there is no test
  public record Segment(
      Map<String, String> labels,
      long n,
      long labelled,
      Measured value,
      @Nullable Double difference,
      @Nullable Double pValue) {
    public Segment {
      labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }
  }
}
