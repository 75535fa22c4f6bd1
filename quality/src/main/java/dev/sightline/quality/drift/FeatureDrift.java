package dev.sightline.quality.drift;

import dev.sightline.quality.baseline.Aspect;
import dev.sightline.quality.baseline.FeatureColumn;
import dev.sightline.stats.drift.DriftOutcome;
import dev.sightline.stats.drift.DriftScore;
import dev.sightline.stats.drift.Telling;
import dev.sightline.stats.drift.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One feature in both windows.
///
/// @param source what it was made of, where it is the property of a text; else its own name
/// @param type `number`, `word`, `text` or `vector`
/// @param evidence null where a side has no rows
/// @param telling words or places that tell the windows apart, most first; of texts and vectors
/// @param beyondChance whether the evidence convinces, for all features together
public record FeatureDrift(
    String name,
    String source,
    Aspect aspect,
    String type,
    DriftOutcome outcome,
    @Nullable Evidence evidence,
    boolean beyondChance,
    double missingReference,
    double missingCurrent,
    Histogram histogram,
    List<Telling> telling) {
  public FeatureDrift {
    telling = List.copyOf(telling);
  }

  /// Whether the rule says so, and chance does not explain it.
  public boolean hasDrifted() {
    return isVerdict(Verdict.DRIFTED) && beyondChance;
  }

  /// Whether it is worth a look: by the rule, or drifted by the rule but not beyond chance.
  public boolean isToWatch() {
    return isVerdict(Verdict.WATCH) || isVerdict(Verdict.DRIFTED) && !beyondChance;
  }

  private boolean isVerdict(Verdict verdict) {
    return outcome instanceof DriftScore score && score.verdict() == verdict;
  }

  /// What to rank by; -1 where nothing can be said.
  double effect() {
    return evidence == null ? -1 : evidence.effect();
  }

  static String type(FeatureColumn column) {
    return switch (column) {
      case FeatureColumn.Words _ -> "word";
      case FeatureColumn.Sentences _ -> "text";
      case FeatureColumn.Vectors _ -> "vector";
      case FeatureColumn.Numbers _, FeatureColumn.Sketched _ -> "number";
    };
  }
}
