package dev.sightline.stats.drift;

import dev.sightline.stats.drift.Limit.Side;

/// The ways to ask whether a feature has drifted, each with the limit that its users know.
@SuppressWarnings("ImmutableEnumChecker") // a Limit is a record of numbers
public enum DriftMethod {
  /// Kolmogorov-Smirnov's p-value.
  KS("ks", Score.P_VALUE, true, false, new Limit(0.05, Side.AT_MOST)),
  /// Chi-square goodness of fit to the reference's shares.
  CHI_SQUARE("chisquare", Score.P_VALUE, true, true, new Limit(0.05, Side.BELOW)),
  /// Chi-square of the two-row table, with Yates's correction for two categories.
  CHI_SQUARE_CONTINGENCY("chi2", Score.P_VALUE, true, true, new Limit(0.05, Side.BELOW)),
  /// Of a feature with at most two values.
  Z("z", Score.P_VALUE, true, true, new Limit(0.05, Side.BELOW)),
  FISHER("fisher_exact", Score.P_VALUE, true, true, new Limit(0.1, Side.BELOW)),
  G("g_test", Score.P_VALUE, true, true, new Limit(0.1, Side.BELOW)),
  ANDERSON_DARLING("anderson", Score.P_VALUE, true, false, new Limit(0.1, Side.BELOW)),
  CRAMER_VON_MISES("cramer_von_mises", Score.P_VALUE, true, false, new Limit(0.1, Side.AT_MOST)),
  /// Two-sided.
  MANN_WHITNEY("mannw", Score.P_VALUE, true, false, new Limit(0.05, Side.BELOW)),
  /// One-sided as in Evidently, which misses falls.
  MANN_WHITNEY_LESS("mannw_less", Score.P_VALUE, true, false, new Limit(0.05, Side.BELOW)),
  T_TEST("t_test", Score.P_VALUE, true, false, new Limit(0.05, Side.BELOW)),
  WELCH("welch", Score.P_VALUE, true, false, new Limit(0.05, Side.BELOW)),
  EPPS_SINGLETON("es", Score.P_VALUE, true, false, new Limit(0.05, Side.BELOW)),

  /// Kolmogorov-Smirnov's statistic.
  KS_DISTANCE("kolmogorov_smirnov", Score.DISTANCE, true, false, new Limit(0.1, Side.ABOVE)),
  /// In standard deviations of the reference.
  WASSERSTEIN("wasserstein", Score.DISTANCE, true, false, new Limit(0.1, Side.AT_LEAST)),
  /// In the unit of the feature: it has no limit that fits all, only one from reference windows.
  WASSERSTEIN_PLAIN(
      "wasserstein_plain",
      Score.DISTANCE,
      true,
      false,
      new Limit(Double.POSITIVE_INFINITY, Side.ABOVE)),
  ENERGY("ed", Score.DISTANCE, true, false, new Limit(0.1, Side.ABOVE)),
  /// Base e, Evidently's bins.
  JENSEN_SHANNON("jensenshannon", Score.DISTANCE, true, true, new Limit(0.1, Side.AT_LEAST)),
  /// Base 2, NannyML's bins: those of the reference, and one for all else.
  JENSEN_SHANNON_2("jensen_shannon", Score.DISTANCE, true, true, new Limit(0.1, Side.ABOVE)),
  KL("kl_div", Score.DISTANCE, true, true, new Limit(0.1, Side.AT_LEAST)),
  /// Evidently's bins, by Sturges's rule.
  PSI("psi", Score.DISTANCE, true, true, new Limit(0.1, Side.AT_LEAST)),
  /// Ten quantiles of the reference, as in credit scoring: the one that 0.1 and 0.25 belong to.
  PSI_DECILES("psi_deciles", Score.DISTANCE, true, true, new Limit(0.25, Side.ABOVE, 0.1)),
  /// Thirty bins of equal width, as WhyLabs.
  PSI_EQUAL_WIDTH("psi_30", Score.DISTANCE, true, true, new Limit(0.25, Side.ABOVE, 0.1)),
  /// Evidently's bins.
  HELLINGER("hellinger", Score.DISTANCE, true, true, new Limit(0.1, Side.AT_LEAST)),
  /// NannyML's bins.
  HELLINGER_DOANE("hellinger_doane", Score.DISTANCE, true, true, new Limit(0.1, Side.ABOVE)),
  /// Thirty bins of equal width and the limit of WhyLabs.
  HELLINGER_EQUAL_WIDTH("hellinger_30", Score.DISTANCE, true, true, new Limit(0.7, Side.ABOVE)),
  TOTAL_VARIATION("tvd", Score.DISTANCE, true, true, new Limit(0.1, Side.ABOVE)),
  L_INFINITY("l_infinity", Score.DISTANCE, true, true, new Limit(0.1, Side.ABOVE)),
  /// Bias-corrected, as deepchecks's documentation describes.
  CRAMERS_V("cramers_v", Score.DISTANCE, true, true, new Limit(0.2, Side.ABOVE, 0.15));

  /// What the score of a method is.
  public enum Score {
    P_VALUE,
    DISTANCE
  }

  private final String id;
  private final Score score;
  private final boolean numeric;
  private final boolean categorical;
  private final Limit limit;

  DriftMethod(String id, Score score, boolean numeric, boolean categorical, Limit limit) {
    this.id = id;
    this.score = score;
    this.numeric = numeric;
    this.categorical = categorical;
    this.limit = limit;
  }

  /// The word for it in configuration, API and series.
  public String id() {
    return id;
  }

  public Score score() {
    return score;
  }

  public boolean appliesTo(FeaturePair pair) {
    return switch (pair) {
      case FeaturePair.Numeric _ -> numeric;
      case FeaturePair.Categorical _ -> categorical;
    };
  }

  public Limit usualLimit() {
    return limit;
  }
}
