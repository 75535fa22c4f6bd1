package dev.sightline.quality.performance;

import dev.sightline.stats.measure.Averaging;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How well a model did, window by window.
///
/// @param averaging how the values of classes became one; null where there are no classes
/// @param classes in the order in which they are shown; empty where there are none
/// @param positive the class that binary measures speak of; null where there are not two
/// @param variants what the measures depend on
/// @param notes what a reader should know about these numbers
public record Performance(
    Task task,
    @Nullable Averaging averaging,
    List<String> classes,
    @Nullable String positive,
    MeasureVariants variants,
    List<String> notes,
    List<WindowScores> windows) {
  public Performance {
    classes = List.copyOf(classes);
    notes = List.copyOf(notes);
    windows = List.copyOf(windows);
  }
}
