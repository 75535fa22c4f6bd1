package dev.sightline.quality.monitor;

import dev.sightline.model.prediction.PredictionSource.ModelSummary;
import java.util.List;

/// Looks at one model after the other. Used by one thread.
public interface ModelMonitor {
  /// Of what, in a line of the log.
  String name();

  /// The values that hold now.
  ///
  /// @throws dev.sightline.model.query.QueryException if they could not be found
  List<Finding> look(ModelSummary model, long nowMs);

  /// Only these models are left.
  void retain(List<String> models);
}
