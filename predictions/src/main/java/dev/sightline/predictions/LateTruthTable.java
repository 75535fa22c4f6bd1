package dev.sightline.predictions;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.predictions.head.Heads;
import dev.sightline.predictions.head.Loose;
import dev.sightline.predictions.head.ModelHead;
import dev.sightline.predictions.part.IdHash;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The truths of one model that lie loose, found by the hash of the prediction's id; 64 bits
/// decide, no more. The youngest layer's holds.
///
/// Unchangeable.
final class LateTruthTable {
  private static final int FILTER_BITS_PER_TRUTH = 16;

  private final long[] hashes;
  private final @Nullable GroundTruth[] truths;

  /// Says of most hashes that they are not here, from fewer bytes than the table has.
  private final long[] filter;

  private LateTruthTable(int count) {
    int slots = Integer.highestOneBit(Math.max(8, count)) * 4;
    this.hashes = new long[slots];
    this.truths = new @Nullable GroundTruth[slots];
    this.filter = new long[slots * FILTER_BITS_PER_TRUTH / 4 / Long.SIZE + 1];
  }

  static LateTruthTable of(View view, String model) {
    Map<String, Loose> oldest = view.shelf().loose(model);
    Map<String, Loose> old = loose(view.frozen(), model);
    Map<String, Loose> young = loose(view.active(), model);
    LateTruthTable table = new LateTruthTable(oldest.size() + old.size() + young.size());
    oldest.forEach(table::put);
    old.forEach(table::put);
    young.forEach(table::put);
    return table;
  }

  private static Map<String, Loose> loose(@Nullable Heads heads, String model) {
    ModelHead head = heads == null ? null : heads.find(model);
    return head == null ? Map.of() : head.loose();
  }

  private void put(String id, Loose loose) {
    long hash = IdHash.of(id);
    int slot = slot(hash);
    hashes[slot] = hash;
    truths[slot] = loose.history().newest();
    int bit = bit(hash);
    filter[bit >>> 6] |= 1L << bit;
  }

  /// @return null if there is none
  @Nullable GroundTruth find(long hash) {
    int bit = bit(hash);
    return (filter[bit >>> 6] & 1L << bit) == 0 ? null : truths[slot(hash)];
  }

  private int bit(long hash) {
    return (int) (hash >>> 32) & (Integer.highestOneBit(filter.length) * Long.SIZE - 1);
  }

  private int slot(long hash) {
    int slot = (int) hash & (hashes.length - 1);
    while (truths[slot] != null && hashes[slot] != hash) {
      slot = (slot + 1) & (hashes.length - 1);
    }
    return slot;
  }
}
