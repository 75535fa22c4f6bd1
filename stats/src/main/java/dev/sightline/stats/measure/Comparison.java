package dev.sightline.stats.measure;

import dev.sightline.stats.probability.Seed;
import dev.sightline.stats.probability.Tails;
import java.util.random.RandomGenerator;
import org.hipparchus.special.Gamma;
import org.jspecify.annotations.Nullable;

/// Whether two versions, or a segment and all other rows, differ by more than chance.
///
/// @param difference second minus first
/// @param interval of the difference; null where the method has none
/// @param pValue how often chance alone gives a difference at least as large; null where the method
///   has none
/// @param method by name, such as "two-proportion z"
public record Comparison(
    double difference,
    @Nullable Interval interval,
    @Nullable Double pValue,
    String method,
    long nFirst,
    long nSecond) {

  /// Two shares of different rows: the pooled z test, with Newcombe's interval (R. Newcombe,
  /// "Interval estimation for the difference between independent proportions", 1998, method 10).
  ///
  /// @param nFirst at least 1
  public static Comparison ofShares(
      long hitsFirst, long nFirst, long hitsSecond, long nSecond, double level) {
    double first = (double) hitsFirst / nFirst;
    double second = (double) hitsSecond / nSecond;
    double pooled = (double) (hitsFirst + hitsSecond) / (nFirst + nSecond);
    double deviation = Math.sqrt(pooled * (1 - pooled) * (1.0 / nFirst + 1.0 / nSecond));
    double pValue = deviation == 0 ? 1 : Tails.normalTwoSided((second - first) / deviation);
    Interval one = Wilson.interval((double) hitsFirst, (double) nFirst, level);
    Interval two = Wilson.interval((double) hitsSecond, (double) nSecond, level);
    double difference = second - first;
    Interval interval =
        new Interval(
            difference - Math.hypot(second - two.low(), one.high() - first),
            difference + Math.hypot(two.high() - second, first - one.low()),
            level,
            Interval.Kind.WILSON);
    return new Comparison(difference, interval, pValue, "two-proportion z", nFirst, nSecond);
  }

  /// Two versions on the same rows: McNemar's exact test on the rows that only one got right.
  public static Comparison ofSameRows(long onlyFirst, long onlySecond, long n) {
    double difference = (double) (onlySecond - onlyFirst) / n;
    double pValue = 2 * lowerTailOfHalf(Math.min(onlyFirst, onlySecond), onlyFirst + onlySecond);
    return new Comparison(difference, null, Math.min(1, pValue), "McNemar exact", n, n);
  }

  /// Any measure of counts of different rows, by resampling both sides.
  ///
  /// @return null where the measure has no value on one of them
  public static @Nullable Comparison ofCounts(
      ConfusionCounts first, ConfusionCounts second, ClassMeasure measure, ClassRules rules) {
    double difference =
        new ClassValues(second, rules).of(measure) - new ClassValues(first, rules).of(measure);
    if (first.n() == 0 || second.n() == 0 || Double.isNaN(difference)) {
      return null;
    }
    RandomGenerator random = Seed.generator(rules.intervals().seed());
    double[] differences = new double[rules.intervals().resamples()];
    for (int round = 0; round < differences.length; round++) {
      double one = new ClassValues(Bootstrap.redrawn(first, random), rules).of(measure);
      double two = new ClassValues(Bootstrap.redrawn(second, random), rules).of(measure);
      differences[round] = two - one;
    }
    Interval interval = Bootstrap.percentiles(differences, rules.intervals().level());
    return new Comparison(
        difference, interval, pValue(differences), "bootstrap", first.n(), second.n());
  }

  /// Two ROC areas of different rows, by the sum of DeLong's variances.
  ///
  /// @return null where one side has no positive or no negative cases
  public static @Nullable Comparison ofRocAreas(
      ScoredTruths first, ScoredTruths second, double level) {
    double difference = second.areaUnderRoc() - first.areaUnderRoc();
    if (Double.isNaN(difference)) {
      return null;
    }
    double deviation = Math.sqrt(first.rocAucVariance() + second.rocAucVariance());
    double half = deviation * Tails.normalQuantile(0.5 + level / 2);
    double pValue = deviation == 0 ? 1 : Tails.normalTwoSided(difference / deviation);
    return new Comparison(
        difference,
        new Interval(difference - half, difference + half, level, Interval.Kind.DELONG),
        pValue,
        "DeLong",
        first.n(),
        second.n());
  }

  /// Two values of different rows, from the standard errors of both.
  ///
  /// @return null where one has no interval
  public static @Nullable Comparison ofDifferentRows(
      Measured.Known first, Measured.Known second, double level) {
    Interval one = first.interval();
    Interval two = second.interval();
    if (one == null || two == null) {
      return null;
    }
    double deviation = Math.hypot(one.deviation(first.value()), two.deviation(second.value()));
    return normal(second.value() - first.value(), deviation, level, first.n(), second.n());
  }

  /// A part of some rows against all the others, from the values of the part and of the whole.
  ///
  /// Exact for means: what the others have is what the whole has more than the part. Other values
  /// are taken for means of the influences of rows, which is right while part and whole are alike,
  /// and that is what is tested.
  ///
  /// @return null where one has no interval, or the part is the whole
  public static @Nullable Comparison ofPart(
      Measured.Known part, Measured.Known whole, double level) {
    Interval ofPart = part.interval();
    Interval ofWhole = whole.interval();
    long others = whole.n() - part.n();
    if (ofPart == null || ofWhole == null || others < 2) {
      return null;
    }
    double share = (double) part.n() / whole.n();
    double ofOthers = (whole.value() - share * part.value()) / (1 - share);
    double partSpread = square(ofPart.deviation(part.value())) * part.n();
    double wholeSpread = square(ofWhole.deviation(whole.value())) * whole.n();
    double othersSpread =
        (wholeSpread - share * (partSpread + square(part.value() - whole.value()))) / (1 - share)
            - square(ofOthers - whole.value());
    double deviation = Math.sqrt(partSpread / part.n() + Math.max(0, othersSpread) / others);
    return normal(part.value() - ofOthers, deviation, level, others, part.n());
  }

  private static Comparison normal(
      double difference, double deviation, double level, long nFirst, long nSecond) {
    double half = deviation * Tails.normalQuantile(0.5 + level / 2);
    double pValue =
        deviation == 0 ? difference == 0 ? 1 : 0 : Tails.normalTwoSided(difference / deviation);
    Interval interval =
        new Interval(difference - half, difference + half, level, Interval.Kind.STUDENT);
    return new Comparison(difference, interval, pValue, "difference of estimates", nFirst, nSecond);
  }

  private static double square(double value) {
    return value * value;
  }

  /// Twice the smaller share of resamples on one side of zero, counting the observed one.
  private static double pValue(double[] differences) {
    int below = 1;
    int above = 1;
    int known = 1;
    for (double each : differences) {
      below += each <= 0 ? 1 : 0;
      above += each >= 0 ? 1 : 0;
      known += Double.isNaN(each) ? 0 : 1;
    }
    return Math.min(1, 2.0 * Math.min(below, above) / known);
  }

  /// P(X <= k) of n fair coins.
  private static double lowerTailOfHalf(long k, long n) {
    double sum = 0;
    double whole = Gamma.logGamma(n + 1.0) - n * Math.log(2);
    for (long heads = k; heads >= 0; heads--) {
      double part = Math.exp(whole - Gamma.logGamma(heads + 1.0) - Gamma.logGamma(n - heads + 1.0));
      sum += part;
      if (part < sum * 1e-17) {
        break;
      }
    }
    return Math.min(1, sum);
  }
}
