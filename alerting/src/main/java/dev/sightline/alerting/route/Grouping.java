package dev.sightline.alerting.route;

import dev.sightline.model.label.Labels;
import java.util.List;

/// Which alerts of a route are told together: those that agree in these labels.
///
/// @param byAll whether each set of labels is a group of its own, which is written `...`
/// @param names sorted, each once; empty with `byAll`
public record Grouping(boolean byAll, List<String> names) {
  /// All alerts of a route together.
  public static final Grouping NONE = new Grouping(false, List.of());

  public Grouping {
    names = names.stream().distinct().sorted().toList();
  }

  /// What the group of an alert is called.
  public Labels of(Labels labels) {
    return byAll ? labels : labels.keeping(names);
  }
}
