package dev.sightline.quality.baseline;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import java.util.List;

/// Keeps the values of one source in a pass over rows. Owned by one thread.
interface Keeper {
  Source source();

  /// The rows that follow stand in this batch.
  void begin(Batch batch);

  /// @param rows places in the batch, of which `count` count
  void take(int[] rows, int count);

  /// Adds what the source has in each of the rows to hashes of them.
  void mix(int[] rows, int count, long[] hashes);

  /// What was kept, once the pass is over; a text becomes several features.
  List<Baseline.Feature> finish();

  /// One more bit of a row's hash.
  static long mixed(long hash, long value) {
    long mixed = (hash ^ value) * 0x9e37_79b9_7f4a_7c15L;
    return mixed ^ mixed >>> 32;
  }
}
