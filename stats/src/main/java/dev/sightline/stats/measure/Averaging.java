package dev.sightline.stats.measure;

/// How the values of classes become one. The average is over the classes that occur, as truth or as
/// prediction.
public enum Averaging {
  /// Of one class, the positive one.
  BINARY,
  /// Of all decisions, each counted once. For single-label classes this is the accuracy.
  MICRO,
  /// Each class counts the same.
  MACRO,
  /// Each class counts by its true cases.
  WEIGHTED,
  /// As the CLARA monitor does: recall is micro, everything else weighted.
  CLARA;

  /// The average that this one means for a measure.
  Averaging of(ClassMeasure measure) {
    if (this != CLARA) {
      return this;
    }
    return measure == ClassMeasure.RECALL ? MICRO : WEIGHTED;
  }
}
