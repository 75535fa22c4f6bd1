package dev.sightline.quality.baseline;

import java.util.List;

/// A field of predictions that is read for comparison.
///
/// @param name of the feature; in parentheses for what is no input
/// @param parts of a vector whose numbers are features of their own: their names, in order
public record Source(String name, Aspect aspect, FeatureKind kind, List<String> parts) {
  public static final String OUTPUT = "(output)";
  public static final String CONFIDENCE = "(confidence)";
  public static final String TRUTH = "(truth)";
  public static final String ERROR = "(error)";

  public Source {
    parts = List.copyOf(parts);
  }

  public Source(String name, Aspect aspect, FeatureKind kind) {
    this(name, aspect, kind, List.of());
  }
}
