package dev.sightline.quality.performance;

import dev.sightline.quality.window.Window;
import dev.sightline.stats.measure.Resampling;
import java.util.ArrayList;
import java.util.List;

/// Makes a [Performance] of the errors that a pass over numbers has summed in each window.
final class NumberReports {
  private NumberReports() {}

  static Performance of(NumberPass pass, long minimumN, List<Window> windows) {
    List<WindowScores> scores = new ArrayList<>();
    boolean sampled = false;
    for (int number = 0; number < windows.size(); number++) {
      NumberGroup group = pass.group(number);
      sampled |= group.isSampled();
      scores.add(
          new WindowScores(
              windows.get(number),
              group.n(),
              group.sums().n(),
              false,
              NumberScores.of(group, minimumN, Resampling.DEFAULT),
              NumberScores.residuals(group)));
    }
    List<String> notes = new ArrayList<>();
    if (sampled) {
      notes.add(
          "where a window has very many rows, median, Tweedie deviance and residuals stand on a"
              + " random sample of them");
    }
    if (pass.unusable() > 0) {
      notes.add(pass.unusable() + " labelled rows are left out: not two finite numbers");
    }
    return new Performance(Task.REGRESSION, null, List.of(), null, notes, scores);
  }
}
