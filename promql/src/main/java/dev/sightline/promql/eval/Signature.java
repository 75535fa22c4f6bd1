package dev.sightline.promql.eval;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.promql.ast.Grouping;
import dev.sightline.promql.ast.Matching;
import java.util.List;
import java.util.stream.Stream;

/// The part of a label set by which series are grouped or matched.
final class Signature {
  private final boolean keep;
  private final List<String> names;
  private final String[] dropped;

  private Signature(boolean keep, List<String> names, List<String> dropped) {
    this.keep = keep;
    this.names = names;
    this.dropped =
        Stream.concat(names.stream(), dropped.stream()).distinct().toArray(String[]::new);
  }

  static Signature of(Grouping grouping) {
    return new Signature(!grouping.without(), grouping.labels(), Names.ALL);
  }

  static Signature of(Matching matching) {
    return new Signature(matching.on(), matching.labels(), List.of(Label.METRIC_NAME));
  }

  Labels of(Labels labels) {
    if (keep) {
      return names.isEmpty() ? Labels.EMPTY : labels.keeping(names);
    }
    return labels.without(dropped);
  }
}
