package dev.sightline.quality.performance;

import java.util.List;

/// A pass that counts rows in groups and can say what series each group gives.
interface GroupPass extends RowScan.Visitor {
  /// Predictions in a group, with and without truth.
  long predictions(int group);

  /// Once the walk is over.
  List<Score> scores(int group, ScoreLabels writer);
}
