package dev.sightline.stats.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.stats.column.PairedCounts;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.distance.MaximumMeanDiscrepancy;
import dev.sightline.stats.distance.MeanEmbeddings;
import dev.sightline.stats.distance.MeanEmbeddings.Metric;
import dev.sightline.stats.drift.DriftMethod.Score;
import dev.sightline.stats.drift.Limit.Side;
import dev.sightline.testkit.Seeds;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What holds for any windows: bounds, symmetry, silence when nothing moved, states instead of
/// nonsense.
class DriftPropertiesTest {
  @Test
  void everyMethodAnswersWithinItsBounds() {
    Seeds.check(
        100,
        seed -> {
          Random random = new Random(seed);
          FeaturePair pair = anyPair(random);
          for (DriftMethod method : DriftMethod.values()) {
            DriftOutcome outcome = DriftCheck.of(pair, new DriftRule(method));
            if (outcome instanceof DriftScore score) {
              assertThat(score.score()).as(method.id()).isNotNaN().isFinite();
              assertThat(score.effect()).as(method.id()).isNotNaN();
              assertThat(score.score()).as(method.id()).isGreaterThanOrEqualTo(0);
              if (method.score() == Score.P_VALUE) {
                assertThat(score.score()).as(method.id()).isLessThanOrEqualTo(1);
              }
            } else {
              assertThat(outcome).isInstanceOf(DriftOutcome.NotApplicable.class);
            }
          }
        });
  }

  @Test
  void equalWindowsHaveNoDistance() {
    Seeds.check(
        30,
        seed -> {
          Random random = new Random(seed);
          SortedColumn column = column(random, 100 + random.nextInt(200), 0);
          FeaturePair pair = new FeaturePair.Numeric(column, column);
          for (DriftMethod method : DriftMethod.values()) {
            if (DriftCheck.of(pair, new DriftRule(method)) instanceof DriftScore score) {
              double still = method.score() == Score.DISTANCE ? 0 : 1;
              // A one-sided test has nothing to say, the table of Anderson and Darling ends at
              // 0.25.
              if (method == DriftMethod.MANN_WHITNEY_LESS
                  || method == DriftMethod.ANDERSON_DARLING) {
                assertThat(score.score()).isGreaterThanOrEqualTo(0.25);
              } else {
                assertThat(score.score()).as(method.id()).isCloseTo(still, within(1e-7));
              }
            }
          }
        });
  }

  @Test
  void twoSidedMethodsDoNotAskWhichWindowIsWhich() {
    List<DriftMethod> symmetric =
        List.of(
            DriftMethod.KS,
            DriftMethod.CHI_SQUARE_CONTINGENCY,
            DriftMethod.G,
            DriftMethod.ANDERSON_DARLING,
            DriftMethod.CRAMER_VON_MISES,
            DriftMethod.MANN_WHITNEY,
            DriftMethod.T_TEST,
            DriftMethod.WELCH,
            DriftMethod.EPPS_SINGLETON,
            DriftMethod.KS_DISTANCE,
            DriftMethod.WASSERSTEIN_PLAIN,
            DriftMethod.ENERGY,
            DriftMethod.TOTAL_VARIATION,
            DriftMethod.PSI_EQUAL_WIDTH,
            DriftMethod.HELLINGER);
    Seeds.check(
        50,
        seed -> {
          Random random = new Random(seed);
          SortedColumn one = column(random, 40 + random.nextInt(100), 0);
          SortedColumn two = column(random, 40 + random.nextInt(100), random.nextDouble());
          for (DriftMethod method : symmetric) {
            double forth = score(method, new FeaturePair.Numeric(one, two));
            double back = score(method, new FeaturePair.Numeric(two, one));
            assertThat(forth).as(method.id()).isCloseTo(back, within(1e-9));
          }
        });
  }

