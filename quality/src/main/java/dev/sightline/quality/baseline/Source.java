package dev.sightline.quality.baseline;

/// A field of predictions that is read for comparison.
///
/// @param name of the feature; in parentheses for what is no input
public record Source(String name, Aspect aspect, FeatureKind kind) {
  public static final String OUTPUT = "(output)";
  public static final String CONFIDENCE = "(confidence)";
  public static final String TRUTH = "(truth)";
  public static final String ERROR = "(error)";
}
