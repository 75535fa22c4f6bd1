package dev.sightline.promql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which elements of two vectors belong together.
///
/// @param on whether `labels` are the ones compared (`on`), or the ones left out (`ignoring`)
/// @param include labels that `group_left` or `group_right` copies from the "one" side
/// @param fillLeft the value of a missing element on the left, null for none
/// @param fillRight the value of a missing element on the right, null for none
public record Matching(
    Cardinality cardinality,
    boolean on,
    List<String> labels,
    List<String> include,
    @Nullable Double fillLeft,
    @Nullable Double fillRight) {
  public static final Matching DEFAULT =
      new Matching(Cardinality.ONE_TO_ONE, false, List.of(), List.of(), null, null);

  public Matching {
    labels = List.copyOf(labels);
    include = List.copyOf(include);
  }

  /// How many elements of each side may share the compared labels.
  public enum Cardinality {
    ONE_TO_ONE,
    /// `group_left`
    MANY_TO_ONE,
    /// `group_right`
    ONE_TO_MANY
  }

  /// Whether nothing was written.
  public boolean isDefault() {
    return equals(DEFAULT);
  }
}
