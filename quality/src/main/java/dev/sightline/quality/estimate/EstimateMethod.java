package dev.sightline.quality.estimate;

import java.util.Locale;

/// How measures are estimated before the truth arrives.
public enum EstimateMethod {
  /// Of classifiers: calibrated probabilities say how often each answer is right (CBPE).
  CBPE,
  /// The same, calibrated anew for each window on earlier cases that are weighed to look like it
  /// (PAPE).
  PAPE,
  /// Of regressions: trees that have learnt where the model errs (DLE).
  DLE;

  /// The word for it in API and files.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
