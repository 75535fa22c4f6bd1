package dev.sightline.quality.performance;

import dev.sightline.model.prediction.PredictionColumns.Batch;

/// Says to which group a row belongs.
interface Grouping {
  /// The rows that follow stand in this batch.
  void begin(Batch batch);

  /// @return -1 where the row belongs to none
  int of(int window, int row);

  /// Each window is a group.
  static Grouping byWindow() {
    return new Grouping() {
      @Override
      public void begin(Batch batch) {}

      @Override
      public int of(int window, int row) {
        return window;
      }
    };
  }
}
