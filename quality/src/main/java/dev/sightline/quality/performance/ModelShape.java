package dev.sightline.quality.performance;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.Query;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a few of a selection's rows tell about all of them: whether numbers or classes are
/// predicted, and of which classes probabilities are sent.
///
/// @param task as configured; else numbers where outputs and truths are numbers with a fraction, or
///   many different ones
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
          default -> areNumbers(rows) ? Task.REGRESSION : Task.CLASSIFICATION;
        };
    Set<String> classes = new LinkedHashSet<>();
    rows.forEach(row -> classes.addAll(row.prediction().probabilities().keySet()));
    boolean few = classes.size() <= ClassCodes.MOST;
    return new ModelShape(
        task, few ? new ScoreColumns(List.copyOf(classes), true) : ScoreColumns.NONE);
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
}
