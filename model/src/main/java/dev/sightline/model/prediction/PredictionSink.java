package dev.sightline.model.prediction;

import dev.sightline.model.store.StoreUnavailableException;
import java.util.List;

/// Writes predictions and ground truths.
///
/// Both are idempotent by prediction id: what was stored before, and comes again unchanged, counts
/// as stored. When a call returns, what it accepted would survive a power cut and is in every later
/// answer. Safe for any number of threads.
public interface PredictionSink {
  /// @return one receipt for each prediction, in their order
  /// @throws StoreUnavailableException if nothing can be kept now
  List<PredictionReceipt> store(List<Prediction> predictions);

  /// A truth that arrives before its prediction waits for it.
  ///
  /// @return one receipt for each truth, in their order
  /// @throws StoreUnavailableException if nothing can be kept now
  List<TruthReceipt> join(List<GroundTruth> truths);

  /// What became of one prediction.
  sealed interface PredictionReceipt {
    record Stored() implements PredictionReceipt {}

    /// It was there already, with the same content.
    record AlreadyStored() implements PredictionReceipt {}

    record Refused(String message) implements PredictionReceipt {}
  }

  /// What became of one ground truth.
  sealed interface TruthReceipt {
    record Joined() implements TruthReceipt {}

    /// Its prediction has not arrived yet.
    record Waiting() implements TruthReceipt {}

    /// It replaced another value.
    record Corrected() implements TruthReceipt {}

    record Refused(String message) implements TruthReceipt {}
  }
}
