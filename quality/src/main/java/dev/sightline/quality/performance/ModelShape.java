package dev.sightline.quality.performance;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.Query;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.rows.TimeOf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a few of a selection's rows tell about all of them: what is predicted, and of which classes
/// probabilities are sent.
///
/// @param task as configured; else seen from the rows
/// @param scores to be read
record ModelShape(Task task, ScoreColumns scores) {
  private static final int ROWS = 50;

  /// More different whole numbers are not classes.
  private static final int MOST_NUMBERED_CLASSES = 20;

  /// @param configured as the configuration says it; empty where it says nothing
  static ModelShape of(PredictionSource source, Selection selection, String configured) {
    List<Labelled> rows = peek(source, selection);
    Task task =
        switch (configured) {
          case "classification" -> Task.CLASSIFICATION;
          case "regression" -> Task.REGRESSION;
          case "ranking" -> Task.RANKING;
          case "generation" -> Task.GENERATION;
          default -> seen(rows);
        };
    Set<String> classes = new LinkedHashSet<>();
    rows.forEach(row -> classes.addAll(row.prediction().probabilities().keySet()));
    boolean few = classes.size() <= ClassCodes.MOST;
    return new ModelShape(
        task, few ? new ScoreColumns(List.copyOf(classes), true) : ScoreColumns.NONE);
  }

  /// Scores of many segments share little room: only those that are asked for are kept.
  ScoreColumns scoresFor(String measure, MeasureRules rules) {
    boolean needed = MeasureNames.ofCounts(measure) == null || rules.variants().threshold() != null;
    return needed ? scores : ScoreColumns.NONE;
  }

  /// The newest and the oldest ones.
  static List<Labelled> peek(PredictionSource source, Selection selection) {
    boolean byTruth = selection.timeOf() == TimeOf.TRUTH;
    long startMs = byTruth ? Long.MIN_VALUE / 4 : selection.windows().startMs();
    long endMs = byTruth ? Long.MAX_VALUE / 4 : selection.windows().endMs();
    List<Labelled> rows = new ArrayList<>();
    for (boolean newestFirst : new boolean[] {true, false}) {
      Query query =
          new Query(
              selection.model(), startMs, endMs, selection.version(), newestFirst, ROWS, null);
      rows.addAll(source.list(query).predictions());
    }
    return rows;
  }

  private static Task seen(List<Labelled> rows) {
    if (areNumbers(rows)) {
      return Task.REGRESSION;
    }
    if (areTexts(rows)) {
      return Task.GENERATION;
    }
    return areRankings(rows) ? Task.RANKING : Task.CLASSIFICATION;
  }

  /// Numbers with a fraction, or many different ones.
  private static boolean areNumbers(List<Labelled> rows) {
    Set<Double> values = new HashSet<>();
    boolean fraction = false;
    for (Labelled row : rows) {
      GroundTruth truth = row.truth();
      List<Datum> data =
          truth == null
              ? List.of(row.prediction().output())
              : List.of(row.prediction().output(), truth.value());
      for (Datum datum : data) {
        if (!(datum instanceof Datum.Amount(double value))) {
          return false;
        }
        fraction |= value != Math.rint(value);
        values.add(value);
      }
    }
    return fraction || values.size() > MOST_NUMBERED_CLASSES;
  }

  /// What the gateway stores of generated texts.
  private static boolean areTexts(List<Labelled> rows) {
    return !rows.isEmpty()
        && rows.stream()
            .allMatch(
                row ->
                    row.prediction().output() instanceof Datum.Fields(Map<String, Datum> fields)
                        && fields.containsKey("finish_reason"));
  }

  /// Lists of items, whose truths are lists, too; some of them known.
  private static boolean areRankings(List<Labelled> rows) {
    boolean known = false;
    for (Labelled row : rows) {
      GroundTruth truth = row.truth();
      if (!(row.prediction().output() instanceof Datum.Items)
          && !RankedItems.isRanking(row.prediction().output())) {
        return false;
      }
      if (truth != null) {
        known = true;
        if (RankedItems.of(row.prediction().output(), truth.value()) == null
            || !(truth.value() instanceof Datum.Items || truth.value() instanceof Datum.Fields)) {
          return false;
        }
      }
    }
    return known;
  }
}
