package dev.sightline.stats.drift;

import dev.sightline.stats.column.Bins;
import dev.sightline.stats.column.PairedCounts;
import dev.sightline.stats.distance.CountDistances;
import dev.sightline.stats.distance.Smoothing;
import dev.sightline.stats.drift.DriftScore.Source;
import dev.sightline.stats.sketch.NumberSketch;
import dev.sightline.stats.sketch.SketchBins;
import dev.sightline.stats.sketch.SketchDistances;
import dev.sightline.stats.sketch.TextSketch;
import dev.sightline.stats.test.ChiSquare;
import dev.sightline.stats.test.KolmogorovSmirnov;
import dev.sightline.stats.test.TestResult;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Judges one feature by one rule, on what sketches kept of it. Methods that need every row say so.
public final class SketchCheck {
  private static final String CATEGORIES = "categories";
  private static final int WHYLABS_BINS = 30;
  private static final int DECILES = 10;

  private final DriftRule rule;
  private final long nReference;
  private final long nCurrent;

  /// How far a share may be off; 0 while the sketches hold every row.
  private final double error;

  private SketchCheck(DriftRule rule, long nReference, long nCurrent, double error) {
    this.rule = rule;
    this.nReference = nReference;
    this.nCurrent = nCurrent;
    this.error = error;
  }

  public static DriftOutcome of(NumberSketch reference, NumberSketch current, DriftRule rule) {
    double error = SketchDistances.error(reference, current);
    SketchCheck check = new SketchCheck(rule, reference.n(), current.n(), error);
    return check.isTooFew() ? check.notEnough() : check.numbers(reference, current);
  }

  public static DriftOutcome of(TextSketch reference, TextSketch current, DriftRule rule) {
    double error =
        (double) reference.error() / Math.max(1, reference.n())
            + (double) current.error() / Math.max(1, current.n());
    SketchCheck check = new SketchCheck(rule, reference.n(), current.n(), error);
    if (check.isTooFew()) {
      return check.notEnough();
    }
    return check.counts(SketchBins.categories(reference, current), CATEGORIES);
  }

  /// Judges counts that are exact, such as of a feature with few values.
  public static DriftOutcome of(PairedCounts counts, DriftRule rule) {
    return DriftCheck.of(new FeaturePair.Categorical(counts), rule);
  }

  private boolean isTooFew() {
    return Math.min(nReference, nCurrent) < rule.minimumN();
  }

  private DriftOutcome notEnough() {
    return new DriftOutcome.NotEnough(nReference, nCurrent, rule.minimumN());
  }

  private DriftOutcome numbers(NumberSketch reference, NumberSketch current) {
    return switch (rule.method()) {
      case KS -> {
        double distance = SketchDistances.kolmogorovSmirnov(reference, current);
        double pValue =
            KolmogorovSmirnov.asymptotic(distance, (double) nReference, (double) nCurrent);
        yield score("asymptotic", 0, pValue, pValue, distance, "largest distance of distributions");
      }
      case KS_DISTANCE ->
          far("two-sample", 0, SketchDistances.kolmogorovSmirnov(reference, current));
      case WASSERSTEIN ->
          far(
              "in deviations of the reference",
              0,
              SketchDistances.normedWasserstein(reference, current));
      case WASSERSTEIN_PLAIN ->
          far("in the feature's unit", 0, SketchDistances.wasserstein(reference, current));
      case ENERGY -> far("root of twice the square", 0, SketchDistances.energy(reference, current));
      case JENSEN_SHANNON_2, HELLINGER_DOANE ->
          counts(
              withRest(
                  SketchBins.counts(reference, current, SketchBins.doane(reference)), nCurrent),
              "Doane of the reference and one more");
      case PSI_DECILES ->
          counts(
              SketchBins.counts(reference, current, SketchBins.quantiles(reference, DECILES)),
              "deciles of the reference");
      case PSI_EQUAL_WIDTH, HELLINGER_EQUAL_WIDTH ->
          counts(
              SketchBins.counts(
                  reference,
                  current,
                  Bins.equalWidth(min(reference, current), max(reference, current), WHYLABS_BINS)),
              "30 bins of equal width");
      case JENSEN_SHANNON, KL, PSI, HELLINGER, TOTAL_VARIATION, L_INFINITY, CRAMERS_V ->
          counts(
              SketchBins.counts(
                  reference,
                  current,
                  Bins.sturges(
                      min(reference, current), max(reference, current), nReference + nCurrent)),
              "Sturges of both");
      default -> needsRows();
    };
  }

