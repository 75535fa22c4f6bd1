package dev.sightline.quality.integrity;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the data of models must hold, where the reference alone does not say it.
///
/// @param minimumN fewer rows are not judged
/// @param models constraints by model and feature
public record IntegrityRules(long minimumN, Map<String, Map<String, Constraint>> models) {
  public static final IntegrityRules DEFAULT = new IntegrityRules(30, Map.of());

  public IntegrityRules {
    models = Map.copyOf(models);
  }

  /// Limits of one feature; null where the reference says it.
  ///
  /// @param maxMissing share of rows without a value
  /// @param min the least value
  /// @param max the largest
  /// @param maxOutside share of rows beyond `min` and `max`, or with words that are not `allowed`
  /// @param allowed words; null for those of the reference
  public record Constraint(
      @Nullable Double maxMissing,
      @Nullable Double min,
      @Nullable Double max,
      @Nullable Double maxOutside,
      @Nullable Set<String> allowed) {
    public static final Constraint NONE = new Constraint(null, null, null, null, null);

    public Constraint {
      allowed = allowed == null ? null : Set.copyOf(allowed);
    }
  }

  Constraint of(String model, String feature) {
    return models.getOrDefault(model, Map.of()).getOrDefault(feature, Constraint.NONE);
  }
}
