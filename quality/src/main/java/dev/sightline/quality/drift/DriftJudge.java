package dev.sightline.quality.drift;

import dev.sightline.quality.baseline.Aspect;
import dev.sightline.quality.baseline.Baseline;
import dev.sightline.quality.baseline.FeatureColumn;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.drift.Correction;
import dev.sightline.stats.drift.DatasetDrift;
import dev.sightline.stats.drift.DriftCheck;
import dev.sightline.stats.drift.DriftMethod;
import dev.sightline.stats.drift.DriftOutcome;
import dev.sightline.stats.drift.DriftScore;
import dev.sightline.stats.drift.FeaturePair;
import dev.sightline.stats.drift.SketchCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
    for (Baseline.Feature feature : features) {
      outcomes.add(outcome(feature, column(current, feature)));
    }
    correct(outcomes);
    List<FeatureDrift> judged = new ArrayList<>();
    for (int each = 0; each < features.size(); each++) {
      Baseline.Feature feature = features.get(each);
      FeatureColumn now = column(current, feature);
      Evidence evidence = Evidence.of(feature.column(), now);
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
              withHistograms ? Histogram.of(feature.column(), now) : Histogram.NONE));
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

  private DriftOutcome outcome(Baseline.Feature feature, FeatureColumn current) {
    FeatureColumn reference = feature.column();
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
    return feature.column() instanceof FeatureColumn.Words
        ? new FeatureColumn.Words(Collections.emptySortedMap(), current.rows())
        : new FeatureColumn.Numbers(SortedColumn.of(new double[0]), current.rows());
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