  private DriftOutcome counts(PairedCounts counts, String bins) {
    return switch (rule.method()) {
      case CHI_SQUARE -> tested(counts, ChiSquare.goodnessOfFit(counts));
      case CHI_SQUARE_CONTINGENCY -> tested(counts, ChiSquare.contingency(counts));
      case G -> tested(counts, ChiSquare.g(counts));
      case JENSEN_SHANNON ->
          far(counts, "base e, " + bins, CountDistances.jensenShannon(counts, Math.E));
      case JENSEN_SHANNON_2 ->
          far(counts, "base 2, " + bins, CountDistances.jensenShannon(counts, 2));
      case KL ->
          rough(counts, bins, some -> CountDistances.kullbackLeibler(some, Smoothing.EVIDENTLY));
      case PSI ->
          rough(
              counts, bins, some -> CountDistances.populationStability(some, Smoothing.EVIDENTLY));
      case PSI_DECILES ->
          far(counts, bins, CountDistances.populationStability(counts, Smoothing.HALF_ROW));
      case PSI_EQUAL_WIDTH ->
          rough(counts, bins, some -> CountDistances.populationStability(some, Smoothing.EPSILON));
      case HELLINGER, HELLINGER_DOANE, HELLINGER_EQUAL_WIDTH ->
          far(counts, bins, CountDistances.hellinger(counts));
      case TOTAL_VARIATION -> far(counts, bins, CountDistances.totalVariation(counts));
      case L_INFINITY -> far(counts, bins, CountDistances.largestDifference(counts));
      case CRAMERS_V -> far(counts, "bias-corrected, " + bins, ChiSquare.cramersVCorrected(counts));
      default -> needsRows();
    };
  }

  /// A distance that weighs empty bins. Whether a bin of a tail holds no row or a few, sketches
  /// cannot tell, and the distance leaps between the two: so it is found again without such bins,
  /// and what is drift only with them is worth a look.
  private DriftOutcome rough(
      PairedCounts counts, String bins, ToDoubleFunction<PairedCounts> distance) {
    DriftScore score = far(counts, bins, distance.applyAsDouble(counts));
    PairedCounts told = told(counts);
    if (error == 0 || bins.equals(CATEGORIES) || told.size() == counts.size()) {
      return score;
    }
    double sure = distance.applyAsDouble(told);
    boolean doubtful =
        score.verdict() == Verdict.DRIFTED && rule.limit().verdict(sure) != Verdict.DRIFTED;
    String variant =
        score.variant() + String.format(Locale.ROOT, ", %.4f without bins that may be empty", sure);
    return new DriftScore(
        score.method(),
        variant,
        score.bins(),
        score.nReference(),
        score.nCurrent(),
        score.score(),
        score.pValue(),
        score.effect(),
        score.effectName(),
        score.limit(),
        doubtful ? Verdict.WATCH : score.verdict(),
        score.source());
  }

  /// Bins that hold more rows than the sketches may be off by; the others belong to the one before.
  private PairedCounts told(PairedCounts counts) {
    long[] reference = new long[counts.size()];
    long[] current = new long[counts.size()];
    int size = 0;
    boolean open = true;
    for (int bin = 0; bin < counts.size(); bin++) {
      long first = counts.reference()[bin];
      long second = counts.current()[bin];
      boolean sure = first > error * nReference && second > error * nCurrent;
      if (sure && !open) {
        size++;
      }
      reference[size] += first;
      current[size] += second;
      open &= !sure;
    }
    return new PairedCounts(Arrays.copyOf(reference, size + 1), Arrays.copyOf(current, size + 1));
  }

  private DriftOutcome needsRows() {
    return new DriftOutcome.NotApplicable(
        rule.method(), "it needs every row, and only sketches of them are kept");
  }

  private static PairedCounts withRest(PairedCounts counts, long nCurrent) {
    long[] reference = Arrays.copyOf(counts.reference(), counts.size() + 1);
    long[] current = Arrays.copyOf(counts.current(), counts.size() + 1);
    current[counts.size()] = nCurrent - counts.nCurrent();
    return new PairedCounts(reference, current);
  }

  private static double min(NumberSketch reference, NumberSketch current) {
    return Math.min(reference.min(), current.min());
  }

  private static double max(NumberSketch reference, NumberSketch current) {
    return Math.max(reference.max(), current.max());
  }

  private DriftOutcome tested(PairedCounts counts, TestResult result) {
    return score(
        result.variant(),
        counts.size(),
        result.pValue(),
        result.pValue(),
        ChiSquare.cramersV(counts),
        "Cramér's V");
  }

  private DriftScore far(PairedCounts counts, String variant, double distance) {
    return far(variant, counts.size(), distance);
  }

  private DriftScore far(String variant, int bins, double distance) {
    return score(variant, bins, distance, null, distance, "the distance itself");
  }

  private DriftScore score(
      String variant,
      int bins,
      double score,
      @Nullable Double pValue,
      double effect,
      String effectName) {
    String withError =
        error == 0 ? variant : variant + String.format(Locale.ROOT, ", shares ±%.4f", error);
    return new DriftScore(
        rule.method(),
        withError,
        bins,
        nReference,
        nCurrent,
        score,
        pValue,
        effect,
        effectName,
        rule.limit(),
        rule.limit().verdict(score),
        error == 0 ? Source.EXACT : Source.SKETCH);
  }
}
