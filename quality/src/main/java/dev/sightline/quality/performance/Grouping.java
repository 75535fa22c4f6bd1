package dev.sightline.quality.performance;

import dev.sightline.model.prediction.PredictionColumns.Batch;

/// Says to which group a row belongs.
interface Grouping {
  /// The rows that follow stand in this batch.
  void begin(Batch batch);

  /// @return -1 where the row belongs to none
  int of(int window, int row);

  /// Whether each window is the group of all of its rows, by its own number.
  default boolean isByWindow() {
    return false;
  }

  /// Each window is a group.
  static Grouping byWindow() {
    return new Grouping() {
      @Override
      public void begin(Batch batch) {}

      @Override
      public int of(int window, int row) {
        return window;
      }

      @Override
      public boolean isByWindow() {
        return true;
      }
    };
  }
}
