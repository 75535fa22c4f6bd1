package dev.sightline.predictions.keyed;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds predictions by what they hold.
public interface KeySearch {
  /// Walks through the predictions of a model, newest first, until the visitor has seen enough. An
  /// unknown model has none.
  ///
  /// @param startMs included
  /// @param endMs excluded
  /// @param names of features, or of tags where a prediction has no such feature
  void walk(String model, long startMs, long endMs, List<String> names, Visitor visitor);

  /// Told of one prediction after the other.
  @FunctionalInterface
  interface Visitor {
    /// @param id made when it is asked for
    /// @param values in the order of the names, as texts; null where there is none. Good during the
    ///   call only
    /// @return whether to go on
    boolean row(Supplier<String> id, long timeMs, List<@Nullable String> values);
  }
}
