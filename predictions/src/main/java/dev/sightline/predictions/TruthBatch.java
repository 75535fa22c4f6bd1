package dev.sightline.predictions;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.PredictionSink.TruthReceipt;
import dev.sightline.predictions.head.Loose;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.predictions.record.TruthHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The truths of one call on their way into the log; a later one knows of those before it.
///
/// Runs with the store's lock held.
final class TruthBatch {
  private static final byte[] NOTHING = new byte[0];

  private final View view;
  private final Map<RowKey, Shelved> shelved;
  private final Newcomers newcomers;
  private final PredictionStoreOptions options;
  private final RowLimits limits;
  private final List<byte[]> records = new ArrayList<>();
  private final List<Accepted> accepted = new ArrayList<>();
  private final Map<RowKey, GroundTruth> latest = new HashMap<>();
  private final List<Delay> delays = new ArrayList<>();
  private long waiting;
  private final long roomBytes;
  private long addedBytes;

  /// A truth that says something new.
  ///
  /// @param kind if it has to lie loose
  record Accepted(GroundTruth truth, Loose.Kind kind) {}

  /// How long the first truth of a prediction was in coming; 0 where it was known before.
  record Delay(String model, long ms) {}

  /// @param shelved what the files have of the predictions of this call
  TruthBatch(
      View view, Map<RowKey, Shelved> shelved, PredictionStoreOptions options, RowLimits limits) {
    this.view = view;
    this.shelved = shelved;
    this.newcomers = new Newcomers(view, options.models());
    this.options = options;
    this.limits = limits;
    this.waiting = view.waiting();
    this.roomBytes = options.waitingBytes() - view.waitingBytes();
  }

  TruthReceipt receipt(GroundTruth truth) {
    byte[] record = RecordCodec.isTooDeep(truth) ? NOTHING : RecordCodec.encode(truth);
    String objection = limits.objection(truth, record.length);
    if (objection != null) {
      return new TruthReceipt.Refused(objection);
    }
    RowKey key = new RowKey(truth.model(), truth.predictionId());
    if (view.erased().refuses(key.model(), key.id())) {
      return new TruthReceipt.Refused(
          "the prediction with the id \"" + key.id() + "\" was deleted on request");
    }
    View.Standing standing = view.standing(key, shelved.get(key));
    GroundTruth before = latest.getOrDefault(key, standing.truth());
    if (before == null && !standing.arrived()) {
      objection = objectionToWaiting(truth);
    }
    if (objection != null) {
      return new TruthReceipt.Refused(objection);
    }
    if (before == null || !before.value().equals(truth.value())) {
      records.add(record);
      accepted.add(new Accepted(truth, standing.kind()));
      latest.put(key, truth);
    }
    Long predictedMs = standing.predictedMs();
    if (before == null && predictedMs != null) {
      delays.add(new Delay(truth.model(), Math.max(0, truth.timeMs() - predictedMs)));
    }
    return receipt(standing, before, truth);
  }

  private static TruthReceipt receipt(
      View.Standing standing, @Nullable GroundTruth before, GroundTruth truth) {
    if (before != null && !before.value().equals(truth.value())) {
      return new TruthReceipt.Corrected();
    }
    return standing.arrived() ? new TruthReceipt.Joined() : new TruthReceipt.Waiting();
  }

  /// Those that say something new, as records of the log.
  List<byte[]> records() {
    return records;
  }

  /// Of those that found their prediction there, and were the first.
  List<Delay> delays() {
    return delays;
  }

  /// Those of [#records].
  List<Accepted> accepted() {
    return accepted;
  }

  private @Nullable String objectionToWaiting(GroundTruth truth) {
    if (waiting >= options.waitingTruths()) {
      return waiting + " truths wait for predictions already, which is the limit";
    }
    long bytes = TruthHistory.of(truth).bytes();
    if (addedBytes + bytes > roomBytes) {
      return "truths that wait for predictions take "
          + options.waitingBytes()
          + " bytes already, which is the limit";
    }
    if (!newcomers.admit(truth.model())) {
      return options.oneModelTooMany();
    }
    waiting++;
    addedBytes += bytes;
    return null;
  }
}
