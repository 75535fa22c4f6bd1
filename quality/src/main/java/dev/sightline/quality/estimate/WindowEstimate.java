package dev.sightline.quality.estimate;

import dev.sightline.quality.window.Window;
import dev.sightline.stats.estimate.ExpectedConfusion;
import dev.sightline.stats.estimate.ExpectedCounts;
import dev.sightline.stats.estimate.ExpectedCurves;
import dev.sightline.stats.measure.Averaging;
import dev.sightline.stats.measure.ClassMeasure;
import dev.sightline.stats.measure.ClassRules;
import dev.sightline.stats.measure.ClassificationReport;
import dev.sightline.stats.measure.ConfusionCounts;
import dev.sightline.stats.measure.Interval;
import dev.sightline.stats.measure.Measured;
import dev.sightline.stats.measure.Resampling;
import dev.sightline.stats.measure.ZeroDivision;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Counts the cases of one window: as they will probably turn out, and as they did.
final class WindowEstimate {
  private static final double LEVEL = 0.95;
  private static final int POSITIVE = 1;
  private static final List<String> NAMES =
      List.of("accuracy", "precision", "recall", "specificity", "f1");

  private final boolean binary;
  private final long minimumN;
  private final Counts all;
  private final Counts labelled;
  private final ConfusionCounts realised;
  private double[] scores = new double[256];
  private int count;

  WindowEstimate(int classes, long minimumN) {
    this.binary = classes == 2;
    this.minimumN = minimumN;
    this.all = new Counts(classes);
    this.labelled = new Counts(classes);
    this.realised = new ConfusionCounts(classes);
  }

  void add(ScoredCases cases, int row, double[] probabilities) {
    all.add(probabilities, cases.said(row));
    if (binary) {
      if (count == scores.length) {
        scores = Arrays.copyOf(scores, count * 2);
      }
      scores[count] = cases.score(row, POSITIVE);
    }
    count++;
    int truth = cases.happened(row);
    if (truth >= 0) {
      labelled.add(probabilities, cases.said(row));
      realised.add(truth, cases.said(row));
    }
  }

  Estimates.OfWindow finish(Window window, Calibrations calibrations) {
    Map<String, Measured> estimated = new LinkedHashMap<>();
    Map<String, Measured> happened = new LinkedHashMap<>();
    Map<String, Double> errors = new LinkedHashMap<>();
    if (count > 0) {
      estimated.putAll(enough(all.measures(binary), count));
      if (binary) {
        ExpectedCurves curves =
            ExpectedCurves.of(
                Arrays.copyOf(scores, count), score -> calibrations.of(score, POSITIVE));
        estimated.putAll(
            enough(
                Map.of(
                    "roc_auc",
                    banded(curves.rocAuc(), calibrations),
                    "average_precision",
                    curves.averagePrecision()),
                count));
      }
    }
    if (realised.n() > 0) {
      happened.putAll(realisedMeasures());
      Map<String, Measured> expected = enough(labelled.measures(binary), realised.n());
      happened.forEach(
          (name, value) -> {
            if (value instanceof Measured.Known known
                && expected.get(name) instanceof Measured.Known guess) {
              errors.put(name, guess.value() - known.value());
            }
          });
    }
    return new Estimates.OfWindow(window, count, realised.n(), estimated, happened, errors);
  }

  /// With the band of windows of this size, where one class alone does not make it nonsense.
  private static Measured banded(Measured area, Calibrations calibrations) {
    if (area instanceof Measured.Known(double value, long n, var _)) {
      Interval band = calibrations.areaError().around(value, n, 0, 1, LEVEL);
      return Double.isFinite(band.low()) && Double.isFinite(band.high())
          ? new Measured.Known(value, n, band)
          : area;
    }
    return area;
  }

  private Map<String, Measured> enough(Map<String, Measured> measures, long n) {
    if (n >= minimumN) {
      return measures;
    }
    Map<String, Measured> few = new LinkedHashMap<>();
    measures.keySet().forEach(name -> few.put(name, new Measured.NotEnough(n, minimumN)));
    return few;
  }

  private Map<String, Measured> realisedMeasures() {
    Resampling usual = Resampling.DEFAULT;
    ClassRules rules =
        new ClassRules(
            binary ? Averaging.BINARY : Averaging.MACRO,
            ZeroDivision.UNDEFINED,
            POSITIVE,
            2,
            minimumN,
            new Resampling(usual.level(), 0, usual.seed()));
    Map<String, Measured> measures = new LinkedHashMap<>();
    for (Map.Entry<ClassMeasure, Measured> each :
        ClassificationReport.of(realised, rules).measures().entrySet()) {
      String name = each.getKey().name().toLowerCase(Locale.ROOT);
      if (NAMES.contains(name)) {
        measures.put(name, each.getValue());
      }
    }
    return measures;
  }

  /// Expected counts of two classes or of more.
  private static final class Counts {
    private final ExpectedCounts two = new ExpectedCounts();
    private final ExpectedConfusion many;

    Counts(int classes) {
      many = new ExpectedConfusion(classes);
    }

    void add(double[] probabilities, int said) {
      if (probabilities.length == 2) {
        two.add(probabilities[POSITIVE], said == POSITIVE);
      } else {
        many.add(probabilities, said);
      }
    }

    Map<String, Measured> measures(boolean binary) {
      Map<String, Measured> measures = new LinkedHashMap<>();
      if (binary) {
        measures.put("accuracy", two.accuracy(LEVEL));
        measures.put("precision", two.precision(LEVEL));
        measures.put("recall", two.recall(LEVEL));
        measures.put("specificity", two.specificity(LEVEL));
        measures.put("f1", two.f1(LEVEL));
      } else {
        measures.put("accuracy", many.accuracy());
        measures.put("precision", many.macroPrecision());
        measures.put("recall", many.macroRecall());
        measures.put("f1", many.macroF1());
      }
      return measures;
    }
  }
}
