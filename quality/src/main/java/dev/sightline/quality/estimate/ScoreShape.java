package dev.sightline.quality.estimate;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.Query;
import dev.sightline.model.query.QueryException;
import dev.sightline.quality.rows.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which probabilities a model sends.
///
/// @param classes all of them, by the alphabet; the last of two is the positive one
/// @param scored those whose probabilities are sent
/// @param byConfidence whether only that of the answer is sent, by which two classes have theirs
record ScoreShape(List<String> classes, List<String> scored, boolean byConfidence) {
  private static final int PEEKED = 200;
  private static final int MOST_CLASSES = 50;

  ScoreShape {
    classes = List.copyOf(classes);
    scored = List.copyOf(scored);
  }

  boolean isBinary() {
    return classes.size() == 2;
  }

  /// @throws QueryException.Failed if estimates are not available, with the reason
  static ScoreShape of(PredictionSource source, Selection selection) {
    Set<String> classes = new TreeSet<>();
    Set<String> scored = new TreeSet<>();
    boolean confident = false;
    for (Labelled row : peek(source, selection)) {
      scored.addAll(row.prediction().probabilities().keySet());
      confident |= row.prediction().confidence() != null;
      add(classes, row.prediction().output());
      if (row.truth() != null) {
        add(classes, row.truth().value());
      }
    }
    if (scored.isEmpty() && !confident) {
      throw new QueryException.Failed(
          "labels only: estimates are unavailable, they need probabilities");
    }
    classes.addAll(scored);
    if (classes.size() > MOST_CLASSES || classes.size() < 2) {
      throw new QueryException.Failed(
          "estimates need from 2 to " + MOST_CLASSES + " classes, not " + classes.size());
    }
    boolean byConfidence = scored.isEmpty();
    if (byConfidence && classes.size() > 2) {
      throw new QueryException.Failed(
          "estimates of more than two classes need the probability of each, not the confidence alone");
    }
    return new ScoreShape(new ArrayList<>(classes), new ArrayList<>(scored), byConfidence);
  }

  private static void add(Set<String> classes, Datum value) {
    switch (value) {
      case Datum.Text(String text) -> classes.add(text);
      case Datum.Flag(boolean flag) -> classes.add(Boolean.toString(flag));
      case Datum.Amount(double amount) ->
          classes.add(
              amount == Math.rint(amount) ? Long.toString((long) amount) : Double.toString(amount));
      case Datum.Missing _, Datum.Items _, Datum.Fields _ -> {}
    }
  }

  /// The newest and the oldest rows.
  static List<Labelled> peek(PredictionSource source, Selection selection) {
    List<Labelled> rows = new ArrayList<>();
    for (boolean newestFirst : new boolean[] {true, false}) {
      Query query =
          new Query(
              selection.model(),
              Long.MIN_VALUE / 4,
              selection.windows().endMs(),
              selection.version(),
              newestFirst,
              PEEKED,
              null);
      rows.addAll(source.list(query).predictions());
    }
    return rows;
  }
}
