package dev.sightline.predictions;

import java.util.HashSet;
import java.util.Set;

/// The models that one call adds.
final class Newcomers {
  private final View view;
  private final int maxModels;
  private final Set<String> models = new HashSet<>();
  private int known = -1;

  Newcomers(View view, int maxModels) {
    this.view = view;
    this.maxModels = maxModels;
  }

  /// @return whether the model is here already or there is room for it
  boolean admit(String model) {
    if (models.contains(model) || view.knows(model)) {
      return true;
    }
    if (known < 0) {
      known = view.models().size();
    }
    return known + models.size() < maxModels && models.add(model);
  }
}
