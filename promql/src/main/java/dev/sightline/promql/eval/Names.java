package dev.sightline.promql.eval;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import java.util.List;

/// The labels that say what a series measures, and lose their truth once its values are computed
/// with.
final class Names {
  static final List<String> ALL = List.of(Label.METRIC_NAME, "__type__", "__unit__");
  private static final String[] ARRAY = ALL.toArray(new String[0]);

  private Names() {}

  static Labels removed(Labels labels) {
    for (String name : ARRAY) {
      if (labels.has(name)) {
        return labels.without(ARRAY);
      }
    }
    return labels;
  }

  static Labels finished(Labels labels, boolean dropName) {
    return dropName ? removed(labels) : labels;
  }
}
