package dev.sightline.stats.drift;

import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.distance.MaximumMeanDiscrepancy;
import dev.sightline.stats.distance.MeanEmbeddings;
import dev.sightline.stats.distance.ValueDistances;
import dev.sightline.stats.drift.DriftScore.Source;
import dev.sightline.stats.learn.SparseRows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Judges the vectors of two windows, such as embeddings.
public final class VectorCheck {
  /// Many columns for few rows: weights are pulled towards 0 more than scikit-learn would.
  private static final double TRUST = 0.1;

  /// A component that has moved by this much of its deviation counts as drifted, as Evidently.
  private static final double COMPONENT_LIMIT = 0.1;

  private static final int FEATURES = 500;

  private final VectorPair pair;
  private final DriftRule rule;
  private final Separation separation;

  private VectorCheck(VectorPair pair, DriftRule rule) {
    this.pair = pair;
    this.rule = rule;
    this.separation =
        Separation.of(
            SparseRows.standardised(pair.both()), pair.reference().length, TRUST, Apart.SEED);
  }

  /// @return null where there are too few rows to learn from
  public static @Nullable Apart of(VectorPair pair, DriftRule rule) {
    if (Math.min(pair.reference().length, pair.current().length) < Separation.FEWEST
        || Math.min(pair.nReference(), pair.nCurrent()) < rule.minimumN()) {
      return null;
    }
    VectorCheck check = new VectorCheck(pair, rule);
    return new Apart(check.outcome(), check.separation, check.telling());
  }

  private DriftOutcome outcome() {
    double[][] reference = pair.reference();
    double[][] current = pair.current();
    return switch (rule.method()) {
      case EMBEDDING_MODEL ->
          score("logistic regression, 5 folds", separation.auc(), separation.pValue());
      case EMBEDDING_RATIO ->
          score(
              "components moved by more than 0.1 of their deviations",
              (double) Arrays.stream(moved()).filter(far -> far > COMPONENT_LIMIT).count()
                  / pair.size(),
              null);
      case EMBEDDING_DISTANCE -> mean("of means, Euclidean", MeanEmbeddings.Metric.EUCLIDEAN);
      case EMBEDDING_COSINE -> mean("of means, cosine", MeanEmbeddings.Metric.COSINE);
      case EMBEDDING_CITY_BLOCK -> mean("of means, city block", MeanEmbeddings.Metric.CITY_BLOCK);
      case EMBEDDING_CHEBYSHEV ->
          mean("of means, largest component", MeanEmbeddings.Metric.CHEBYSHEV);
      case EMBEDDING_MMD ->
          score(
              "Gaussian kernel of median width, " + FEATURES + " random features, squared",
              MaximumMeanDiscrepancy.byRandomFeatures(reference, current, FEATURES, Apart.SEED),
              null);
      case EMBEDDING_MMD_LINEAR -> {
        double pValue = MaximumMeanDiscrepancy.linear(reference, current, Apart.SEED).pValue();
        yield score("Gaussian kernel of median width, pairs of rows", pValue, pValue);
      }
      default ->
          new DriftOutcome.NotApplicable(
              rule.method(), "it compares single values, and the feature has lists of numbers");
    };
  }

  private DriftOutcome mean(String variant, MeanEmbeddings.Metric metric) {
    return score(variant, MeanEmbeddings.between(pair.reference(), pair.current(), metric), null);
  }

  private DriftScore score(String variant, double score, @Nullable Double pValue) {
    return new DriftScore(
        rule.method(),
        pair.size() + " numbers, " + variant,
        0,
        pair.nReference(),
        pair.nCurrent(),
        score,
        pValue,
        separation.effect(),
        "twice a classifier's area above 0.5",
        rule.limit(),
        rule.limit().verdict(score),
        pair.isSampled() ? Source.SAMPLE : Source.EXACT);
  }

  /// By component, in deviations of the reference.
  private double[] moved() {
    double[] moved = new double[pair.size()];
    for (int place = 0; place < moved.length; place++) {
      moved[place] =
          ValueDistances.normedWasserstein(
              SortedColumn.of(component(pair.reference(), place)),
              SortedColumn.of(component(pair.current(), place)));
    }
    return moved;
  }

  private static double[] component(double[][] rows, int place) {
    return Arrays.stream(rows).mapToDouble(row -> row[place]).toArray();
  }

  private List<Telling> telling() {
    return IntStream.range(0, pair.size())
        .mapToObj(
            place ->
                new Telling(
                    Integer.toString(place),
                    separation.whole().weight(place),
                    Arrays.stream(pair.reference())
                        .mapToDouble(row -> row[place])
                        .average()
                        .orElse(0),
                    Arrays.stream(pair.current())
                        .mapToDouble(row -> row[place])
                        .average()
                        .orElse(0)))
        .sorted(Comparator.comparingDouble((Telling one) -> -Math.abs(one.weight())))
        .limit(Apart.MOST_TELLING)
        .toList();
  }
}
