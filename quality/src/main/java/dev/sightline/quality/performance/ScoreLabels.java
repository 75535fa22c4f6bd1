package dev.sightline.quality.performance;

import dev.sightline.model.label.Labels;
import dev.sightline.stats.measure.Averaging;
import dev.sightline.stats.measure.ClassRules;
import dev.sightline.stats.measure.ClassificationReport;
import dev.sightline.stats.measure.ClassificationReport.ClassRow;
import dev.sightline.stats.measure.Measured;
import dev.sightline.stats.measure.Resampling;
import dev.sightline.stats.measure.ZeroDivision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Gives the measures of one version over one window the names and labels of series.
final class ScoreLabels {
  /// Of more classes, only averages become series.
  private static final int MOST_CLASSES = 50;

  private static final List<String> AVERAGED = List.of("precision", "recall", "f1");
  private static final List<String> PLAIN =
      List.of("accuracy", "balanced_accuracy", "mcc", "roc_auc", "log_loss", "brier", "ece");
  private static final List<String> OF_NUMBERS =
      List.of("me", "mae", "rmse", "mape", "r2", "median_ae");

  private final Labels labels;
  private final long minimumN;
  private final List<Score> scores = new ArrayList<>();

  /// @param labels that all of them carry; an empty value is as good as none
  ScoreLabels(Map<String, String> labels, long minimumN) {
    this.labels = Labels.of(labels);
    this.minimumN = minimumN;
  }

  List<Score> of(ClassTable table) {
    addCounts(table.n(), table.counts().n());
    for (Averaging averaging : new Averaging[] {Averaging.MACRO, Averaging.WEIGHTED}) {
      ClassificationReport report = ClassificationReport.of(table.counts(), rules(averaging));
      String average = averaging.name().toLowerCase(Locale.ROOT);
      report
          .measures()
          .forEach(
              (measure, value) -> {
                String name = ClassScores.name(measure, MeasureVariants.USUAL_BETA);
                if (AVERAGED.contains(name)) {
                  add(name, labels.with("average", average), value);
                }
              });
      if (averaging == Averaging.MACRO) {
        addPlain(table, report);
      }
    }
    return scores;
  }

  private void addPlain(ClassTable table, ClassificationReport report) {
    Map<String, Measured> measures =
        ClassScores.of(table, rules(Averaging.MACRO), MeasureVariants.USUAL, report);
    for (String name : PLAIN) {
      Measured value = measures.get(name);
      if (value != null) {
        add(name, labels, value);
      }
    }
    if (report.classes().size() <= MOST_CLASSES) {
      report.classes().forEach(row -> addClass(table.classes().get(row.oneClass()), row));
    }
  }

  private void addClass(String name, ClassRow row) {
    Labels ofClass = labels.with("class", name);
    add("precision", ofClass, row.precision());
    add("recall", ofClass, row.recall());
    add("f1", ofClass, row.f1());
    add("support", ofClass, new Measured.Known(row.support(), minimumN, null));
  }

  List<Score> of(NumberGroup group) {
    addCounts(group.n(), group.sums().n());
    Map<String, Measured> measures = NumberScores.of(group, minimumN, Resampling.DEFAULT.level());
    for (String name : OF_NUMBERS) {
      Measured value = measures.get(name);
      if (value != null) {
        add(name, labels, value);
      }
    }
    return scores;
  }

  /// `model_ndcg{k="10"}`, and so on.
  List<Score> of(RankingPass pass, int group) {
    addCounts(pass.predictions(group), pass.measured(group));
    pass.cuts(group, minimumN, rules(Averaging.MACRO).intervals())
        .forEach(
            (cut, value) -> {
              String name = cut.measure().name().toLowerCase(Locale.ROOT);
              add(name, cut.k() == 0 ? labels : labels.with("k", String.valueOf(cut.k())), value);
            });
    return scores;
  }

  /// Of texts, whose latency, tokens and reasons the gateway counts as they come. Nobody waits for
  /// their truth, so that none is late.
  List<Score> ofTexts(long n) {
    scores.add(new Score(labels.with("__name__", "model_samples"), n));
    return scores;
  }

  /// Without resampling: what has no formula has no interval here.
  private ClassRules rules(Averaging averaging) {
    Resampling usual = Resampling.DEFAULT;
    return new ClassRules(
        averaging,
        ZeroDivision.UNDEFINED,
        1,
        2,
        minimumN,
        new Resampling(usual.level(), 0, usual.seed()));
  }

  private void addCounts(long n, long labelled) {
    scores.add(new Score(labels.with("__name__", "model_samples"), n));
    scores.add(new Score(labels.with("__name__", "model_labelled"), labelled));
    scores.add(new Score(labels.with("__name__", "model_labelled_ratio"), (double) labelled / n));
  }

  /// Nothing where there is no value, or too few rows for one.
  private void add(String measure, Labels of, Measured measured) {
    if (measured instanceof Measured.Known(double value, long n, var interval) && n >= minimumN) {
      String name = "model_" + measure;
      scores.add(new Score(of.with("__name__", name), value));
      if (interval != null) {
        scores.add(new Score(of.with("__name__", name + "_low"), interval.low()));
        scores.add(new Score(of.with("__name__", name + "_high"), interval.high()));
      }
    }
  }
}
