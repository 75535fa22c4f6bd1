package dev.sightline.gateway;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Keeps predictions in a list; can be held up, and can fail.
final class MemorySink implements PredictionSink {
  final List<Prediction> stored = new CopyOnWriteArrayList<>();
  final Semaphore calls = new Semaphore(Integer.MAX_VALUE / 2);
  volatile @Nullable RuntimeException failure;
  volatile @Nullable Error error;

  @Override
  public List<PredictionReceipt> store(List<Prediction> predictions) {
    calls.acquireUninterruptibly();
    Error worse = error;
    if (worse != null) {
      throw worse;
    }
    RuntimeException thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
    stored.addAll(predictions);
    return predictions.stream()
        .map(_ -> (PredictionReceipt) new PredictionReceipt.Stored())
        .toList();
  }

  @Override
  public List<TruthReceipt> join(List<GroundTruth> truths) {
    throw new UnsupportedOperationException("the gateway joins no truths");
  }
}
