package dev.sightline.quality.performance;

import dev.sightline.stats.measure.Averaging;
import dev.sightline.stats.measure.Calibration;
import dev.sightline.stats.measure.ClassAreas;
import dev.sightline.stats.measure.ClassMeasure;
import dev.sightline.stats.measure.ClassProbabilities;
import dev.sightline.stats.measure.ClassRules;
import dev.sightline.stats.measure.ClassificationReport;
import dev.sightline.stats.measure.Measured;
import dev.sightline.stats.measure.Resampling;
import dev.sightline.stats.measure.ScoredTruths;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// The measures of one table by the names under which they are shown and written as series.
final class ClassScores {
  /// Each pair of classes is sorted on its own: beyond this many classes, hundreds of times.
  private static final int MOST_PAIRED_CLASSES = 20;

  private final ClassTable table;
  private final ClassRules rules;
  private final MeasureVariants variants;
  private final Map<String, Measured> measures = new LinkedHashMap<>();

  private ClassScores(ClassTable table, ClassRules rules, MeasureVariants variants) {
    this.table = table;
    this.rules = rules;
    this.variants = variants;
  }

  /// Those that can be had of these rows; empty without labelled ones.
  static Map<String, Measured> of(
      ClassTable table, ClassRules rules, MeasureVariants variants, ClassificationReport report) {
    ClassScores scores = new ClassScores(table, rules, variants);
    if (report.n() > 0) {
      report
          .measures()
          .forEach((measure, value) -> scores.measures.put(name(measure, rules.beta()), value));
      scores.addScored();
    }
    return scores.measures;
  }

  static String name(ClassMeasure measure, double beta) {
    return measure == ClassMeasure.F_BETA && beta == MeasureVariants.USUAL_BETA
        ? "f2"
        : measure.name().toLowerCase(Locale.ROOT);
  }

  static String topName(int places) {
    return "top_" + places;
  }

  private void addScored() {
    if (table.hasProbabilities()) {
      ClassProbabilities rows = table.matrix();
      Resampling intervals = rules.intervals();
      if (table.classes().size() == 2) {
        addBinary();
      } else {
        addMulticlass(rows);
      }
      put("log_loss", () -> rows.logLoss(intervals));
      put("brier", () -> rows.brier(intervals));
    }
    if (table.scoredRows() > 0) {
      addCalibration();
    }
  }

  private void addBinary() {
    int positive = Math.min(rules.positiveClass(), 1);
    ScoredTruths scored = table.against(positive);
    put("roc_auc", () -> scored.rocAuc(rules.minimumN(), rules.intervals().level()));
    put(
        "average_precision",
        () -> scored.averagePrecision(rules.minimumN(), rules.intervals().level()));
  }

  private void addMulticlass(ClassProbabilities rows) {
    int classes = table.classes().size();
    for (int places : variants.placesOfClasses()) {
      if (places < classes) {
        put(topName(places), () -> rows.topK(places, rules.intervals()));
      }
    }
    Averaging averaging =
        switch (rules.averaging()) {
          case MICRO, WEIGHTED -> rules.averaging();
          case MACRO, BINARY, CLARA -> Averaging.MACRO;
        };
    ClassAreas areas = new ClassAreas(rows, rules.intervals().level());
    put("roc_auc", () -> everyClass(() -> areas.rocOneVersusRest(averaging)));
    if (classes <= MOST_PAIRED_CLASSES) {
      Averaging paired = averaging == Averaging.MICRO ? Averaging.MACRO : averaging;
      put("roc_auc_ovo", () -> everyClass(() -> areas.rocOneVersusOne(paired)));
    }
    put("average_precision", () -> everyClass(() -> areas.averagePrecision(averaging)));
  }

  private Measured everyClass(Supplier<Measured> measure) {
    for (int each = 0; each < table.classes().size(); each++) {
      if (noneIs(table.isTrue(each))) {
        return new Measured.Undefined(
            table.scoredRows(), "class \"" + table.classes().get(each) + "\" has no true cases");
      }
    }
    return measure.get();
  }

  private static boolean noneIs(boolean[] values) {
    for (boolean value : values) {
      if (value) {
        return false;
      }
    }
    return true;
  }

  /// Of two classes by the probability of the positive one, of more by that of what was predicted.
  private void addCalibration() {
    boolean binary = table.hasProbabilities() && table.classes().size() == 2;
    Calibration calibration =
        binary
            ? calibration(table, Math.min(rules.positiveClass(), 1), variants, rules.intervals())
            : Calibration.of(
                table.confidences(), table.isCorrect(), variants.bins(), rules.intervals());
    put("ece", calibration::expectedError);
    put("mce", calibration::worstError);
  }

  /// Whether the probability of one class keeps its word.
  static Calibration calibration(
      ClassTable table, int oneClass, MeasureVariants variants, Resampling intervals) {
    return Calibration.of(
        table.probabilities(oneClass), table.isTrue(oneClass), variants.bins(), intervals);
  }

  private void put(String name, Supplier<Measured> measure) {
    int n = table.scoredRows();
    measures.put(
        name, n < rules.minimumN() ? new Measured.NotEnough(n, rules.minimumN()) : measure.get());
  }
}
