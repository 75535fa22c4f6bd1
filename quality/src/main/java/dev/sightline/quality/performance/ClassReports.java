package dev.sightline.quality.performance;

import dev.sightline.model.query.QueryException;
import dev.sightline.quality.window.Window;
import dev.sightline.stats.measure.Averaging;
import dev.sightline.stats.measure.CarriedForward;
import dev.sightline.stats.measure.ClassRules;
import dev.sightline.stats.measure.ClassificationReport;
import dev.sightline.stats.measure.Measured;
import dev.sightline.stats.measure.Resampling;
import dev.sightline.stats.measure.ZeroDivision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a [Performance] of what a pass over classes has counted in each window.
final class ClassReports {
  /// What the CLARA monitor draws, and carries over days without data.
  private static final List<String> CARRIED = List.of("accuracy", "precision", "recall", "f1");

  /// Work of resampling in one answer, in cells of counts: about a second.
  private static final long MOST_RESAMPLED_CELLS = 40_000_000;

  private ClassReports() {}

  static Performance of(ClassPass pass, MeasureRules rules, List<Window> windows) {
    List<ClassTable> tables = ClassTable.of(pass, windows.size(), rules);
    List<String> classes = tables.getFirst().classes();
    ClassRules made = rules(rules, classes, windows.size());
    List<WindowScores> scores = new ArrayList<>();
    for (int window = 0; window < windows.size(); window++) {
      scores.add(scores(windows.get(window), tables.get(window), made, rules.variants()));
    }
    boolean clara = rules.averaging() == Averaging.CLARA;
    return new Performance(
        Task.CLASSIFICATION,
        rules.averaging(),
        classes,
        positive(rules, classes),
        variants(rules, made),
        notes(pass, tables, made),
        clara ? carried(scores) : scores);
  }

  /// @throws QueryException if the classes do not fit what was asked
  static ClassRules rules(MeasureRules asked, List<String> classes, int tables) {
    String positive = positive(asked, classes);
    if (asked.averaging() == Averaging.BINARY && positive == null && !classes.isEmpty()) {
      throw new QueryException.Failed(
          "average=binary needs two classes, or a positive one by name; there are "
              + classes.size());
    }
    boolean clara = asked.averaging() == Averaging.CLARA;
    long cells = (long) classes.size() * classes.size() * 8;
    long affordable = MOST_RESAMPLED_CELLS / Math.max(1, cells * tables);
    Resampling usual = Resampling.DEFAULT;
    int resamples = affordable < 50 ? 0 : (int) Math.min(usual.resamples(), affordable);
    return new ClassRules(
        asked.averaging(),
        clara ? ZeroDivision.ONE : asked.variants().zeroDivision(),
        positive == null ? 1 : classes.indexOf(positive),
        asked.variants().beta(),
        asked.minimumN(),
        new Resampling(usual.level(), resamples, usual.seed()));
  }

  /// @throws QueryException if there is no class of the name that was asked for
  static @Nullable String positive(MeasureRules asked, List<String> classes) {
    String wanted = asked.positive();
    if (wanted == null) {
      return classes.size() == 2 ? classes.getLast() : null;
    }
    if (!classes.isEmpty() && !classes.contains(wanted)) {
      throw new QueryException.Failed(
          "there is no class \"" + wanted + "\" among " + String.join(", ", classes));
    }
    return wanted;
  }

  /// Those that were asked for, and where CLARA's definitions have another, that.
  private static MeasureVariants variants(MeasureRules asked, ClassRules made) {
    MeasureVariants variants = asked.variants();
    return new MeasureVariants(
        variants.beta(),
        made.zeroDivision(),
        variants.quantile(),
        variants.tweediePower(),
        variants.placesOfClasses(),
        variants.bins(),
        variants.threshold());
  }

  private static WindowScores scores(
      Window window, ClassTable table, ClassRules rules, MeasureVariants variants) {
    ClassificationReport report = ClassificationReport.of(table.counts(), rules);
    return new WindowScores(
        window,
        table.n(),
        table.labelled(),
        false,
        ClassScores.of(table, rules, variants, report),
        new WindowScores.Classes(
            report.classes(), report.n() == 0 ? new long[0][] : table.counts().matrix()));
  }

  private static List<WindowScores> carried(List<WindowScores> windows) {
    List<Map<String, Measured>> measures = new ArrayList<>();
    windows.forEach(window -> measures.add(new LinkedHashMap<>(window.measures())));
    for (String name : CARRIED) {
      List<Measured> days = new ArrayList<>();
      for (WindowScores window : windows) {
        Measured day = window.measures().get(name);
        days.add(day == null ? new Measured.NotEnough(0, 1) : day);
      }
      double[] values = CarriedForward.of(days);
      for (int day = 0; day < values.length; day++) {
        if (windows.get(day).labelled() == 0) {
          measures.get(day).put(name, new Measured.Known(values[day], 0, null));
        }
      }
    }
    List<WindowScores> carried = new ArrayList<>();
    for (int day = 0; day < windows.size(); day++) {
      WindowScores window = windows.get(day);
      carried.add(
          new WindowScores(
              window.window(),
              window.n(),
              window.labelled(),
              window.labelled() == 0,
              measures.get(day),
              window.detail()));
    }
    return carried;
  }

  private static List<String> notes(ClassPass pass, List<ClassTable> tables, ClassRules rules) {
    List<String> notes = new ArrayList<>();
    long labelled = tables.stream().mapToLong(table -> table.counts().n()).sum();
    if (labelled > 0 && tables.stream().noneMatch(table -> table.scoredRows() > 0)) {
      notes.add("labels only: AUC and estimates unavailable");
    } else if (labelled > 0 && pass.scoreColumns().classes().isEmpty()) {
      notes.add(
          tables.getFirst().classes().size() == 2
              ? "probabilities are made from the confidence: it is that of the predicted class"
              : "no probabilities of classes: AUC, log loss and Brier score unavailable");
    }
    int sampled =
        tables.stream()
            .filter(ClassTable::isSampled)
            .mapToInt(ClassTable::scoredRows)
            .min()
            .orElse(0);
    if (sampled > 0) {
      notes.add(
          "where a window has more scored rows than "
              + sampled
              + ", AUC, log loss, Brier score, calibration and thresholds stand on a random sample of so many");
    }
    if (pass.unusable() > 0) {
      notes.add(pass.unusable() + " labelled rows are left out: a list or an object is no class");
    }
    if (rules.intervals().resamples() == 0) {
      notes.add("too many windows and classes for intervals by resampling");
    }
    if (rules.averaging() == Averaging.CLARA) {
      notes.add(
          "CLARA's definitions: precision and F1 weighted, recall micro, 1 for 0/0, windows without"
              + " truths repeat the one before, starting from 0.75");
    }
    return notes;
  }
}
