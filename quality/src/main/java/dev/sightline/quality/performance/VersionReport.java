package dev.sightline.quality.performance;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Column.Texts;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.quality.performance.VersionComparison.Pair;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.stats.measure.ClassMeasure;
import dev.sightline.stats.measure.ClassRules;
import dev.sightline.stats.measure.ClassificationReport;
import dev.sightline.stats.measure.Comparison;
import dev.sightline.stats.measure.ConfusionCounts;
import dev.sightline.stats.measure.Measured;
import dev.sightline.stats.measure.Resampling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares what a pass has counted of two versions.
final class VersionReport {
  private static final double LEVEL = 0.95;

  private static final List<String> NOTES =
      List.of("the versions saw different rows: a difference may be one of their cases");

  /// Of fewer rows they are larger, whatever the model does.
  private static final Set<String> UNTESTED = Set.of("ece", "mce");

  private VersionReport() {}

  /// The first version is group 0, the second 1; others have none.
  static Grouping grouping(RowScan scan, String first, String second) {
    int column = scan.texts(new Field.Version());
    return new Grouping() {
      private Texts versions = new Texts(new int[0], List.of());

      @Override
      public void begin(Batch batch) {
        versions = RowScan.texts(batch, column);
      }

      @Override
      public int of(int window, int row) {
        int code = versions.codes()[row];
        String version = code < 0 ? "" : versions.words().get(code);
        return version.equals(first) ? 0 : version.equals(second) ? 1 : -1;
      }
    };
  }

  static VersionComparison ofClasses(ClassPass pass, MeasureRules asked) {
    List<ClassTable> tables = ClassTable.of(pass, 2, asked);
    ClassTable first = tables.getFirst();
    ClassTable second = tables.getLast();
    ClassRules rules = ClassReports.rules(asked, first.classes(), 4);
    Map<String, Measured> ofFirst = measures(first, rules, asked.variants());
    Map<String, Measured> ofSecond = measures(second, rules, asked.variants());
    Map<String, Pair> pairs = new LinkedHashMap<>();
    ofFirst.forEach(
        (name, one) -> {
          Measured two = ofSecond.get(name);
          if (two != null) {
            pairs.put(name, new Pair(one, two, comparison(name, one, two, tables, rules)));
          }
        });
    return new VersionComparison(pairs, NOTES);
  }

  private static Map<String, Measured> measures(
      ClassTable table, ClassRules rules, MeasureVariants variants) {
    return ClassScores.of(table, rules, variants, ClassificationReport.of(table.counts(), rules));
  }

  private static @Nullable Comparison comparison(
      String name, Measured one, Measured two, List<ClassTable> tables, ClassRules rules) {
    if (!(one instanceof Measured.Known) || !(two instanceof Measured.Known)) {
      return null;
    }
    if (UNTESTED.contains(name)) {
      return null;
    }
    ConfusionCounts first = tables.getFirst().counts();
    ConfusionCounts second = tables.getLast().counts();
    ClassMeasure measure = MeasureNames.ofCounts(name);
    if (measure == ClassMeasure.ACCURACY) {
      return Comparison.ofShares(first.correct(), first.n(), second.correct(), second.n(), LEVEL);
    }
    if (measure != null) {
      return Comparison.ofCounts(first, second, measure, rules);
    }
    if (name.equals("roc_auc") && tables.getFirst().classes().size() == 2) {
      int positive = Math.min(1, rules.positiveClass());
      return Comparison.ofRocAreas(
          tables.getFirst().against(positive), tables.getLast().against(positive), LEVEL);
    }
    return ofEstimates(one, two);
  }

  static VersionComparison ofMeans(MeanPass pass, long minimumN) {
    Map<String, Measured> first = pass.measures(0, minimumN, Resampling.DEFAULT);
    Map<String, Measured> second = pass.measures(1, minimumN, Resampling.DEFAULT);
    Map<String, Pair> pairs = new LinkedHashMap<>();
    first.forEach(
        (name, one) -> {
          Measured two = second.get(name);
          if (two != null) {
            pairs.put(name, new Pair(one, two, ofEstimates(one, two)));
          }
        });
    return new VersionComparison(pairs, NOTES);
  }

  private static @Nullable Comparison ofEstimates(Measured first, Measured second) {
    return first instanceof Measured.Known one && second instanceof Measured.Known two
        ? Comparison.ofDifferentRows(one, two, LEVEL)
        : null;
  }
}
