package dev.sightline.quality.performance;

import dev.sightline.model.query.QueryException;
import dev.sightline.stats.measure.Averaging;
import dev.sightline.stats.measure.ChangeOfMeasure;
import dev.sightline.stats.measure.ChangeOfMeasure.Side;
import dev.sightline.stats.measure.ClassCounts;
import dev.sightline.stats.measure.ClassMeasure;
import dev.sightline.stats.measure.ClassProbabilities;
import dev.sightline.stats.measure.ClassRules;
import dev.sightline.stats.measure.ClassificationReport;
import dev.sightline.stats.measure.ConfusionCounts;
import dev.sightline.stats.measure.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Takes a change of a measure of classes apart, by class or by segment.
final class ClassChange {
  /*
   * What splits exactly is a ratio of sums over the parts.
   *     accuracy            right / rows                            of classes and of segments
   *     of one class        such as tp / predicted, 2 tp / (support + predicted)      of segments
   *     micro               the same of all classes together        of classes and of segments
   *     macro, weighted     sum w v / sum w of the classes' values v, w = 1 or support      of classes
   *     log loss, Brier     sum of losses / scored rows             of classes and of segments
   * The macro F1 of a whole does not follow from those of its segments: that is refused, not estimated.
   */
  private final String measure;
  private final ClassRules rules;
  private final List<String> classes;
  private final ClassTable before;
  private final ClassTable after;
  private final MeasureVariants variants;

  private ClassChange(String measure, MeasureRules asked, List<ClassTable> windows) {
    this.measure = measure;
    this.before = windows.getFirst();
    this.after = windows.getLast();
    this.classes = before.classes();
    this.rules = ClassReports.rules(asked, classes, 2).withMinimum(1);
    this.variants = asked.variants();
  }

  /// @throws QueryException if the measure does not split
  static void check(String measure) {
    ClassMeasure wanted = MeasureNames.ofCounts(measure);
    boolean splits =
        wanted == null
            ? measure.equals("log_loss") || measure.equals("brier")
            : wanted.isAveraged()
                || wanted == ClassMeasure.ACCURACY
                || wanted == ClassMeasure.HAMMING_LOSS;
    if (!splits) {
      throw new QueryException.Failed(
          "\""
              + measure
              + "\" does not split into parts exactly; those that do are accuracy, hamming_loss,"
              + " precision, recall, specificity, f1, f2, jaccard, log_loss, brier");
    }
  }

  /// @param pass the rows of each segment twice; null where the parts are classes
  /// @param whole the same rows in two groups, before and after
  static Change of(
      String measure,
      MeasureRules asked,
      @Nullable ClassPass pass,
      ClassPass whole,
      @Nullable SegmentGrouping segments) {
    List<ClassTable> windows = ClassTable.of(whole, 2, asked);
    ClassChange change = new ClassChange(measure, asked, windows);
    ChangeReport.check(
        (double) windows.getFirst().counts().n(), (double) windows.getLast().counts().n());
    List<Side> sides =
        pass == null || segments == null
            ? change.byClass()
            : change.bySegment(ClassTable.of(pass, 2 * segments.size(), asked), segments);
    Measured before = change.value(change.before);
    Measured after = change.value(change.after);
    ChangeReport.check(
        sides.stream().mapToDouble(Side::ofBefore).sum(),
        sides.stream().mapToDouble(Side::ofAfter).sum());
    return ChangeReport.change(measure, before, after, ChangeOfMeasure.of(sides));
  }

  private Measured value(ClassTable table) {
    ClassificationReport report = ClassificationReport.of(table.counts(), rules);
    Measured found = ClassScores.of(table, rules, variants, report).get(measure);
    return found == null ? new Measured.NotEnough(0, 1) : found;
  }

  private List<Side> byClass() {
    ClassMeasure wanted = MeasureNames.ofCounts(measure);
    List<Side> sides = new ArrayList<>();
    for (int each = 0; each < classes.size(); each++) {
      Ratio one = wanted == null ? losses(before, each) : ofClass(wanted, before, each);
      Ratio two = wanted == null ? losses(after, each) : ofClass(wanted, after, each);
      sides.add(side(classes.get(each), one, two));
    }
    return sides;
  }

  private List<Side> bySegment(List<ClassTable> tables, SegmentGrouping segments) {
    ClassMeasure wanted = MeasureNames.ofCounts(measure);
    List<Side> sides = new ArrayList<>();
    for (int segment = 0; segment < segments.size(); segment++) {
      ClassTable first = tables.get(2 * segment);
      ClassTable second = tables.get(2 * segment + 1);
      Ratio one = wanted == null ? losses(first, -1) : ofSegment(wanted, first);
      Ratio two = wanted == null ? losses(second, -1) : ofSegment(wanted, second);
      sides.add(side(ChangeReport.name(segments, segment), one, two));
    }
    return sides;
  }

