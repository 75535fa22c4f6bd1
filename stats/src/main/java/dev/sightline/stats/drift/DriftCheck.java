package dev.sightline.stats.drift;

import dev.sightline.stats.column.PairedCounts;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.distance.CountDistances;
import dev.sightline.stats.distance.Smoothing;
import dev.sightline.stats.distance.ValueDistances;
import dev.sightline.stats.drift.DriftScore.Source;
import dev.sightline.stats.test.AndersonDarling;
import dev.sightline.stats.test.ChiSquare;
import dev.sightline.stats.test.CramerVonMises;
import dev.sightline.stats.test.EppsSingleton;
import dev.sightline.stats.test.KolmogorovSmirnov;
import dev.sightline.stats.test.MannWhitney;
import dev.sightline.stats.test.MannWhitney.Alternative;
import dev.sightline.stats.test.MeansTest;
import dev.sightline.stats.test.TestResult;
import dev.sightline.stats.test.TwoByTwo;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Judges one feature by one rule, on rows.
public final class DriftCheck {
  private final FeaturePair pair;
  private final DriftRule rule;

  private DriftCheck(FeaturePair pair, DriftRule rule) {
    this.pair = pair;
    this.rule = rule;
  }

  public static DriftOutcome of(FeaturePair pair, DriftRule rule) {
    if (Math.min(pair.nReference(), pair.nCurrent()) < rule.minimumN()) {
      return new DriftOutcome.NotEnough(pair.nReference(), pair.nCurrent(), rule.minimumN());
    }
    DriftCheck check = new DriftCheck(pair, rule);
    return switch (pair) {
      case FeaturePair.Numeric(SortedColumn reference, SortedColumn current)
          when rule.method().appliesTo(pair) ->
          check.numeric(reference, current);
      case FeaturePair.Categorical _ when rule.method().appliesTo(pair) -> check.counted();
      default -> check.notApplicable(check.misfit());
    };
  }

  private DriftOutcome numeric(SortedColumn reference, SortedColumn current) {
    return switch (rule.method()) {
      case KS -> {
        TestResult result = KolmogorovSmirnov.test(reference, current);
        yield tested(result, result.statistic(), "largest distance of distributions");
      }
      case ANDERSON_DARLING -> {
        if (reference.min() == reference.max()
            && current.min() == current.max()
            && reference.min() == current.min()) {
          yield notApplicable("all values are equal");
        }
        yield withDistance(AndersonDarling.test(List.of(reference, current)), reference, current);
      }
      case CRAMER_VON_MISES ->
          withDistance(CramerVonMises.test(reference, current), reference, current);
      case EPPS_SINGLETON ->
          withDistance(EppsSingleton.test(reference, current), reference, current);
      case MANN_WHITNEY -> mannWhitney(reference, current, Alternative.TWO_SIDED);
      case MANN_WHITNEY_LESS -> mannWhitney(reference, current, Alternative.LESS);
      case T_TEST -> withCohen(MeansTest.student(reference, current), reference, current);
      case WELCH -> withCohen(MeansTest.welch(reference, current), reference, current);
      case KS_DISTANCE -> far("two-sample", 0, KolmogorovSmirnov.distance(reference, current));
      case WASSERSTEIN ->
          far(
              "in deviations of the reference",
              0,
              ValueDistances.normedWasserstein(reference, current));
      case WASSERSTEIN_PLAIN ->
          far("in the feature's unit", 0, ValueDistances.wasserstein(reference, current));
      case ENERGY -> far("root of twice the square", 0, ValueDistances.energy(reference, current));
      default -> counted();
    };
  }

