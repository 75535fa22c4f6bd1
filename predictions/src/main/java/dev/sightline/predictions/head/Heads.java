package dev.sightline.predictions.head;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.predictions.record.PredictionKey;
import dev.sightline.predictions.record.TruthHistory;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What the store holds of all models in memory: one layer of it.
///
/// One thread at a time changes it, under the store's lock; any number read meanwhile.
public final class Heads {
  private final ConcurrentSkipListMap<String, ModelHead> byModel = new ConcurrentSkipListMap<>();
  private final AtomicLong rowBytes = new AtomicLong();
  private final AtomicLong looseBytes = new AtomicLong();
  private final AtomicLong waitingBytes = new AtomicLong();

  public @Nullable ModelHead find(String model) {
    return byModel.get(model);
  }

  /// All of them, by the names of their models.
  public Map<String, ModelHead> all() {
    return Collections.unmodifiableMap(byModel);
  }

  public Collection<String> models() {
    return Collections.unmodifiableSet(byModel.keySet());
  }

  /// Adds a prediction that is not here yet; see [ModelHead].
  ///
  /// @param early the truths that waited for it in older layers, if any
  public void add(PredictionKey key, long sequence, byte[] encoded, @Nullable TruthHistory early) {
    of(key.model()).add(key, sequence, encoded, early);
  }

  /// Joins a truth to its prediction if that is here, or keeps it for a prediction of older layers
  /// or of later.
  ///
  /// @param kind if it is kept, and the first for this prediction in this layer
  public void join(GroundTruth truth, Loose.Kind kind) {
    ModelHead head = of(truth.model());
    Row row = head.row(truth.predictionId());
    if (row != null) {
      head.join(row, truth);
    } else {
      head.keep(truth, kind);
    }
  }

  /// Memory taken by predictions and the truths beside them.
  public long rowBytes() {
    return rowBytes.get();
  }

  /// Memory taken by truths for predictions that are elsewhere.
  public long looseBytes() {
    return looseBytes.get();
  }

  /// The part of [#looseBytes] whose predictions have not arrived.
  public long waitingBytes() {
    return waitingBytes.get();
  }

  /// See [ModelHead#waiting].
  public long waiting() {
    return byModel.values().stream().mapToLong(ModelHead::waiting).sum();
  }

  /// Forgets what is older than `oldestMs`, and models of which nothing is left.
  public void expire(long oldestMs) {
    byModel.values().forEach(head -> head.expire(oldestMs));
    byModel
        .values()
        .removeIf(head -> head.isEmpty() && head.loose().isEmpty() && head.waiting() == 0);
  }

  private ModelHead of(String model) {
    return byModel.computeIfAbsent(model, _ -> new ModelHead(rowBytes, looseBytes, waitingBytes));
  }
}
