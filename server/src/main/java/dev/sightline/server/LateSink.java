package dev.sightline.server;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.store.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Holds back who wants to store predictions until the store is open: the gateway serves calls
/// while logs are still being read back.
final class LateSink implements PredictionSink {
  private final CompletableFuture<PredictionSink> opened = new CompletableFuture<>();

  void open(PredictionSink store) {
    opened.complete(store);
  }

  /// Ends the wait without a store. Does nothing once there is one.
  void giveUp() {
    opened.completeExceptionally(new IllegalStateException("the store did not open"));
  }

  @Override
  public List<PredictionReceipt> store(List<Prediction> predictions) {
    return store().store(predictions);
  }

  @Override
  public List<TruthReceipt> join(List<GroundTruth> truths) {
    return store().join(truths);
  }

  private PredictionSink store() {
    try {
      return opened.join();
    } catch (CompletionException failure) {
      throw new StoreUnavailableException("predictions cannot be stored", failure);
    }
  }
}
