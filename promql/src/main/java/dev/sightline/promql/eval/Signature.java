package dev.sightline.promql.eval;

import dev.sightline.model.label.Labels;
import dev.sightline.promql.ast.Grouping;
import dev.sightline.promql.ast.Matching;
import java.util.List;

/// The part of a label set by which series are grouped or matched.
final class Signature {
  private final boolean keep;
  private final List<String> names;
  private final String[] dropped;

  private Signature(boolean keep, List<String> names) {
    this.keep = keep;
    this.names = names;
    this.dropped = Names.and(names);
  }

  static Signature of(Grouping grouping) {
    return new Signature(!grouping.without(), grouping.labels());
  }

  static Signature of(Matching matching) {
    return new Signature(matching.on(), matching.labels());
  }

  Labels of(Labels labels) {
    if (keep) {
      return names.isEmpty() ? Labels.EMPTY : labels.keeping(names);
    }
    return labels.without(dropped);
  }
}
