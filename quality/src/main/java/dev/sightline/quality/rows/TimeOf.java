package dev.sightline.quality.rows;

/// By which time a row belongs to a window.
public enum TimeOf {
  /// When the prediction was made: how good the model was then. Changes as truths arrive.
  PREDICTION,
  /// When the truth that holds became known, as the CLARA monitor does; rows without truth have no
  /// window.
  TRUTH
}
