package dev.sightline.predictions;

import java.time.Duration;

/// What the store of predictions keeps and takes.
///
/// @param retention how long predictions and truths are kept, counted back from the newest
/// @param headBytes how much memory predictions may take that are not in files yet; a cut writes
///   them there when half of it is taken
/// @param waitingTruths how many truths may wait for predictions that have not arrived
/// @param models how many models there may be
public record PredictionStoreOptions(
    Duration retention, long headBytes, int waitingTruths, int models) {
  public static final PredictionStoreOptions DEFAULT =
      new PredictionStoreOptions(Duration.ofDays(30), 256L << 20, 1_000_000, 1_000);

  public PredictionStoreOptions {
    if (retention.isNegative() || retention.isZero()) {
      throw new IllegalArgumentException("must be above 0");
    }
    if (headBytes <= 0 || waitingTruths <= 0 || models <= 0) {
      throw new IllegalArgumentException("BUG: limits of the prediction store must be above 0");
    }
  }

  /// How much memory truths may take that do not lie beside their prediction.
  long looseBytes() {
    return headBytes / 4;
  }

  /// How much of that those may take whose prediction has not arrived.
  long waitingBytes() {
    return headBytes / 8;
  }

  /// What is said of a model for which there is no room.
  String oneModelTooMany() {
    return "would be one model too many, the limit is " + models;
  }

  public PredictionStoreOptions withRetention(Duration retention) {
    return new PredictionStoreOptions(retention, headBytes, waitingTruths, models);
  }

  public PredictionStoreOptions withHeadBytes(long headBytes) {
    return new PredictionStoreOptions(retention, headBytes, waitingTruths, models);
  }
}
