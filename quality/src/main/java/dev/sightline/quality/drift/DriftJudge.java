package dev.sightline.quality.drift;

import dev.sightline.quality.baseline.Aspect;
import dev.sightline.quality.baseline.Baseline;
import dev.sightline.quality.baseline.FeatureColumn;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.drift.Apart;
import dev.sightline.stats.drift.Correction;
import dev.sightline.stats.drift.DatasetDrift;
import dev.sightline.stats.drift.DriftCheck;
import dev.sightline.stats.drift.DriftMethod;
import dev.sightline.stats.drift.DriftOutcome;
import dev.sightline.stats.drift.DriftRule;
import dev.sightline.stats.drift.DriftScore;
import dev.sightline.stats.drift.FeaturePair;
import dev.sightline.stats.drift.Separation;
import dev.sightline.stats.drift.SketchCheck;
import dev.sightline.stats.drift.TextCheck;
import dev.sightline.stats.drift.VectorCheck;
import dev.sightline.stats.drift.VectorPair;
import dev.sightline.stats.learn.WordRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares two baselines feature by feature.
final class DriftJudge {
  private final DriftRules rules;

  DriftJudge(DriftRules rules) {
    this.rules = rules;
  }

  /// Furthest first: those that have drifted beyond chance, then the others, by effect.
  List<FeatureDrift> judge(Baseline reference, Baseline current, boolean withHistograms) {
    List<Baseline.Feature> features =
        reference.features().values().stream()
            .filter(feature -> feature.column().n() > 0 || n(current, feature.name()) > 0)
            .toList();
    List<DriftOutcome> outcomes = new ArrayList<>();
    Map<String, Apart> aparts = new HashMap<>();
    for (Baseline.Feature feature : features) {
      outcomes.add(outcome(feature, column(current, feature), aparts));
    }
    correct(outcomes);
    List<FeatureDrift> judged = new ArrayList<>();
    for (int each = 0; each < features.size(); each++) {
      Baseline.Feature feature = features.get(each);
      FeatureColumn now = column(current, feature);
      Apart apart = aparts.get(feature.name());
      Evidence evidence =
          apart == null ? Evidence.of(feature.column(), now) : Evidence.of(apart.separation());
      judged.add(
          new FeatureDrift(
              feature.name(),
              feature.source(),
              feature.aspect(),
              FeatureDrift.type(feature.column()),
              outcomes.get(each),
              evidence,
              evidence != null && evidence.isBeyondChance(features.size()),
              missing(feature.column()),
              missing(now),
              withHistograms ? histogram(apart, feature.column(), now) : Histogram.NONE,
              apart == null ? List.of() : apart.telling()));
    }
    judged.sort(
        Comparator.comparing((FeatureDrift one) -> !one.hasDrifted())
            .thenComparing(one -> !one.isToWatch())
            .thenComparing(Comparator.comparingDouble(FeatureDrift::effect).reversed())
            .thenComparing(FeatureDrift::name));
    return judged;
  }

  /// Of inputs alone: answers and errors are looked at, but are no share of what the model is
  /// given.
  DatasetDrift inputs(List<FeatureDrift> features) {
    List<DriftOutcome> inputs =
        features.stream()
            .filter(feature -> feature.aspect() == Aspect.INPUT)
            .map(FeatureDrift::outcome)
            .toList();
    return DatasetDrift.of(inputs, rules.shareLimit());
  }

  private static Histogram histogram(
      @Nullable Apart apart, FeatureColumn reference, FeatureColumn current) {
    return apart == null
        ? Histogram.of(reference, current)
        : Histogram.ofChances(apart.separation());
  }

  /// @param aparts by feature, what was found of texts and vectors, added to
  private DriftOutcome outcome(
      Baseline.Feature feature, FeatureColumn current, Map<String, Apart> aparts) {
    FeatureColumn reference = feature.column();
    if (reference instanceof FeatureColumn.Vectors
        || reference instanceof FeatureColumn.Sentences) {
      return apart(feature, current, aparts);
    }
    if (DriftRules.isSketched(reference) || DriftRules.isSketched(current)) {
      return SketchCheck.of(
          FeatureSketch.of(reference),
          FeatureSketch.of(current),
          rules.ruleOfSketches(feature.name(), feature.source()));
    }
    FeaturePair pair = pair(reference, current);
    if (pair.nReference() == 0 || pair.nCurrent() == 0) {
      return new DriftOutcome.NotEnough(pair.nReference(), pair.nCurrent(), rules.minimumN());
    }
    return DriftCheck.of(pair, rules.rule(feature.name(), feature.source(), pair));
  }