  @Test
  void falseAlarmsAreAsRareAsTheLevelSays() {
    Map<DriftMethod, Integer> alarms = new EnumMap<>(DriftMethod.class);
    int rounds = 1000;
    for (int round = 0; round < rounds; round++) {
      Random random = new Random(round);
      FeaturePair pair = new FeaturePair.Numeric(column(random, 150, 0), column(random, 120, 0));
      for (DriftMethod method : DriftMethod.values()) {
        if (method.score() == Score.P_VALUE
            && DriftCheck.of(pair, rule(method, 0.05)) instanceof DriftScore score
            && score.verdict() == Verdict.DRIFTED) {
          alarms.merge(method, 1, Integer::sum);
        }
      }
    }
    // Goodness of fit takes the reference as known, and values without ties are all unseen.
    alarms.keySet().removeIf(method -> method.appliesTo(new FeaturePair.Categorical(counts(1, 1))));
    assertThat(alarms).hasSize(8);
    assertThat(alarms.values()).allMatch(count -> count >= 30 && count <= 72);
  }

  @Test
  void anUnseenCategoryIsDriftAndNotInfinity() {
    FeaturePair pair =
        new FeaturePair.Categorical(
            new PairedCounts(new long[] {500, 500, 0}, new long[] {480, 470, 50}));
    for (DriftMethod method :
        List.of(DriftMethod.CHI_SQUARE, DriftMethod.PSI, DriftMethod.PSI_DECILES)) {
      DriftScore score = (DriftScore) DriftCheck.of(pair, new DriftRule(method));
      assertThat(score.score()).isFinite();
      assertThat(score.verdict()).isNotEqualTo(Verdict.STABLE);
    }
    FeaturePair stray =
        new FeaturePair.Categorical(
            new PairedCounts(new long[] {50_000, 50_000, 0}, new long[] {49_990, 50_009, 1}));
    assertThat(((DriftScore) DriftCheck.of(stray, new DriftRule(DriftMethod.CHI_SQUARE))).verdict())
        .isEqualTo(Verdict.STABLE);
  }

  @Test
  void fewRowsAreNotEnough() {
    FeaturePair pair = new FeaturePair.Categorical(counts(29, 1000));
    assertThat(DriftCheck.of(pair, new DriftRule(DriftMethod.PSI)))
        .isEqualTo(new DriftOutcome.NotEnough(29, 1000, 30));
    SortedColumn nothing = SortedColumn.of(new double[] {Double.NaN, Double.POSITIVE_INFINITY});
    assertThat(nothing.missing()).isEqualTo(1);
    assertThat(nothing.infinite()).isEqualTo(1);
    assertThat(
            DriftCheck.of(new FeaturePair.Numeric(nothing, nothing), new DriftRule(DriftMethod.KS)))
        .isEqualTo(new DriftOutcome.NotEnough(0, 0, 30));
  }

  @Test
  void theChoiceIsEvidentlys() {
    checkChoice(1000, 6, true, DriftMethod.KS);
    checkChoice(1001, 6, true, DriftMethod.WASSERSTEIN);
    checkChoice(1000, 5, true, DriftMethod.CHI_SQUARE);
    checkChoice(1000, 3, true, DriftMethod.CHI_SQUARE);
    checkChoice(1001, 5, true, DriftMethod.JENSEN_SHANNON);
    checkChoice(1000, 2, true, DriftMethod.Z);
    checkChoice(1000, 1, true, DriftMethod.Z);
    checkChoice(1001, 2, true, DriftMethod.JENSEN_SHANNON);
    checkChoice(1000, 3, false, DriftMethod.CHI_SQUARE);
    checkChoice(1000, 50, false, DriftMethod.CHI_SQUARE);
    checkChoice(1001, 50, false, DriftMethod.JENSEN_SHANNON);
    checkChoice(1000, 2, false, DriftMethod.Z);
    checkChoice(1001, 2, false, DriftMethod.JENSEN_SHANNON);
  }

