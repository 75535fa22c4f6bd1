package dev.sightline.quality.drift;

import dev.sightline.model.query.QueryException;
import dev.sightline.quality.baseline.Baseline;
import dev.sightline.quality.baseline.Reference;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.window.Window;
import dev.sightline.quality.window.Windows;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a window is compared with.
public sealed interface Against {
  /// A week in milliseconds.
  long WEEK_MS = Duration.ofDays(7).toMillis();

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

  /// The rows of the reference, with the conditions of the selection: a segment is compared with
  /// the same segment.
  ///
  /// @param kept the reference that is usual or named; null where there is none
  /// @throws QueryException.Failed if there are no rows of it
  default Selection rows(Selection selection, @Nullable Reference kept) {
    Windows now = selection.windows();
    long lengthMs = now.endMs() - now.startMs();
    return switch (this) {
      case Previous _ -> selection.in(Windows.whole(now.startMs() - lengthMs, now.startMs()));
      case SameWeekday _ ->
          selection.in(Windows.whole(now.startMs() - WEEK_MS, now.endMs() - WEEK_MS));
      case Rows(Window window, String version) ->
          selection.of(version).in(Windows.whole(window.startMs(), window.endMs()));
      case Usual _, Named _ -> {
        if (kept == null || kept.baseline().isFromFile()) {
          throw new QueryException.Failed(
              "this reference came from a file, and is kept as a whole: a segment needs one of"
                  + " stored rows; name its start and end");
        }
        Baseline baseline = kept.baseline();
        yield selection.of(null).in(Windows.whole(baseline.startMs(), baseline.endMs()));
      }
    };
  }
}