  /// A part of the numerator and of the denominator of a measure.
  private record Ratio(double part, double of) {
    static final Ratio NONE = new Ratio(0, 0);
  }

  private static Side side(String name, Ratio before, Ratio after) {
    return new Side(name, before.part(), before.of(), after.part(), after.of());
  }

  private Ratio ofClass(ClassMeasure wanted, ClassTable table, int oneClass) {
    ConfusionCounts counts = table.counts();
    ClassCounts one = counts.of(oneClass);
    if (!wanted.isAveraged()) {
      return ofRows(wanted, one.truePositives(), one.support());
    }
    return switch (averaging(wanted)) {
      case MICRO -> counts.has(oneClass) ? ratio(wanted, one) : Ratio.NONE;
      case MACRO, WEIGHTED -> averaged(wanted, counts, oneClass);
      case BINARY, CLARA ->
          throw new QueryException.Failed(
              "\"" + measure + "\" of one class has no classes to split by; name a feature in by");
    };
  }

  private Ratio averaged(ClassMeasure wanted, ConfusionCounts counts, int oneClass) {
    ClassCounts one = counts.of(oneClass);
    double weight = averaging(wanted) == Averaging.WEIGHTED ? one.support() : 1;
    Ratio ratio = ratio(wanted, one);
    double value = rules.zeroDivision().divide(ratio.part(), ratio.of());
    return counts.has(oneClass) && !Double.isNaN(value)
        ? new Ratio(weight * value, weight)
        : Ratio.NONE;
  }

  private Ratio ofSegment(ClassMeasure wanted, ClassTable table) {
    ConfusionCounts counts = table.counts();
    if (!wanted.isAveraged()) {
      return ofRows(wanted, counts.correct(), counts.n());
    }
    return switch (averaging(wanted)) {
      case BINARY -> ratio(wanted, counts.of(rules.positiveClass()));
      case MICRO -> ratio(wanted, pooled(counts));
      case MACRO, WEIGHTED, CLARA ->
          throw new QueryException.Failed(
              "the "
                  + averaging(wanted).name().toLowerCase(Locale.ROOT)
                  + " \""
                  + measure
                  + "\" of a whole does not follow from those of its segments; split it by class, or"
                  + " ask for average=binary or micro");
    };
  }

  private Ratio ofRows(ClassMeasure wanted, long correct, long rows) {
    return switch (wanted) {
      case ACCURACY -> new Ratio(correct, rows);
      case HAMMING_LOSS -> new Ratio((double) rows - correct, rows);
      default -> throw new IllegalStateException("BUG: " + wanted + " is no share of rows");
    };
  }

  private static ClassCounts pooled(ConfusionCounts counts) {
    ClassCounts sum = new ClassCounts(0, 0, 0, 0);
    for (int each = 0; each < counts.classes(); each++) {
      if (counts.has(each)) {
        sum = sum.plus(counts.of(each));
      }
    }
    return sum;
  }

  private Ratio ratio(ClassMeasure wanted, ClassCounts counts) {
    double hits = counts.truePositives();
    double square = rules.beta() * rules.beta();
    return switch (wanted) {
      case PRECISION -> new Ratio(hits, counts.predicted());
      case RECALL -> new Ratio(hits, counts.support());
      case SPECIFICITY -> new Ratio(counts.trueNegatives(), counts.negatives());
      case F1 -> new Ratio(2 * hits, (double) counts.support() + counts.predicted());
      case F_BETA -> new Ratio((1 + square) * hits, square * counts.support() + counts.predicted());
      case JACCARD -> new Ratio(hits, (double) counts.support() + counts.falsePositives());
      case ACCURACY, BALANCED_ACCURACY, MCC, KAPPA, HAMMING_LOSS ->
          throw new IllegalStateException("BUG: " + wanted + " is not averaged");
    };
  }

  /// @param oneClass of the truth; -1 for all
  private Ratio losses(ClassTable table, int oneClass) {
    if (!table.hasProbabilities()) {
      return Ratio.NONE;
    }
    ClassProbabilities rows = table.matrix();
    double[] losses = measure.equals("brier") ? rows.squaredDistances() : rows.logLosses();
    double sum = 0;
    double count = 0;
    for (int row = 0; row < losses.length; row++) {
      if (oneClass < 0 || rows.truth()[row] == oneClass) {
        sum += losses[row];
        count++;
      }
    }
    return new Ratio(sum * table.rowsPerScored(), count * table.rowsPerScored());
  }

  private Averaging averaging(ClassMeasure wanted) {
    return switch (rules.averaging()) {
      case CLARA -> wanted == ClassMeasure.RECALL ? Averaging.MICRO : Averaging.WEIGHTED;
      case BINARY, MICRO, MACRO, WEIGHTED -> rules.averaging();
    };
  }
}
