package dev.sightline.stats.measure;

import dev.sightline.stats.probability.BinomialDraw;
import dev.sightline.stats.probability.Quantiles;
import dev.sightline.stats.probability.Seed;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Intervals by drawing the observations again: B. Efron and R. Tibshirani, "An introduction to the
/// bootstrap" (1993), percentile method. A seed makes them the same each time.
public final class Bootstrap {
  private Bootstrap() {}

  /// The interval of any function of rows.
  ///
  /// @param rows how many there are
  /// @param measure takes row numbers, with repeats; NaN where it has no value
  /// @return null where fewer than half of the resamples have a value
  public static @Nullable Interval ofRows(
      int rows, Resampling rule, ToDoubleFunction<int[]> measure) {
    RandomGenerator random = Seed.generator(rule.seed());
    double[] values = new double[rule.resamples()];
    int[] drawn = new int[rows];
    for (int round = 0; round < values.length; round++) {
      for (int place = 0; place < rows; place++) {
        drawn[place] = random.nextInt(rows);
      }
      values[round] = measure.applyAsDouble(drawn);
    }
    return percentiles(values, rule.level());
  }

  /// Counts whose rows are drawn again. Drawing rows and counting them is drawing the counts at
  /// once from their multinomial distribution, so that a million rows cost no more than a hundred.
  static ConfusionCounts redrawn(ConfusionCounts counts, RandomGenerator random) {
    ConfusionCounts drawn = new ConfusionCounts(counts.classes());
    long left = counts.n();
    long weight = counts.n();
    for (int truth = 0; truth < counts.classes() && left > 0; truth++) {
      for (int prediction = 0; prediction < counts.classes() && left > 0; prediction++) {
        long cell = counts.count(truth, prediction);
        if (cell > 0) {
          long taken = BinomialDraw.of(random, left, (double) cell / weight);
          drawn.add(truth, prediction, taken);
          left -= taken;
          weight -= cell;
        }
      }
    }
    return drawn;
  }

  /// @param values sorted by this; NaN among them is left out
  static @Nullable Interval percentiles(double[] values, double level) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    if (finite.length == 0 || finite.length < values.length / 2) {
      return null;
    }
    return new Interval(
        Quantiles.of(finite, (1 - level) / 2),
        Quantiles.of(finite, (1 + level) / 2),
        level,
        Interval.Kind.BOOTSTRAP);
  }
}
