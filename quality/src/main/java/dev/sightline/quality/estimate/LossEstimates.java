package dev.sightline.quality.estimate;

import dev.sightline.quality.window.Window;
import dev.sightline.quality.window.Windows;
import dev.sightline.stats.estimate.DirectLoss;
import dev.sightline.stats.estimate.DirectLoss.Loss;
import dev.sightline.stats.measure.Interval;
import dev.sightline.stats.measure.Measured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Estimates the errors of a regression by trees that have learnt where it errs.
final class LossEstimates {
  /*
   * Direct loss estimation (decision 0128). One set of trees for each loss, fitted on labelled cases; a
   * root of a mean, such as rmse, is the root of the estimated mean, with the roots of its band.
   * Logarithms are only taken where no number is negative.
   */
  private static final double LEVEL = 0.95;

  /// More cases teach trees nothing that these do not.
  private static final int MOST_LEARNT = 50_000;

  private final Map<Loss, DirectLoss> learnt = new LinkedHashMap<>();
  private final NumberCases current;
  private final long minimumN;

  /// @param past of which some are labelled
  LossEstimates(NumberCases past, NumberCases current, long minimumN) {
    this.current = current;
    this.minimumN = minimumN;
    int[] labelled = past.labelled();
    int[] rows = labelled.length > MOST_LEARNT ? Arrays.copyOf(labelled, MOST_LEARNT) : labelled;
    double[][] features = past.features().of(rows);
    double[] said = past.said(rows);
    double[] happened = past.happened(rows);
    boolean positive = isNowhereNegative(said) && isNowhereNegative(happened);
    for (Loss loss : Loss.values()) {
      if (loss != Loss.SQUARED_LOGARITHM || positive) {
        learnt.put(loss, DirectLoss.fit(features, said, happened, loss));
      }
    }
  }

  private static boolean isNowhereNegative(double[] values) {
    return Arrays.stream(values).allMatch(value -> value >= 0);
  }

  List<Estimates.OfWindow> of(Windows windows) {
    List<Estimates.OfWindow> estimates = new ArrayList<>();
    for (int window = 0; window < windows.size(); window++) {
      estimates.add(of(windows.get(window), current.in(window)));
    }
    return estimates;
  }

  private Estimates.OfWindow of(Window window, int[] rows) {
    int[] labelled = Arrays.stream(rows).filter(current::isLabelled).toArray();
    Map<String, Measured> estimated = estimated(rows);
    Map<String, Measured> realised = new LinkedHashMap<>();
    Map<String, Double> errors = new LinkedHashMap<>();
    if (labelled.length > 0) {
      realised.putAll(realised(labelled));
      Map<String, Measured> expected = estimated(labelled);
      realised.forEach(
          (name, value) -> {
            if (value instanceof Measured.Known known
                && expected.get(name) instanceof Measured.Known guess) {
              errors.put(name, guess.value() - known.value());
            }
          });
    }
    return new Estimates.OfWindow(
        window, rows.length, labelled.length, estimated, realised, errors);
  }

  private Map<String, Measured> estimated(int[] rows) {
    Map<String, Measured> measures = new LinkedHashMap<>();
    if (rows.length == 0) {
      return measures;
    }
    double[][] features = current.features().of(rows);
    double[] said = current.said(rows);
    learnt.forEach(
        (loss, trees) -> {
          if (loss != Loss.SQUARED_LOGARITHM || isNowhereNegative(said)) {
            put(measures, loss, enough(trees.mean(features, said, LEVEL), rows.length));
          }
        });
    return measures;
  }

  private Map<String, Measured> realised(int[] rows) {
    Map<String, Measured> measures = new LinkedHashMap<>();
    double[] said = current.said(rows);
    double[] happened = current.happened(rows);
    for (Loss loss : learnt.keySet()) {
      double sum = 0;
      for (int row = 0; row < rows.length; row++) {
        sum += loss.of(happened[row], said[row]);
      }
      if (Double.isFinite(sum)) {
        Measured mean = new Measured.Known(sum / rows.length, rows.length, null);
        put(measures, loss, enough(mean, rows.length));
      }
    }
    return measures;
  }

  private Measured enough(Measured measured, long n) {
    return n >= minimumN ? measured : new Measured.NotEnough(n, minimumN);
  }

  /// A squared loss stands as it is and as its root.
  private static void put(Map<String, Measured> measures, Loss loss, Measured mean) {
    switch (loss) {
      case ABSOLUTE -> measures.put("mae", mean);
      case SQUARED -> {
        measures.put("mse", mean);
        measures.put("rmse", root(mean));
      }
      case ABSOLUTE_SHARE -> measures.put("mape", mean);
      case SQUARED_LOGARITHM -> {
        measures.put("msle", mean);
        measures.put("rmsle", root(mean));
      }
    }
  }

  private static Measured root(Measured mean) {
    return mean instanceof Measured.Known(double value, long n, Interval interval)
        ? new Measured.Known(
            Math.sqrt(value),
            n,
            interval == null
                ? null
                : new Interval(
                    Math.sqrt(interval.low()),
                    Math.sqrt(interval.high()),
                    interval.level(),
                    interval.kind()))
        : mean;
  }
}
