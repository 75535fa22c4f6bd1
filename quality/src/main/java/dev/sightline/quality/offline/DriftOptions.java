package dev.sightline.quality.offline;

import dev.sightline.stats.drift.DriftMethod;
import dev.sightline.stats.drift.DriftRule;
import dev.sightline.stats.drift.Limit;
import dev.sightline.stats.drift.MethodChoice;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How two files are compared.
///
/// @param choice of methods where none is given
/// @param method for features that it applies to; null for the choice's
/// @param threshold of that method; null for its usual one
/// @param columns to compare, by their names in the current file; empty for all
/// @param renamed names in the current file, by those in the reference
/// @param vectors patterns of columns that are one vector each, such as `emb_*`
/// @param together whether all numbers are compared together, too
/// @param share of drifted features from which on the whole has drifted
public record DriftOptions(
    MethodChoice choice,
    @Nullable DriftMethod method,
    @Nullable Double threshold,
    Set<String> columns,
    Map<String, String> renamed,
    List<String> vectors,
    boolean together,
    double share,
    KeepRows keep) {
  public DriftOptions {
    vectors = List.copyOf(vectors);
    columns = Set.copyOf(columns);
    renamed = Map.copyOf(renamed);
  }

  /// For texts or vectors: the method given, where it is one of them.
  DriftRule rule(DriftMethod.Values values, DriftMethod otherwise) {
    DriftMethod given = method;
    return rule(given != null && given.compares() == values ? given : otherwise);
  }

  DriftRule rule(DriftMethod chosen) {
    Double given = threshold;
    Limit limit = chosen.usualLimit();
    return chosen == method && given != null
        ? new DriftRule(chosen, new Limit(given, limit.side()), DriftRule.USUAL_MINIMUM)
        : new DriftRule(chosen);
  }
}