  @Test
  void halfOfTheFeaturesAreADriftedSet() {
    FeaturePair drifted =
        new FeaturePair.Categorical(new PairedCounts(new long[] {500, 500}, new long[] {900, 100}));
    FeaturePair stable = new FeaturePair.Categorical(counts(1000, 1000));
    DriftOutcome one = DriftCheck.of(drifted, new DriftRule(DriftMethod.PSI));
    DriftOutcome two = DriftCheck.of(stable, new DriftRule(DriftMethod.PSI));
    DriftOutcome none = new DriftOutcome.NotEnough(1, 1, 30);
    assertThat(DatasetDrift.of(List.of(one, two, none), 0.5).hasDrifted()).isTrue();
    assertThat(DatasetDrift.of(List.of(one, two, two), 0.5).hasDrifted()).isFalse();
    assertThat(DatasetDrift.of(List.of(none), 0.5).hasDrifted()).isFalse();
  }

  @Test
  void pValuesAreCorrectedForTheirNumber() {
    double[] p = {0.01, 0.04, 0.03, 0.005, 0.9};
    assertThat(Correction.BONFERRONI.adjusted(p)).containsExactly(0.05, 0.2, 0.15, 0.025, 1);
    // scipy.stats.false_discovery_control
    assertThat(Correction.BENJAMINI_HOCHBERG.adjusted(p))
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(0.025, 0.05, 0.05, 0.025, 0.9);
  }

  @Test
  void aThresholdCanAlwaysBeReached() {
    // Californian latitudes: windows so different that three deviations lie beyond the largest
    // value.
    double[] windows = {0.2, 0.9, 0.3, 0.85, 0.1, Double.NaN};
    Thresholds guarded = Thresholds.deviations(windows, 3, 0, 1);
    assertThat(guarded.guarded()).isTrue();
    assertThat(guarded.upper()).isCloseTo(0.95, within(1e-12));
    assertThat(guarded.isBroken(1)).isTrue();
    Thresholds free = Thresholds.deviations(windows, 1, 0, Double.POSITIVE_INFINITY);
    assertThat(free.guarded()).isFalse();
    assertThat(free.upper()).isCloseTo(0.807046, within(1e-6));
    assertThat(Thresholds.deviations(new double[] {1, 0.2, 0.9}, 3, 0, 1).upper()).isNull();
    assertThat(Thresholds.deviations(new double[] {0.3}, 3, 0, 1)).isNull();
    Thresholds wide = Thresholds.percentiles(windows, 0.25, 0, 1);
    assertThat(wide.upper()).isEqualTo(0.85);
    assertThat(wide.lower()).isEqualTo(0.2);
  }

  @Test
  void setsOfVectorsApartAreFound() {
    Random random = new Random(5);
    double[][] reference = vectors(random, 2000, 0);
    double[][] same = vectors(random, 1500, 0);
    double[][] other = vectors(random, 1500, 0.4);
    assertThat(MaximumMeanDiscrepancy.linear(reference, same, 1).pValue()).isGreaterThan(0.01);
    assertThat(MaximumMeanDiscrepancy.linear(reference, other, 1).pValue()).isLessThan(0.001);
    double still = MaximumMeanDiscrepancy.byRandomFeatures(reference, same, 200, 1);
    double moved = MaximumMeanDiscrepancy.byRandomFeatures(reference, other, 200, 1);
    assertThat(Math.abs(still)).isLessThan(0.002);
    assertThat(moved).isGreaterThan(0.03);
    assertThat(MaximumMeanDiscrepancy.byRandomFeatures(reference, other, 200, 1)).isEqualTo(moved);
    assertThat(MeanEmbeddings.between(reference, other, Metric.EUCLIDEAN))
        .isCloseTo(0.8, within(0.1));
    assertThat(MeanEmbeddings.between(reference, other, Metric.CITY_BLOCK))
        .isCloseTo(1.6, within(0.2));
    assertThat(MeanEmbeddings.between(reference, other, Metric.CHEBYSHEV))
        .isCloseTo(0.4, within(0.1));
    assertThat(MeanEmbeddings.between(other, other, Metric.COSINE)).isCloseTo(0, within(1e-12));
  }

