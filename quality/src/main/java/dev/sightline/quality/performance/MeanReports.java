package dev.sightline.quality.performance;

import dev.sightline.quality.window.Window;
import dev.sightline.stats.measure.Resampling;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Makes a [Performance] of what a pass over numbers, rankings or texts has measured in each
/// window.
final class MeanReports {
  private MeanReports() {}

  static Performance ofNumbers(NumberPass pass, MeasureRules rules, List<Window> windows) {
    List<String> notes = new ArrayList<>();
    boolean sampled = false;
    for (int window = 0; window < windows.size(); window++) {
      sampled |= pass.group(window).isSampled();
    }
    if (sampled) {
      notes.add(
          "where a window has very many rows, median, Tweedie deviance, residuals and the intervals"
              + " of R² and explained variance stand on a random sample of them");
    }
    if (pass.unusable() > 0) {
      notes.add(pass.unusable() + " labelled rows are left out: not two finite numbers");
    }
    return performance(
        Task.REGRESSION,
        rules,
        notes,
        scores(pass, rules, windows, window -> NumberScores.residuals(pass.group(window))));
  }

  static Performance ofRankings(RankingPass pass, MeasureRules rules, List<Window> windows) {
    List<String> notes = new ArrayList<>();
    if (pass.unusable() > 0) {
      notes.add(
          pass.unusable()
              + " labelled rows are left out: a prediction must be a list of items or an object of"
              + " their scores, a truth an item, a list of items or an object of their grades");
    }
    List<WindowScores> scores = scores(pass, rules, windows, _ -> new WindowScores.Nothing());
    return performance(Task.RANKING, rules, notes, scores);
  }

  static Performance ofTexts(GenerationPass pass, MeasureRules rules, List<Window> windows) {
    List<WindowScores> scores = new ArrayList<>();
    for (int window = 0; window < windows.size(); window++) {
      scores.add(
          new WindowScores(
              windows.get(window),
              pass.predictions(window),
              pass.labelled(window),
              false,
              pass.measures(window, rules.minimumN(), Resampling.DEFAULT),
              new WindowScores.Texts(pass.finishReasons(window))));
    }
    List<String> notes =
        List.of(
            "whether a generated text is right is not measured: there are its latency, its tokens and"
                + " why it ended, of all predictions");
    return performance(Task.GENERATION, rules, notes, scores);
  }

  private static List<WindowScores> scores(
      MeanPass pass,
      MeasureRules rules,
      List<Window> windows,
      IntFunction<WindowScores.Detail> detail) {
    List<WindowScores> scores = new ArrayList<>();
    for (int window = 0; window < windows.size(); window++) {
      scores.add(
          new WindowScores(
              windows.get(window),
              pass.predictions(window),
              pass.measured(window),
              false,
              pass.measures(window, rules.minimumN(), Resampling.DEFAULT),
              detail.apply(window)));
    }
    return scores;
  }

  private static Performance performance(
      Task task, MeasureRules rules, List<String> notes, List<WindowScores> scores) {
    MeasureVariants variants = rules.variants();
    return new Performance(
        task,
        null,
        List.of(),
        null,
        task == Task.RANKING ? variants.withPlaces(variants.placesOfRankings()) : variants,
        notes,
        scores);
  }
}
