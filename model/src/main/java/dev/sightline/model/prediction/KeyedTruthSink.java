package dev.sightline.model.prediction;

import dev.sightline.model.prediction.PredictionSink.TruthReceipt;
import dev.sightline.model.store.StoreUnavailableException;
import java.util.List;

/// Writes ground truths that name their prediction by what it holds. Safe for any number of
/// threads.
public interface KeyedTruthSink {
  /// A truth that no prediction fits waits for one. When the call returns, what it accepted would
  /// survive a power cut. The same truth may be given again.
  ///
  /// @return one receipt for each truth, in their order
  /// @throws StoreUnavailableException if nothing can be kept now
  List<TruthReceipt> joinByKey(List<KeyedTruth> truths);
}
