package dev.sightline.predictions.head;

import dev.sightline.predictions.record.PredictionKey;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The heads of all models: bounded in number and, as far as predictions go, in memory.
///
/// One thread at a time changes it, under the store's lock; any number read meanwhile.
public final class Heads {
  private final int maxModels;
  private final long maxBytes;
  private final Map<String, ModelHead> byModel = new ConcurrentSkipListMap<>();
  private final AtomicLong bytes = new AtomicLong();

  /// @param maxBytes of predictions; the oldest of the largest model leave first
  public Heads(int maxModels, long maxBytes) {
    this.maxModels = maxModels;
    this.maxBytes = maxBytes;
  }

  public @Nullable ModelHead find(String model) {
    return byModel.get(model);
  }

  /// The head of a model, made if there is none.
  public ModelHead of(String model) {
    return byModel.computeIfAbsent(model, ModelHead::new);
  }

  /// All of them, by the names of their models.
  public Collection<ModelHead> all() {
    return Collections.unmodifiableCollection(byModel.values());
  }

  /// Memory taken by predictions.
  public long bytes() {
    return bytes.get();
  }

  /// How many truths wait for their predictions.
  public int waiting() {
    return byModel.values().stream().mapToInt(ModelHead::waiting).sum();
  }

  /// Adds a prediction that is not here yet.
  ///
  /// @return how many older ones left memory for it
  public int add(PredictionKey key, byte[] encoded) {
    ModelHead head = of(key.model());
    long before = head.bytes();
    head.add(key, encoded);
    bytes.addAndGet(head.bytes() - before);
    int evicted = 0;
    while (bytes.get() > maxBytes) {
      evictOldest();
      evicted++;
    }
    return evicted;
  }

  private void evictOldest() {
    ModelHead largest =
        byModel.values().stream().max(Comparator.comparingLong(ModelHead::bytes)).orElseThrow();
    long before = largest.bytes();
    largest.evictOldest();
    bytes.addAndGet(largest.bytes() - before);
  }

  /// Forgets what is older than `oldestMs`, and models of which nothing is left.
  public void expire(long oldestMs) {
    byModel.values().forEach(head -> head.expire(oldestMs));
    byModel.values().removeIf(head -> head.isEmpty() && head.waiting() == 0);
    bytes.set(byModel.values().stream().mapToLong(ModelHead::bytes).sum());
  }

  /// The models that one call adds.
  public final class Newcomers {
    private final Set<String> models = new HashSet<>();

    /// @return whether the model is here already or there is room for it
    public boolean admit(String model) {
      if (byModel.containsKey(model) || models.contains(model)) {
        return true;
      }
      return byModel.size() + models.size() < maxModels && models.add(model);
    }
  }
}
