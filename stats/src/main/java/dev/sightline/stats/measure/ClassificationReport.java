package dev.sightline.stats.measure;

import dev.sightline.stats.probability.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Every measure of one window that follows from its counts, each with n and an interval.
///
/// @param n labelled observations
/// @param rules by which the measures were made
/// @param measures all of [ClassMeasure]
/// @param classes those that occur, by rising number
public record ClassificationReport(
    long n, ClassRules rules, Map<ClassMeasure, Measured> measures, List<ClassRow> classes) {
  public ClassificationReport {
    measures = Collections.unmodifiableMap(new EnumMap<>(measures));
    classes = List.copyOf(classes);
  }

  /// One class against all others.
  ///
  /// @param support true cases
  /// @param predicted cases predicted as this class
  public record ClassRow(
      int oneClass,
      long support,
      long predicted,
      Measured precision,
      Measured recall,
      Measured specificity,
      Measured f1,
      Measured jaccard) {}

  public static ClassificationReport of(ConfusionCounts counts, ClassRules rules) {
    Map<ClassMeasure, Measured> measures = new EnumMap<>(ClassMeasure.class);
    if (counts.n() < rules.minimumN()) {
      for (ClassMeasure measure : ClassMeasure.values()) {
        measures.put(measure, new Measured.NotEnough(counts.n(), rules.minimumN()));
      }
    } else {
      measures.putAll(measured(counts, rules));
    }
    List<ClassRow> rows = new ArrayList<>();
    for (int each = 0; each < counts.classes(); each++) {
      if (counts.has(each)) {
        rows.add(row(each, counts.of(each), rules));
      }
    }
    return new ClassificationReport(counts.n(), rules, measures, rows);
  }

  private static Map<ClassMeasure, Measured> measured(ConfusionCounts counts, ClassRules rules) {
    Map<ClassMeasure, double[]> resampled = resampled(counts, rules);
    double level = rules.intervals().level();
    double n = counts.n();
    ClassValues values = new ClassValues(counts, rules);
    Map<ClassMeasure, Measured> measures = new EnumMap<>(ClassMeasure.class);
    resampled.forEach(
        (measure, again) -> {
          Interval interval =
              switch (measure) {
                case ACCURACY -> Wilson.interval((double) counts.correct(), n, level);
                case HAMMING_LOSS -> Wilson.interval(n - counts.correct(), n, level);
                default -> Bootstrap.percentiles(again, level);
              };
          measures.put(measure, known(values.of(measure), counts.n(), interval));
        });
    return measures;
  }

  /// Every measure of every resample.
  private static Map<ClassMeasure, double[]> resampled(ConfusionCounts counts, ClassRules rules) {
    RandomGenerator random = Seed.generator(rules.intervals().seed());
    Map<ClassMeasure, double[]> resampled = new EnumMap<>(ClassMeasure.class);
    for (ClassMeasure measure : ClassMeasure.values()) {
      resampled.put(measure, new double[rules.intervals().resamples()]);
    }
    for (int round = 0; round < rules.intervals().resamples(); round++) {
      ClassValues values = new ClassValues(Bootstrap.redrawn(counts, random), rules);
      int place = round;
      resampled.forEach((measure, again) -> again[place] = values.of(measure));
    }
    return resampled;
  }

  private static ClassRow row(int oneClass, ClassCounts counts, ClassRules rules) {
    long union = counts.truePositives() + counts.falsePositives() + counts.falseNegatives();
    return new ClassRow(
        oneClass,
        counts.support(),
        counts.predicted(),
        share(counts.truePositives(), counts.predicted(), "it was never predicted", rules),
        share(counts.truePositives(), counts.support(), "it has no true cases", rules),
        share(counts.trueNegatives(), counts.negatives(), "no other class has true cases", rules),
        f1(counts, union, rules),
        share(counts.truePositives(), union, "it does not occur", rules));
  }

  /*
   * F1 = 2 tp / (support + predicted) is no share of independent trials, but J = tp / (tp + fp + fn) is one, given
   * the union, and F1 = 2 J / (1 + J) rises with J: the ends of J's interval are those of F1's.
   */
  private static Measured f1(ClassCounts counts, long union, ClassRules rules) {
    double value = counts.fScore(1, rules.zeroDivision());
    if (union == 0 || Double.isNaN(value)) {
      return known(value, counts.support(), null);
    }
    Interval ofUnion =
        Wilson.interval((double) counts.truePositives(), (double) union, rules.intervals().level());
    return new Measured.Known(
        value,
        counts.support(),
        new Interval(
            2 * ofUnion.low() / (1 + ofUnion.low()),
            2 * ofUnion.high() / (1 + ofUnion.high()),
            ofUnion.level(),
            ofUnion.kind()));
  }

  private static Measured share(long part, long whole, String why, ClassRules rules) {
    if (whole > 0) {
      return Wilson.share(part, whole, 1, rules.intervals().level());
    }
    double value = rules.zeroDivision().value();
    return Double.isNaN(value)
        ? new Measured.Undefined(0, why)
        : new Measured.Known(value, 0, null);
  }

  private static Measured known(double value, long n, @Nullable Interval interval) {
    return Double.isNaN(value)
        ? new Measured.Undefined(n, "it would divide by zero")
        : new Measured.Known(value, n, interval);
  }
}
