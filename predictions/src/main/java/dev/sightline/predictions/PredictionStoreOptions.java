package dev.sightline.predictions;

import java.time.Duration;

/// What the store of predictions keeps and takes.
///
/// @param retention how long predictions and truths are kept, counted back from the newest
/// @param headBytes how much memory the predictions that can be read may take; the oldest leave
///   first, and are then in the log alone
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
