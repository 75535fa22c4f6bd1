package dev.sightline.quality.estimate;

import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.query.QueryException;
import dev.sightline.quality.baseline.FeatureKind;
import dev.sightline.quality.baseline.Source;
import dev.sightline.quality.baseline.Sources;
import dev.sightline.quality.inputs.InputRows;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.window.Window;
import dev.sightline.quality.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Estimates how well a model does before the truth arrives. Safe for any number of threads; runs
/// on the caller's.
public final class EstimateQueries {
  /*
   * Decisions 0123, 0128 and 0141. What there is to learn (what probabilities are worth, where a
   * regression errs) is learnt on cases before the range that is asked for. Where too few of those have
   * a truth, as with a model that is young, it is learnt on the labelled cases of the range itself,
   * which the notes say: that fits what it is then asked about, and is only good for watching what has
   * no truth yet.
   */
  private static final Duration PAST = Duration.ofDays(7);
  private static final int FEWEST_LABELLED = 100;

  /// Fewer cases of a window do not tell how it differs from the past.
  private static final int FEWEST_WEIGHED = 30;

  private static final double FEW_EFFECTIVE = 100;
  private static final String OWN_RANGE =
      "learnt on labelled cases of the same range, because there are too few before it:"
          + " estimates of these very cases look better than they are";

  private final PredictionColumns columns;
  private final PredictionSource source;
  private final Supplier<Map<String, String>> tasks;

  /// @param tasks of the models that are configured now, by name
  public EstimateQueries(
      PredictionColumns columns, PredictionSource source, Supplier<Map<String, String>> tasks) {
    this.columns = columns;
    this.source = source;
    this.tasks = tasks;
  }

  /// By the usual method: CBPE of classes, DLE of numbers.
  ///
  /// @param minimumN fewer cases have no measures
  /// @throws QueryException if there is no answer, such as where no probabilities are sent
  public Estimates estimate(Selection selection, long minimumN, Deadline deadline) {
    return estimate(selection, null, minimumN, deadline);
  }

  /// @param method null for the usual one
  public Estimates estimate(
      Selection selection, @Nullable EstimateMethod method, long minimumN, Deadline deadline) {
    List<Source> sources = sources(selection);
    boolean numbers =
        sources.stream()
            .anyMatch(one -> one.name().equals(Source.OUTPUT) && one.kind() == FeatureKind.NUMBER);
    if (numbers && (method == null || method == EstimateMethod.DLE)) {
      return losses(selection, InputRows.read(sources), minimumN, deadline);
    }
    if (numbers || method == EstimateMethod.DLE) {
      throw new QueryException.Failed(
          numbers
              ? "this model answers with numbers: its errors are estimated by dle"
              : "this model answers with classes: estimates are by cbpe or pape");
    }
    boolean weighed = method == EstimateMethod.PAPE;
    List<Source> inputs = weighed ? InputRows.read(sources) : List.of();
    if (weighed && inputs.isEmpty()) {
      throw new QueryException.Failed(
          "pape weighs cases by their inputs, and this model has no numbers, flags or words");
    }
    return classes(selection, inputs, minimumN, deadline);
  }

  private List<Source> sources(Selection selection) {
    String task = tasks.get().getOrDefault(selection.model(), "");
    return Sources.of(ScoreShape.peek(source, selection), Map.of(), task).sources();
  }

  /// @param inputs by which cases are weighed; empty for plain CBPE
  private Estimates classes(
      Selection selection, List<Source> inputs, long minimumN, Deadline deadline) {
    ScoreShape shape = ScoreShape.of(source, selection);
    InputRows.Words words = new InputRows.Words();
    Window past = past(selection);
    ScoredCases labelled =
        ScoredCases.of(columns, in(selection, past), shape, inputs, words, deadline);
    ScoredCases current = ScoredCases.of(columns, selection, shape, inputs, words, deadline);
    List<String> notes = new ArrayList<>();
    if (isOwnRange(labelled.labelled(), current.labelled())) {
      notes.add(OWN_RANGE);
      labelled = current;
      past = whole(selection);
    }
    if (current.seen() > current.count()) {
      notes.add("cases without probabilities, or too many to keep, are left out");
    }
    Calibrations plain = Calibrations.of(labelled, shape.classes().size());
    WeighedCalibrations weighed =
        inputs.isEmpty() ? null : new WeighedCalibrations(labelled, shape.classes().size());
    List<Estimates.OfWindow> estimates = new ArrayList<>();
    for (int window = 0; window < selection.windows().size(); window++) {
      int[] rows = current.in(window);
      Calibrations calibrations =
          weighed == null || rows.length < FEWEST_WEIGHED ? plain : weighed.of(current, rows);
      WindowEstimate counted = new WindowEstimate(shape.classes().size(), minimumN);
      for (int row : rows) {
        counted.add(current, row, calibrations.probabilities(current, row));
      }
      estimates.add(counted.finish(selection.windows().get(window), calibrations));
    }
    if (weighed != null && weighed.fewestEffective() < FEW_EFFECTIVE) {
      notes.add(
          "a window has little in common with the past: its estimate rests on as much as "
              + Math.round(weighed.fewestEffective())
              + " cases tell");
    }
    return new Estimates(
        weighed == null ? EstimateMethod.CBPE : EstimateMethod.PAPE,
        shape.isBinary() ? shape.classes().getLast() : null,
        labelled.labelled(),
        past,
        estimates,
        notes);
  }

  private Estimates losses(
      Selection selection, List<Source> inputs, long minimumN, Deadline deadline) {
    InputRows.Words words = new InputRows.Words();
    Window past = past(selection);
    NumberCases learnt = NumberCases.of(columns, in(selection, past), inputs, words, deadline);
    NumberCases current = NumberCases.of(columns, selection, inputs, words, deadline);
    List<String> notes = new ArrayList<>();
    if (isOwnRange(learnt.labelled().length, current.labelled().length)) {
      notes.add(OWN_RANGE);
      learnt = current;
      past = whole(selection);
    }
    if (current.seen() > current.count()) {
      notes.add("cases without a number, or too many to keep, are left out");
    }
    LossEstimates estimates = new LossEstimates(learnt, current, minimumN);
    return new Estimates(
        EstimateMethod.DLE,
        null,
        learnt.labelled().length,
        past,
        estimates.of(selection.windows()),
        notes);
  }

  /// @return whether the range itself has to be learnt from
  private static boolean isOwnRange(int before, int within) {
    if (before >= FEWEST_LABELLED) {
      return false;
    }
    if (within < FEWEST_LABELLED) {
      throw new QueryException.Failed(
          "estimates need "
              + FEWEST_LABELLED
              + " labelled cases to learn from; there are "
              + before
              + " in the 7 days before, and "
              + within
              + " in the range itself");
    }
    return true;
  }

  private static Window past(Selection selection) {
    long startMs = selection.windows().startMs();
    return new Window(startMs - PAST.toMillis(), startMs, false);
  }

  private static Window whole(Selection selection) {
    return new Window(selection.windows().startMs(), selection.windows().endMs(), false);
  }

  private static Selection in(Selection selection, Window window) {
    return selection.in(Windows.whole(window.startMs(), window.endMs()));
  }
}
