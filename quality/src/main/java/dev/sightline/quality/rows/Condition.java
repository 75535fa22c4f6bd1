package dev.sightline.quality.rows;

/// What a row must have to belong to a segment.
public sealed interface Condition {
  /// Of a feature; of a tag where the row has no such feature.
  String name();

  /// @param word as [dev.sightline.model.prediction.PredictionColumns.Wanted.Texts] writes values;
  ///   empty for rows that have none
  record Is(String name, String word) implements Condition {}

  /// @param low included
  /// @param high included if `closed`
  record Within(String name, double low, double high, boolean closed) implements Condition {
    boolean holds(double value) {
      return value >= low && (value < high || closed && value == high);
    }
  }
}
