package dev.sightline.quality.estimate;

import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.query.QueryException;
import dev.sightline.quality.performance.Deadline;
import dev.sightline.quality.performance.Selection;
import dev.sightline.quality.window.Window;
import dev.sightline.quality.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Estimates how well a classifier does before the truth arrives. Safe for any number of threads;
/// runs on the caller's.
public final class EstimateQueries {
  /*
   * Confidence-based performance estimation: see decision 0123. Probabilities are calibrated on cases
   * before the range that is asked for. Where too few of those have a truth, as with a model that is
   * young, they are calibrated on the labelled cases of the range itself, which the notes say: that
   * fits what it is then asked about, and is only good for watching what has no truth yet.
   */
  private static final Duration PAST = Duration.ofDays(7);
  private static final int FEWEST_LABELLED = 100;

  private final PredictionColumns columns;
  private final PredictionSource source;

  public EstimateQueries(PredictionColumns columns, PredictionSource source) {
    this.columns = columns;
    this.source = source;
  }

  /// @param minimumN fewer cases have no measures
  /// @throws QueryException if there is no answer, such as where no probabilities are sent
  public Estimates estimate(Selection selection, long minimumN, Deadline deadline) {
    ScoreShape shape = ScoreShape.of(source, selection);
    List<String> notes = new ArrayList<>();
    Windows windows = selection.windows();
    long startMs = windows.startMs();
    Window past = new Window(startMs - PAST.toMillis(), startMs, false);
    ScoredCases labelled = cases(selection, past, shape, deadline);
    ScoredCases current = ScoredCases.of(columns, selection, shape, deadline);
    if (labelled.labelled() < FEWEST_LABELLED) {
      if (current.labelled() < FEWEST_LABELLED) {
        throw new QueryException.Failed(
            "estimates need "
                + FEWEST_LABELLED
                + " labelled cases to learn from; there are "
                + labelled.labelled()
                + " in the 7 days before, and "
                + current.labelled()
                + " in the range itself");
      }
      notes.add(
          "calibrated on labelled cases of the same range, because there are too few before it:"
              + " estimates of these very cases look better than they are");
      labelled = current;
      past = new Window(startMs, windows.endMs(), false);
    }
    Calibrations calibrations = Calibrations.of(labelled, shape.classes().size());
    if (current.seen() > current.count()) {
      notes.add("cases without probabilities, or too many to keep, are left out");
    }
    return new Estimates(
        shape.isBinary() ? shape.classes().getLast() : null,
        labelled.labelled(),
        past,
        estimates(current, calibrations, shape, windows, minimumN),
        notes);
  }

  private ScoredCases cases(
      Selection selection, Window window, ScoreShape shape, Deadline deadline) {
    Selection past = selection.in(Windows.whole(window.startMs(), window.endMs()));
    return ScoredCases.of(columns, past, shape, deadline);
  }

  private static List<Estimates.OfWindow> estimates(
      ScoredCases cases,
      Calibrations calibrations,
      ScoreShape shape,
      Windows windows,
      long minimumN) {
    List<WindowEstimate> counted = new ArrayList<>();
    for (int window = 0; window < windows.size(); window++) {
      counted.add(new WindowEstimate(shape.classes().size(), minimumN));
    }
    for (int row = 0; row < cases.count(); row++) {
      counted.get(cases.window(row)).add(cases, row, calibrations.probabilities(cases, row));
    }
    List<Estimates.OfWindow> estimates = new ArrayList<>();
    for (int window = 0; window < counted.size(); window++) {
      estimates.add(counted.get(window).finish(windows.get(window), calibrations));
    }
    return estimates;
  }
}
