package dev.sightline.logql.stage;

import dev.sightline.logql.ast.Stage.LabelPick;
import dev.sightline.model.label.Labels;
import java.util.List;

/// `drop` and `keep`: removes labels that are named, or those that are not.
final class PickStep implements Step {
  private final List<LabelPick> picks;
  private final boolean keep;

  PickStep(List<LabelPick> picks, boolean keep) {
    this.picks = picks;
    this.keep = keep;
  }

  @Override
  public boolean apply(Line line) {
    LineLabels labels = line.labels();
    if (!keep) {
      for (LabelPick pick : picks) {
        if (isPicked(pick, labels.get(pick.label()))) {
          labels.set(pick.label(), "");
        }
      }
      return true;
    }
    Labels all = labels.all();
    for (int i = 0; i < all.size(); i++) {
      String name = all.name(i);
      if (!name.startsWith("__error") && !isKept(name, all.value(i))) {
        labels.set(name, "");
      }
    }
    return true;
  }

  private boolean isKept(String name, String value) {
    return picks.stream().anyMatch(pick -> pick.label().equals(name) && isPicked(pick, value));
  }

  private static boolean isPicked(LabelPick pick, String value) {
    return pick.matcher() == null || pick.matcher().matches(value);
  }
}
