package dev.sightline.logql.ast;

import java.util.List;

/// Which elements of two vectors belong together.
///
/// @param on whether `labels` are the ones compared (`on`), or the ones left out (`ignoring`)
/// @param include labels that `group_left` or `group_right` copies from the "one" side
public record Matching(
    Cardinality cardinality, boolean on, List<String> labels, List<String> include) {
  public static final Matching DEFAULT =
      new Matching(Cardinality.ONE_TO_ONE, false, List.of(), List.of());

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
}
