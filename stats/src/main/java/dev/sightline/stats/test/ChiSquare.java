package dev.sightline.stats.test;

import dev.sightline.stats.column.PairedCounts;
import dev.sightline.stats.probability.Tails;

/// Tests of counts by category: K. Pearson (1900), and the likelihood ratio G of S. Wilks (1938).
public final class ChiSquare {
  /// What a category that the reference does not have is expected to hold: half a row. Expecting
  /// none would make a single stray row an infinite statistic.
  static final double EXPECTED_OF_UNSEEN = 0.5;

  private ChiSquare() {}

  /// Whether the current counts fit the reference's shares, taken as known:
  /// `scipy.stats.chisquare`, as Evidently uses it.
  public static TestResult goodnessOfFit(PairedCounts counts) {
    PairedCounts occurring = counts.occurring();
    double scale = (double) occurring.nCurrent() / occurring.nReference();
    double statistic = 0;
    for (int category = 0; category < occurring.size(); category++) {
      double expected = Math.max(occurring.reference()[category] * scale, 0);
      expected = expected == 0 ? EXPECTED_OF_UNSEEN : expected;
      double off = occurring.current()[category] - expected;
      statistic += off * off / expected;
    }
    String variant = counts.unseen() > 0 ? "goodness of fit, unseen categories" : "goodness of fit";
    return new TestResult(statistic, Tails.chiSquare(statistic, occurring.size() - 1.0), variant);
  }

  /// Whether both sides share one distribution that neither knows: `scipy.stats.chi2_contingency`,
  /// with Yates's correction for two categories.
  public static TestResult contingency(PairedCounts counts) {
    PairedCounts occurring = counts.occurring();
    boolean yates = occurring.size() == 2;
    double statistic = statistic(occurring, yates);
    return new TestResult(
        statistic,
        Tails.chiSquare(statistic, occurring.size() - 1.0),
        yates ? "contingency, Yates" : "contingency");
  }

  /// The likelihood ratio of the same question, without a correction.
  public static TestResult g(PairedCounts counts) {
    PairedCounts occurring = counts.occurring();
    double nReference = occurring.nReference();
    double nCurrent = occurring.nCurrent();
    double all = nReference + nCurrent;
    double sum = 0;
    for (int category = 0; category < occurring.size(); category++) {
      double first = occurring.reference()[category];
      double second = occurring.current()[category];
      double total = first + second;
      sum += first == 0 ? 0 : first * Math.log(first * all / (total * nReference));
      sum += second == 0 ? 0 : second * Math.log(second * all / (total * nCurrent));
    }
    return new TestResult(
        2 * sum, Tails.chiSquare(2 * sum, occurring.size() - 1.0), "G, contingency");
  }

  /// H. Cramér (1946): the strength of association between window and category, 0 to 1.
  public static double cramersV(PairedCounts counts) {
    PairedCounts occurring = counts.occurring();
    double n = occurring.nReference() + occurring.nCurrent();
    return occurring.size() < 2 ? 0 : Math.sqrt(statistic(occurring, false) / n);
  }

  /// W. Bergsma, "A bias-correction for Cramér's V and Tschuprow's T" (2013).
  public static double cramersVCorrected(PairedCounts counts) {
    PairedCounts occurring = counts.occurring();
    double n = occurring.nReference() + occurring.nCurrent();
    double rows = 2;
    double columns = occurring.size();
    double phi = Math.max(0, statistic(occurring, false) / n - (columns - 1) / (n - 1));
    double smaller =
        Math.min(rows - 1 / (n - 1), columns - (columns - 1) * (columns - 1) / (n - 1)) - 1;
    return columns < 2 || smaller <= 0 ? 0 : Math.sqrt(phi / smaller);
  }

  private static double statistic(PairedCounts counts, boolean yates) {
    double nReference = counts.nReference();
    double nCurrent = counts.nCurrent();
    double all = nReference + nCurrent;
    double sum = 0;
    for (int category = 0; category < counts.size(); category++) {
      double total = (double) counts.reference()[category] + counts.current()[category];
      sum += part((double) counts.reference()[category], total * nReference / all, yates);
      sum += part((double) counts.current()[category], total * nCurrent / all, yates);
    }
    return sum;
  }

  private static double part(double observed, double expected, boolean yates) {
    double off = Math.abs(observed - expected);
    off = yates ? off - Math.min(0.5, off) : off;
    return off * off / expected;
  }
}
