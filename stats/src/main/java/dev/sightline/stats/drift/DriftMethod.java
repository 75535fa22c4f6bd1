package dev.sightline.stats.drift;

import dev.sightline.stats.drift.Limit.Side;

/// The ways to ask whether a feature has drifted, each with the limit that its users know.
@SuppressWarnings("ImmutableEnumChecker") // a Limit is a record of numbers
public enum DriftMethod {
  /// Kolmogorov-Smirnov's p-value.
  KS("ks", Score.P_VALUE, Values.NUMBERS, new Limit(0.05, Side.AT_MOST)),
  /// Chi-square goodness of fit to the reference's shares.
  CHI_SQUARE("chisquare", Score.P_VALUE, Values.COUNTS, new Limit(0.05, Side.BELOW)),
  /// Chi-square of the two-row table, with Yates's correction for two categories.
  CHI_SQUARE_CONTINGENCY("chi2", Score.P_VALUE, Values.COUNTS, new Limit(0.05, Side.BELOW)),
  /// Of a feature with at most two values.
  Z("z", Score.P_VALUE, Values.COUNTS, new Limit(0.05, Side.BELOW)),
  FISHER("fisher_exact", Score.P_VALUE, Values.COUNTS, new Limit(0.1, Side.BELOW)),
  G("g_test", Score.P_VALUE, Values.COUNTS, new Limit(0.1, Side.BELOW)),
  ANDERSON_DARLING("anderson", Score.P_VALUE, Values.NUMBERS, new Limit(0.1, Side.BELOW)),
  CRAMER_VON_MISES("cramer_von_mises", Score.P_VALUE, Values.NUMBERS, new Limit(0.1, Side.AT_MOST)),
  /// Two-sided.
  MANN_WHITNEY("mannw", Score.P_VALUE, Values.NUMBERS, new Limit(0.05, Side.BELOW)),
  /// One-sided as in Evidently, which misses falls.
  MANN_WHITNEY_LESS("mannw_less", Score.P_VALUE, Values.NUMBERS, new Limit(0.05, Side.BELOW)),
  T_TEST("t_test", Score.P_VALUE, Values.NUMBERS, new Limit(0.05, Side.BELOW)),
  WELCH("welch", Score.P_VALUE, Values.NUMBERS, new Limit(0.05, Side.BELOW)),
  EPPS_SINGLETON("es", Score.P_VALUE, Values.NUMBERS, new Limit(0.05, Side.BELOW)),

  /// Kolmogorov-Smirnov's statistic.
  KS_DISTANCE("kolmogorov_smirnov", Score.DISTANCE, Values.NUMBERS, new Limit(0.1, Side.ABOVE)),
  /// In standard deviations of the reference.
  WASSERSTEIN("wasserstein", Score.DISTANCE, Values.NUMBERS, new Limit(0.1, Side.AT_LEAST)),
  /// In the unit of the feature: it has no limit that fits all, only one from reference windows.
  WASSERSTEIN_PLAIN(
      "wasserstein_plain",
      Score.DISTANCE,
      Values.NUMBERS,
      new Limit(Double.POSITIVE_INFINITY, Side.ABOVE)),
  ENERGY("ed", Score.DISTANCE, Values.NUMBERS, new Limit(0.1, Side.ABOVE)),
  /// Base e, Evidently's bins.
  JENSEN_SHANNON("jensenshannon", Score.DISTANCE, Values.COUNTS, new Limit(0.1, Side.AT_LEAST)),
  /// Base 2, NannyML's bins: those of the reference, and one for all else.
  JENSEN_SHANNON_2("jensen_shannon", Score.DISTANCE, Values.COUNTS, new Limit(0.1, Side.ABOVE)),
  KL("kl_div", Score.DISTANCE, Values.COUNTS, new Limit(0.1, Side.AT_LEAST)),
  /// Evidently's bins, by Sturges's rule.
  PSI("psi", Score.DISTANCE, Values.COUNTS, new Limit(0.1, Side.AT_LEAST)),
  /// Ten quantiles of the reference, as in credit scoring: the one that 0.1 and 0.25 belong to.
  PSI_DECILES("psi_deciles", Score.DISTANCE, Values.COUNTS, new Limit(0.25, Side.ABOVE, 0.1)),
  /// Thirty bins of equal width, as WhyLabs.
  PSI_EQUAL_WIDTH("psi_30", Score.DISTANCE, Values.COUNTS, new Limit(0.25, Side.ABOVE, 0.1)),
  /// Evidently's bins.
  HELLINGER("hellinger", Score.DISTANCE, Values.COUNTS, new Limit(0.1, Side.AT_LEAST)),
  /// NannyML's bins.
  HELLINGER_DOANE("hellinger_doane", Score.DISTANCE, Values.COUNTS, new Limit(0.1, Side.ABOVE)),
  /// Thirty bins of equal width and the limit of WhyLabs.
  HELLINGER_EQUAL_WIDTH("hellinger_30", Score.DISTANCE, Values.COUNTS, new Limit(0.7, Side.ABOVE)),
  TOTAL_VARIATION("tvd", Score.DISTANCE, Values.COUNTS, new Limit(0.1, Side.ABOVE)),
  L_INFINITY("l_infinity", Score.DISTANCE, Values.COUNTS, new Limit(0.1, Side.ABOVE)),
  /// Bias-corrected, as deepchecks's documentation describes.
  CRAMERS_V("cramers_v", Score.DISTANCE, Values.COUNTS, new Limit(0.2, Side.ABOVE, 0.15)),

