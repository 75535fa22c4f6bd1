package dev.sightline.quality.rows;

import dev.sightline.quality.window.Windows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows that a question is about.
///
/// @param version null for all
/// @param conditions all must hold
public record Selection(
    String model,
    @Nullable String version,
    List<Condition> conditions,
    Windows windows,
    TimeOf timeOf) {
  public Selection {
    conditions = List.copyOf(conditions);
  }

  /// The same of other windows.
  public Selection in(Windows other) {
    return new Selection(model, version, conditions, other, timeOf);
  }

  /// The same of one version, or of all.
  public Selection of(@Nullable String other) {
    return new Selection(model, other, conditions, windows, timeOf);
  }
}
