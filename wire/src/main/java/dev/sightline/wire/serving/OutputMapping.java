package dev.sightline.wire.serving;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How to read what one model answers, where its answers alone do not say it.
///
/// The three selectors are paths of field names with dots between them, from one row of the answer;
/// `.` is the row itself. Without a selector the usual field names are looked for.
///
/// @param prediction where the output is
/// @param confidence where the confidence of the output is
/// @param probabilities where the probabilities are, an object by class or a list
/// @param classes names of the classes, in the order of the model's lists of probabilities; empty
///   where they are not known
/// @param scale what the model writes for certainty: 1, or 100 for percent
/// @param threshold for a model of two classes that answers the probability of the second: from
///   here on it counts as that class; null for a model that answers otherwise
public record OutputMapping(
    @Nullable String prediction,
    @Nullable String confidence,
    @Nullable String probabilities,
    List<String> classes,
    double scale,
    @Nullable Double threshold) {
  /// For a model about which nothing is configured.
  public static final OutputMapping DEFAULT =
      new OutputMapping(null, null, null, List.of(), 1, null);

  public OutputMapping {
    classes = List.copyOf(classes);
    if (!(scale > 0) || Double.isInfinite(scale)) {
      throw new IllegalArgumentException("scale must be a number above 0, not " + scale);
    }
    if (threshold != null && classes.size() != 2) {
      throw new IllegalArgumentException(
          "a threshold needs the names of two classes, not of " + classes.size());
    }
  }

  /// The same as [#DEFAULT], with the names of the classes.
  public static OutputMapping ofClasses(List<String> classes) {
    return new OutputMapping(null, null, null, classes, 1, null);
  }
}
