package dev.sightline.quality.drift;

import dev.sightline.quality.window.Window;
import org.jspecify.annotations.Nullable;

/// What a window is compared with.
public sealed interface Against {
  /// What the model is compared with all the time.
  record Usual() implements Against {}

  /// A reference that is kept.
  record Named(String name) implements Against {}

  /// The window of the same length that ends where the current one starts.
  record Previous() implements Against {}

  /// The same hours a week before.
  record SameWeekday() implements Against {}

  /// @param version null for all
  record Rows(Window window, @Nullable String version) implements Against {}
}
