package dev.sightline.wire.serving;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How to read what one model answers, where its answers alone do not say it.
///
/// `rows` selects from the whole answer, the other selectors from one row of it. Without a selector
/// the usual field names are looked for.
///
/// @param rows where the rows are in an answer of `json` or `torchserve`
/// @param prediction where the output is
/// @param confidence where the confidence of the output is
/// @param probabilities where the probabilities are, an object by class or a list
/// @param classes names of the classes, in the order of the model's lists of probabilities; empty
///   where they are not known
/// @param scale what the model writes for certainty: 1, or 100 for percent
/// @param binary for a model of two classes that answers the probability of one; null for a model
///   that answers otherwise
public record OutputMapping(
    @Nullable Selector rows,
    @Nullable Selector prediction,
    @Nullable Selector confidence,
    @Nullable Selector probabilities,
    List<String> classes,
    double scale,
    @Nullable Binary binary) {
  /// For a model about which nothing is configured.
  public static final OutputMapping DEFAULT = ofClasses(List.of());

  public OutputMapping {
    classes = List.copyOf(classes);
    if (!(scale > 0) || Double.isInfinite(scale)) {
      throw new IllegalArgumentException("scale must be a number above 0, not " + scale);
    }
  }

  /// Two classes, of which a model answers the probability of one.
  ///
  /// @param positive the class whose probability a lone number is
  /// @param negative the other one, whose probability is the complement
  /// @param threshold 0 to 1: from here on a case counts as positive
  public record Binary(String positive, String negative, double threshold) {
    public Binary {
      if (!(threshold >= 0 && threshold <= 1)) {
        throw new IllegalArgumentException("threshold must be from 0 to 1, not " + threshold);
      }
    }

    /// @param positive one of the classes; null for the second
    public static Binary of(List<String> classes, @Nullable String positive, double threshold) {
      if (classes.size() != 2) {
        throw new IllegalArgumentException(
            "threshold and positive need the names of two classes, not of " + classes.size());
      }
      if (positive != null && !classes.contains(positive)) {
        throw new IllegalArgumentException(
            "positive must be one of the classes " + classes + ", not " + positive);
      }
      boolean first = classes.getFirst().equals(positive);
      return new Binary(
          first ? classes.getFirst() : classes.getLast(),
          first ? classes.getLast() : classes.getFirst(),
          threshold);
    }
  }

  /// Whether something is said about where in a row things are.
  boolean selects() {
    return prediction != null || confidence != null || probabilities != null;
  }

  /// The same as [#DEFAULT], with the names of the classes.
  public static OutputMapping ofClasses(List<String> classes) {
    return new OutputMapping(null, null, null, null, classes, 1, null);
  }
}