  private DriftOutcome apart(
      Baseline.Feature feature, FeatureColumn current, Map<String, Apart> aparts) {
    FeatureColumn reference = feature.column();
    Apart found;
    if (reference instanceof FeatureColumn.Vectors(float[][] first, long n, long _)
        && current instanceof FeatureColumn.Vectors(float[][] second, long m, long _)) {
      DriftRule rule = rules.ruleOfVectors(feature.name());
      if (first.length > 0 && second.length > 0 && first[0].length != second[0].length) {
        return new DriftOutcome.NotApplicable(
            rule.method(),
            "it has " + second[0].length + " numbers now, and " + first[0].length + " before");
      }
      found = VectorCheck.of(new VectorPair(doubles(first), n, doubles(second), m), rule);
    } else if (reference instanceof FeatureColumn.Sentences(WordRows first, long n, long _)
        && current instanceof FeatureColumn.Sentences(WordRows second, long m, long _)) {
      found = TextCheck.of(first, n, second, m, rules.ruleOfTexts(feature.name(), n));
    } else {
      throw new IllegalStateException("BUG: both sides are read by the same sources");
    }
    if (found == null) {
      long needed = Math.max(rules.minimumN(), Separation.FEWEST);
      return new DriftOutcome.NotEnough(reference.n(), current.n(), needed);
    }
    aparts.put(feature.name(), found);
    return found.outcome();
  }

  private static double[][] doubles(float[][] rows) {
    double[][] doubles = new double[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      doubles[row] = new double[rows[row].length];
      for (int place = 0; place < rows[row].length; place++) {
        doubles[row][place] = rows[row][place];
      }
    }
    return doubles;
  }

  private static FeaturePair pair(FeatureColumn reference, FeatureColumn current) {
    if (reference instanceof FeatureColumn.Words first
        && current instanceof FeatureColumn.Words second) {
      return new FeaturePair.Categorical(Pairs.counts(first, second));
    }
    if (reference instanceof FeatureColumn.Numbers(SortedColumn first, long _)
        && current instanceof FeatureColumn.Numbers(SortedColumn second, long _)) {
      return new FeaturePair.Numeric(first, second);
    }
    throw new IllegalStateException("BUG: both sides are read by the same sources");
  }

  /// The current values; none where the window has no such feature.
  private static FeatureColumn column(Baseline current, Baseline.Feature feature) {
    Baseline.Feature found = current.features().get(feature.name());
    if (found != null) {
      return found.column();
    }
    return switch (feature.column()) {
      case FeatureColumn.Words _ ->
          new FeatureColumn.Words(Collections.emptySortedMap(), current.rows());
      case FeatureColumn.Vectors _ -> new FeatureColumn.Vectors(new float[0][], 0, current.rows());
      case FeatureColumn.Sentences _ ->
          new FeatureColumn.Sentences(WordRows.of(List.of()), 0, current.rows());
      case FeatureColumn.Numbers _, FeatureColumn.Sketched _ ->
          new FeatureColumn.Numbers(SortedColumn.of(new double[0]), current.rows());
    };
  }

  private static long n(Baseline baseline, String name) {
    Baseline.Feature feature = baseline.features().get(name);
    return feature == null ? 0 : feature.column().n();
  }

  private static double missing(FeatureColumn column) {
    long all = column.n() + column.missing();
    return all == 0 ? 0 : (double) column.missing() / all;
  }

  /// P-values of many features, so that the chance of a false alarm is that of one.
  private void correct(List<DriftOutcome> outcomes) {
    if (rules.correction() == Correction.NONE) {
      return;
    }
    List<Integer> places = new ArrayList<>();
    for (int each = 0; each < outcomes.size(); each++) {
      if (pValue(outcomes.get(each)) != null) {
        places.add(each);
      }
    }
    double[] adjusted =
        rules
            .correction()
            .adjusted(
                places.stream()
                    .mapToDouble(
                        place -> outcomes.get(place) instanceof DriftScore one ? one.score() : 1)
                    .toArray());
    for (int each = 0; each < adjusted.length; each++) {
      int place = places.get(each);
      if (outcomes.get(place) instanceof DriftScore score) {
        outcomes.set(place, corrected(score, adjusted[each]));
      }
    }
  }

  private static @Nullable Double pValue(DriftOutcome outcome) {
    return outcome instanceof DriftScore score
            && score.method().score() == DriftMethod.Score.P_VALUE
        ? score.pValue()
        : null;
  }

  private DriftScore corrected(DriftScore score, double pValue) {
    String how = rules.correction().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new DriftScore(
        score.method(),
        score.variant() + ", " + how,
        score.bins(),
        score.nReference(),
        score.nCurrent(),
        pValue,
        score.pValue(),
        score.effect(),
        score.effectName(),
        score.limit(),
        score.limit().verdict(pValue),
        score.source());
  }
}
