package dev.sightline.quality.performance;

import dev.sightline.stats.measure.ChangeOfMeasure;
import dev.sightline.stats.measure.Measured;
import java.util.List;

/// Why a measure moved from one window to another.
///
/// @param parts the classes or segments that explain most first
/// @param mix of all parts: they became more or less frequent
/// @param within of all parts: the model became better or worse on them
public record Change(
    String measure,
    Measured before,
    Measured after,
    double difference,
    List<ChangeOfMeasure.Part> parts,
    double mix,
    double within) {
  public Change {
    parts = List.copyOf(parts);
  }
}