  /// The random features against all pairs of rows, with the same width.
  @Test
  void randomFeaturesComeNearTheirKernel() {
    Random random = new Random(6);
    double[][] reference = vectors(random, 300, 0);
    double[][] other = vectors(random, 250, 0.5);
    double width = MaximumMeanDiscrepancy.linear(reference, other, 9).width();
    double want =
        meanKernel(reference, reference, width, true)
            + meanKernel(other, other, width, true)
            - 2 * meanKernel(reference, other, width, false);
    assertThat(MaximumMeanDiscrepancy.byRandomFeatures(reference, other, 4000, 9))
        .isCloseTo(want, within(0.1 * want));
  }

  private static double meanKernel(double[][] one, double[][] two, double width, boolean own) {
    double sum = 0;
    for (int row = 0; row < one.length; row++) {
      for (int other = 0; other < two.length; other++) {
        double squared = 0;
        for (int place = 0; place < one[row].length; place++) {
          squared += Math.pow(one[row][place] - two[other][place], 2);
        }
        sum += own && row == other ? 0 : Math.exp(-squared / (2 * width * width));
      }
    }
    return sum / (own ? (double) one.length * (one.length - 1) : (double) one.length * two.length);
  }

  private static double score(DriftMethod method, FeaturePair pair) {
    return ((DriftScore) DriftCheck.of(pair, new DriftRule(method))).score();
  }

  private static DriftRule rule(DriftMethod method, double level) {
    return new DriftRule(method, new Limit(level, Side.BELOW), 30);
  }

  private static void checkChoice(int rows, int distinct, boolean numbers, DriftMethod want) {
    double[] values = new double[rows];
    long[] reference = new long[distinct];
    for (int row = 0; row < rows; row++) {
      values[row] = row % distinct;
      reference[row % distinct]++;
    }
    SortedColumn column = SortedColumn.of(values);
    FeaturePair pair =
        numbers
            ? new FeaturePair.Numeric(column, SortedColumn.of(new double[] {0, 0, 0}))
            : new FeaturePair.Categorical(new PairedCounts(reference, reference));
    assertThat(MethodChoice.EVIDENTLY.of(pair)).isEqualTo(want);
  }

  private static FeaturePair anyPair(Random random) {
    int n = 30 + random.nextInt(200);
    int m = 30 + random.nextInt(200);
    return switch (random.nextInt(4)) {
      case 0 ->
          new FeaturePair.Numeric(
              column(random, n, 0), column(random, m, 10 * random.nextDouble()));
      case 1 ->
          new FeaturePair.Numeric(steps(random, n, 3), steps(random, m, 1 + random.nextInt(5)));
      case 2 -> new FeaturePair.Numeric(steps(random, n, 1), steps(random, m, 1));
      default -> {
        long[] reference = new long[1 + random.nextInt(6)];
        long[] current = new long[reference.length];
        for (int row = 0; row < n; row++) {
          reference[random.nextInt(1 + random.nextInt(reference.length))]++;
          current[random.nextInt(reference.length)]++;
        }
        yield new FeaturePair.Categorical(new PairedCounts(reference, current));
      }
    };
  }

  private static PairedCounts counts(long n, long m) {
    return new PairedCounts(new long[] {n}, new long[] {m});
  }

  private static SortedColumn column(Random random, int n, double shift) {
    double[] values = new double[n];
    for (int row = 0; row < n; row++) {
      values[row] = random.nextGaussian() + shift;
    }
    return SortedColumn.of(values);
  }

  private static SortedColumn steps(Random random, int n, int steps) {
    double[] values = new double[n];
    for (int row = 0; row < n; row++) {
      values[row] = random.nextInt(steps);
    }
    return SortedColumn.of(values);
  }

  private static double[][] vectors(Random random, int n, double shift) {
    double[][] rows = new double[n][4];
    for (double[] row : rows) {
      for (int place = 0; place < row.length; place++) {
        row[place] = random.nextGaussian() + shift;
      }
    }
    return rows;
  }
}
