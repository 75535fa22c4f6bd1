package dev.sightline.logql.eval;

import dev.sightline.logql.ast.Grouping;
import dev.sightline.logql.ast.Matching;
import dev.sightline.model.label.Labels;
import java.util.List;

/// The part of a label set by which series are grouped or matched.
record Signature(boolean keep, List<String> names) {

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
    return names.isEmpty() ? labels : labels.without(names.toArray(new String[0]));
  }
}
