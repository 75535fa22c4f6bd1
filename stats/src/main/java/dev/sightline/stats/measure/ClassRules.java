package dev.sightline.stats.measure;

/// What has to be said before counts have one measure.
///
/// @param positiveClass the class that [Averaging#BINARY] speaks of
/// @param beta how much more recall counts than precision in [ClassMeasure#F_BETA]
/// @param minimumN fewer observations are not enough
/// @param intervals how the values beside are found
public record ClassRules(
    Averaging averaging,
    ZeroDivision zeroDivision,
    int positiveClass,
    double beta,
    long minimumN,
    Resampling intervals) {
  /// Each class counts the same, and what cannot be divided has no value.
  public static final ClassRules MACRO =
      new ClassRules(Averaging.MACRO, ZeroDivision.UNDEFINED, 1, 2, 1, Resampling.DEFAULT);

  /// The numbers of the CLARA monitor: weighted precision and F1, micro recall, 1 for 0/0.
  public static final ClassRules CLARA =
      new ClassRules(Averaging.CLARA, ZeroDivision.ONE, 1, 2, 1, Resampling.DEFAULT);

  public ClassRules {
    if (!(beta > 0) || positiveClass < 0 || minimumN < 1) {
      throw new IllegalArgumentException("BUG: beta, class or minimum out of range");
    }
  }

  public ClassRules with(Averaging other) {
    return new ClassRules(other, zeroDivision, positiveClass, beta, minimumN, intervals);
  }

  public ClassRules with(ZeroDivision other) {
    return new ClassRules(averaging, other, positiveClass, beta, minimumN, intervals);
  }

  public ClassRules with(Resampling other) {
    return new ClassRules(averaging, zeroDivision, positiveClass, beta, minimumN, other);
  }

  public ClassRules withMinimum(long other) {
    return new ClassRules(averaging, zeroDivision, positiveClass, beta, other, intervals);
  }
}