  /// The area under the curve of a classifier that tells texts of the windows apart by their words.
  TEXT_CONTENT("abs_text_content_drift", Score.DISTANCE, Values.TEXTS, new Limit(0.55, Side.ABOVE)),
  /// The same against what chance alone gives: the limit is a share of areas of guesses.
  TEXT_CONTENT_CHANCE(
      "perc_text_content_drift", Score.DISTANCE, Values.TEXTS, new Limit(0.95, Side.ABOVE)),

  /// The area under the curve of a classifier that tells vectors of the windows apart.
  EMBEDDING_MODEL("embedding_model", Score.DISTANCE, Values.VECTORS, new Limit(0.55, Side.ABOVE)),
  /// The share of components that have moved by more than 0.1 of their deviations.
  EMBEDDING_RATIO("embedding_ratio", Score.DISTANCE, Values.VECTORS, new Limit(0.2, Side.ABOVE)),
  /// Between mean vectors, as the crow flies.
  EMBEDDING_DISTANCE(
      "embedding_distance", Score.DISTANCE, Values.VECTORS, new Limit(0.2, Side.ABOVE)),
  EMBEDDING_COSINE("embedding_cosine", Score.DISTANCE, Values.VECTORS, new Limit(0.2, Side.ABOVE)),
  EMBEDDING_CITY_BLOCK(
      "embedding_cityblock", Score.DISTANCE, Values.VECTORS, new Limit(0.2, Side.ABOVE)),
  EMBEDDING_CHEBYSHEV(
      "embedding_chebyshev", Score.DISTANCE, Values.VECTORS, new Limit(0.2, Side.ABOVE)),
  /// Maximum mean discrepancy, by random features.
  EMBEDDING_MMD("embedding_mmd", Score.DISTANCE, Values.VECTORS, new Limit(0.015, Side.ABOVE)),
  /// The test of its linear-time estimate.
  EMBEDDING_MMD_LINEAR(
      "embedding_mmd_linear", Score.P_VALUE, Values.VECTORS, new Limit(0.05, Side.BELOW));

  /// What the score of a method is.
  public enum Score {
    P_VALUE,
    DISTANCE
  }

  /// What values a method compares.
  public enum Values {
    /// Numbers alone.
    NUMBERS,
    /// Whatever can be counted: categories, and bins of numbers.
    COUNTS,
    TEXTS,
    /// Lists of numbers of one length.
    VECTORS
  }

  private final String id;
  private final Score score;
  private final Values values;
  private final Limit limit;

  DriftMethod(String id, Score score, Values values, Limit limit) {
    this.id = id;
    this.score = score;
    this.values = values;
    this.limit = limit;
  }

  /// The word for it in configuration, API and series.
  public String id() {
    return id;
  }

  public Score score() {
    return score;
  }

  public Values compares() {
    return values;
  }

  public boolean appliesTo(FeaturePair pair) {
    return switch (pair) {
      case FeaturePair.Numeric _ -> values == Values.NUMBERS || values == Values.COUNTS;
      case FeaturePair.Categorical _ -> values == Values.COUNTS;
    };
  }

  public Limit usualLimit() {
    return limit;
  }
}
