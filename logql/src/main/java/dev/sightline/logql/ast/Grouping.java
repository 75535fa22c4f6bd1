package dev.sightline.logql.ast;

import java.util.List;

/// The labels that make the groups of an aggregation: those named (`by`), or all others
/// (`without`).
public record Grouping(boolean without, List<String> labels) {
  /// Everything in one group.
  public static final Grouping ALL = new Grouping(false, List.of());

  public Grouping {
    labels = List.copyOf(labels);
  }
}