  /// Everything that compares counts: of categories, of distinct numbers, or of bins.
  private DriftOutcome counted() {
    return switch (rule.method()) {
      case CHI_SQUARE -> withCramer(ChiSquare::goodnessOfFit);
      case CHI_SQUARE_CONTINGENCY -> withCramer(ChiSquare::contingency);
      case G -> withCramer(ChiSquare::g);
      case Z, FISHER -> twoByTwo();
      case JENSEN_SHANNON ->
          binned(
              Binning.evidently(pair),
              "base e, ",
              counts -> CountDistances.jensenShannon(counts, Math.E));
      case JENSEN_SHANNON_2 ->
          binned(
              Binning.nannyMl(pair), "base 2, ", counts -> CountDistances.jensenShannon(counts, 2));
      case KL ->
          binned(
              Binning.evidently(pair),
              "empty cells as Evidently, ",
              counts -> CountDistances.kullbackLeibler(counts, Smoothing.EVIDENTLY));
      case PSI ->
          binned(
              Binning.evidently(pair),
              "empty cells as Evidently, ",
              counts -> CountDistances.populationStability(counts, Smoothing.EVIDENTLY));
      case PSI_DECILES ->
          binned(
              Binning.deciles(pair),
              "empty cells half a row, ",
              counts -> CountDistances.populationStability(counts, Smoothing.HALF_ROW));
      case PSI_EQUAL_WIDTH ->
          binned(
              Binning.whyLabs(pair),
              "1e-7 added, ",
              counts -> CountDistances.populationStability(counts, Smoothing.EPSILON));
      case HELLINGER -> binned(Binning.evidentlyHellinger(pair), "", CountDistances::hellinger);
      case HELLINGER_DOANE -> binned(Binning.nannyMl(pair), "", CountDistances::hellinger);
      case HELLINGER_EQUAL_WIDTH -> binned(Binning.whyLabs(pair), "", CountDistances::hellinger);
      case TOTAL_VARIATION -> binned(Binning.evidently(pair), "", CountDistances::totalVariation);
      case L_INFINITY -> binned(Binning.evidently(pair), "", CountDistances::largestDifference);
      case CRAMERS_V ->
          binned(Binning.evidently(pair), "bias-corrected, ", ChiSquare::cramersVCorrected);
      default -> throw new IllegalStateException("BUG: " + rule.method() + " compares no counts");
    };
  }

  private DriftOutcome twoByTwo() {
    PairedCounts counts = pair.categories().occurring();
    if (counts.size() > 2) {
      return notApplicable("it compares two categories, and there are " + counts.size());
    }
    long hitsReference = counts.reference()[0];
    long hitsCurrent = counts.current()[0];
    TestResult result =
        counts.size() < 2
            ? new TestResult(0, 1, "one category")
            : rule.method() == DriftMethod.Z
                ? TwoByTwo.z(hitsReference, pair.nReference(), hitsCurrent, pair.nCurrent())
                : TwoByTwo.fisher(hitsReference, pair.nReference(), hitsCurrent, pair.nCurrent());
    double difference = CountDistances.largestDifference(counts);
    return score(
        result.variant(), 2, result.pValue(), result.pValue(), difference, "difference of shares");
  }

  private DriftOutcome mannWhitney(
      SortedColumn reference, SortedColumn current, Alternative alternative) {
    TestResult result = MannWhitney.test(reference, current, alternative);
    return tested(
        result, MannWhitney.rankBiserial(reference, current), "rank-biserial correlation");
  }

  private DriftOutcome withCohen(TestResult result, SortedColumn reference, SortedColumn current) {
    double d = MeansTest.cohensD(reference, current);
    return tested(result, d, "Cohen's d");
  }

  private DriftOutcome withDistance(
      TestResult result, SortedColumn reference, SortedColumn current) {
    double distance = KolmogorovSmirnov.distance(reference, current);
    return tested(result, distance, "largest distance of distributions");
  }

  private DriftOutcome withCramer(Function<PairedCounts, TestResult> test) {
    PairedCounts counts = pair.categories();
    TestResult result = test.apply(counts);
    return score(
        result.variant(),
        counts.occurring().size(),
        result.pValue(),
        result.pValue(),
        ChiSquare.cramersV(counts),
        "Cramér's V");
  }

  private DriftOutcome tested(TestResult result, double effect, String effectName) {
    return score(result.variant(), 0, result.pValue(), result.pValue(), effect, effectName);
  }

  private DriftOutcome binned(
      Binning binning, String variant, ToDoubleFunction<PairedCounts> distance) {
    PairedCounts counts = binning.counts();
    return far(variant + binning.variant(), counts.size(), distance.applyAsDouble(counts));
  }

  private DriftOutcome far(String variant, int bins, double distance) {
    return score(variant, bins, distance, null, distance, "the distance itself");
  }

  private DriftOutcome score(
      String variant,
      int bins,
      double score,
      @Nullable Double pValue,
      double effect,
      String effectName) {
    return new DriftScore(
        rule.method(),
        variant,
        bins,
        pair.nReference(),
        pair.nCurrent(),
        score,
        pValue,
        effect,
        effectName,
        rule.limit(),
        rule.limit().verdict(score),
        Source.EXACT);
  }

  private String misfit() {
    String has = pair instanceof FeaturePair.Numeric ? "numbers" : "categories";
    String wants =
        switch (rule.method().compares()) {
          case NUMBERS, COUNTS -> "numbers";
          case TEXTS -> "texts";
          case VECTORS -> "lists of numbers";
        };
    return "it compares " + wants + ", and the feature has " + has;
  }

  private DriftOutcome notApplicable(String why) {
    return new DriftOutcome.NotApplicable(rule.method(), why);
  }
}
