package dev.sightline.predictions.record;

import dev.sightline.model.prediction.GroundTruth;
import java.util.ArrayList;
import java.util.List;

/// What was said to be true of one prediction, oldest first: the last holds, the others were
/// corrected.
///
/// Of many corrections the newest [#LIMIT] are kept.
///
/// @param truths at least one
public record TruthHistory(List<GroundTruth> truths) {
  static final int LIMIT = 16;

  /// What one truth costs in memory besides its text: objects, and its place in an index.
  private static final int OVERHEAD_BYTES = 200;

  public TruthHistory {
    truths = List.copyOf(truths.subList(Math.max(0, truths.size() - LIMIT), truths.size()));
    if (truths.isEmpty()) {
      throw new IllegalArgumentException("BUG: a history without a truth");
    }
  }

  public static TruthHistory of(GroundTruth truth) {
    return new TruthHistory(List.of(truth));
  }

  /// The truth that holds.
  public GroundTruth newest() {
    return truths.getLast();
  }

  /// This history and what was said after it. What is said twice in a row stands once.
  public TruthHistory then(TruthHistory later) {
    List<GroundTruth> all = new ArrayList<>(truths);
    for (GroundTruth truth : later.truths) {
      if (!truth.equals(all.getLast())) {
        all.add(truth);
      }
    }
    return new TruthHistory(all);
  }

  /// How much memory it takes, about.
  public long bytes() {
    long bytes = 0;
    for (GroundTruth truth : truths) {
      bytes +=
          OVERHEAD_BYTES + 2L * truth.predictionId().length() + DatumCodec.bytes(truth.value());
    }
    return bytes;
  }
}
