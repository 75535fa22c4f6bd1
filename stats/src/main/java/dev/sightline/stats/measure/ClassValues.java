package dev.sightline.stats.measure;

import java.util.function.ToDoubleFunction;

/// The value of each [ClassMeasure] on counts, by the definitions of scikit-learn
/// (`sklearn.metrics`).
final class ClassValues {
  private final ConfusionCounts counts;
  private final ClassRules rules;

  ClassValues(ConfusionCounts counts, ClassRules rules) {
    this.counts = counts;
    this.rules = rules;
  }

  /// @return NaN where the measure has no value on these counts
  double of(ClassMeasure measure) {
    double n = counts.n();
    ZeroDivision rule = rules.zeroDivision();
    return switch (measure) {
      case ACCURACY -> counts.correct() / n;
      case HAMMING_LOSS -> (n - counts.correct()) / n;
      case BALANCED_ACCURACY -> balancedAccuracy();
      case PRECISION -> averaged(measure, each -> each.precision(rule));
      case RECALL -> averaged(measure, each -> each.recall(rule));
      case SPECIFICITY -> averaged(measure, each -> each.specificity(rule));
      case F1 -> averaged(measure, each -> each.fScore(1, rule));
      case F_BETA -> averaged(measure, each -> each.fScore(rules.beta(), rule));
      case JACCARD -> averaged(measure, each -> each.jaccard(rule));
      case MCC -> mcc();
      case KAPPA -> kappa();
    };
  }

  private double averaged(ClassMeasure measure, ToDoubleFunction<ClassCounts> value) {
    return switch (rules.averaging().of(measure)) {
      case BINARY -> value.applyAsDouble(positive());
      case MICRO -> value.applyAsDouble(pooled());
      case MACRO -> mean(value, false);
      case WEIGHTED, CLARA -> mean(value, true);
    };
  }

  private ClassCounts positive() {
    int positive = rules.positiveClass();
    return positive < counts.classes() ? counts.of(positive) : new ClassCounts(0, 0, 0, counts.n());
  }

  private ClassCounts pooled() {
    ClassCounts sum = new ClassCounts(0, 0, 0, 0);
    for (int each = 0; each < counts.classes(); each++) {
      if (counts.has(each)) {
        sum = sum.plus(counts.of(each));
      }
    }
    return sum;
  }

  private double mean(ToDoubleFunction<ClassCounts> value, boolean bySupport) {
    double sum = 0;
    double weights = 0;
    for (int each = 0; each < counts.classes(); each++) {
      ClassCounts one = counts.of(each);
      double part = value.applyAsDouble(one);
      if (one.support() + one.predicted() > 0 && !Double.isNaN(part)) {
        double weight = bySupport ? one.support() : 1;
        sum += part * weight;
        weights += weight;
      }
    }
    return weights == 0 ? rules.zeroDivision().value() : sum / weights;
  }

  private double balancedAccuracy() {
    double sum = 0;
    int classes = 0;
    for (int each = 0; each < counts.classes(); each++) {
      long support = counts.support(each);
      if (support > 0) {
        sum += (double) counts.count(each, each) / support;
        classes++;
      }
    }
    return sum / classes;
  }

  /// J. Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient"
  /// (2004).
  private double mcc() {
    double n = counts.n();
    double both = 0;
    double truths = 0;
    double predictions = 0;
    for (int each = 0; each < counts.classes(); each++) {
      double support = counts.support(each);
      double predicted = counts.predicted(each);
      both += support * predicted;
      truths += support * support;
      predictions += predicted * predicted;
    }
    double spread = Math.sqrt((n * n - truths) * (n * n - predictions));
    return rules.zeroDivision().divide(counts.correct() * n - both, spread);
  }

  private double kappa() {
    double n = counts.n();
    double expected = 0;
    for (int each = 0; each < counts.classes(); each++) {
      expected += (double) counts.support(each) * counts.predicted(each);
    }
    // Shares of disagreement, seen and by chance.
    double chance = n - expected / n;
    double seen = n - counts.correct();
    return chance == 0 ? rules.zeroDivision().value() : 1 - seen / chance;
  }
}
