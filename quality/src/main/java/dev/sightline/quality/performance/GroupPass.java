package dev.sightline.quality.performance;

import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.quality.rows.RowScan;
import java.util.List;

/// A pass that counts rows in groups and can say what series each group gives.
interface GroupPass extends RowScan.Visitor {
  /// The walk that it looks at.
  RowScan scan();

  /// Walks over all rows, for this pass alone.
  ///
  /// @throws dev.sightline.model.query.QueryException if there are too many classes or groups
  default void run(PredictionColumns columns) {
    scan().run(columns, this);
  }

  /// Predictions in a group, with and without truth.
  long predictions(int group);

  /// Once the walk is over.
  List<Score> scores(int group, ScoreLabels writer);
}
