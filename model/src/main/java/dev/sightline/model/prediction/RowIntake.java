package dev.sightline.model.prediction;

import java.util.List;

/// Takes predictions and truths as rows of our own API, whoever brings them.
///
/// Safe for any number of threads. What was taken is on disk when a call returns.
public interface RowIntake {
  /// One row.
  ///
  /// @param row as JSON reads it
  /// @param id of a prediction whose row says none: the same whenever the row comes again
  /// @param timeMs of a row that says none, Unix milliseconds
  record SentRow(Datum row, String id, long timeMs) {}

  /// What became of a row.
  sealed interface Result {
    record Taken() implements Result {}

    /// It had been taken before; nothing changed.
    record Known() implements Result {}

    /// @param reason in the user's words
    record Refused(String reason) implements Result {}
  }

  /// @return for each row, in their order
  /// @throws dev.sightline.model.store.StoreUnavailableException if nothing can be kept now
  List<Result> predictions(String model, List<SentRow> rows);

  /// As for predictions, of truths by id or by key.
  List<Result> truths(String model, List<SentRow> rows);
}
