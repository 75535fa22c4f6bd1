package dev.sightline.predictions;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.PredictionSink.TruthReceipt;
import dev.sightline.predictions.head.Heads;
import dev.sightline.predictions.head.ModelHead;
import dev.sightline.predictions.record.RecordCodec;
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

  private final Heads heads;
  private final Heads.Newcomers newcomers;
  private final PredictionStoreOptions options;
  private final RowLimits limits;
  private final List<byte[]> records = new ArrayList<>();
  private final List<GroundTruth> accepted = new ArrayList<>();
  private final Map<RowKey, GroundTruth> latest = new HashMap<>();
  private int waiting;

  TruthBatch(Heads heads, PredictionStoreOptions options, RowLimits limits) {
    this.heads = heads;
    this.newcomers = heads.new Newcomers();
    this.options = options;
    this.limits = limits;
    this.waiting = heads.waiting();
  }

  TruthReceipt receipt(GroundTruth truth) {
    byte[] record = RecordCodec.isTooDeep(truth) ? NOTHING : RecordCodec.encode(truth);
    TruthReceipt receipt = judged(truth, record);
    if (!(receipt instanceof TruthReceipt.Refused)) {
      records.add(record);
      accepted.add(truth);
      latest.put(new RowKey(truth.model(), truth.predictionId()), truth);
    }
    return receipt;
  }

  List<byte[]> records() {
    return records;
  }

  /// Those of [#records].
  List<GroundTruth> accepted() {
    return accepted;
  }

  private TruthReceipt judged(GroundTruth truth, byte[] record) {
    String objection = limits.objection(truth, record.length);
    if (objection != null) {
      return new TruthReceipt.Refused(objection);
    }
    ModelHead head = heads.find(truth.model());
    GroundTruth before = before(truth, head);
    if (before != null && !before.value().equals(truth.value())) {
      return new TruthReceipt.Corrected();
    }
    if (head != null && head.row(truth.predictionId()) != null) {
      return new TruthReceipt.Joined();
    }
    return before == null ? firstToWait(truth) : new TruthReceipt.Waiting();
  }

  private @Nullable GroundTruth before(GroundTruth truth, @Nullable ModelHead head) {
    GroundTruth inThisCall = latest.get(new RowKey(truth.model(), truth.predictionId()));
    return inThisCall != null || head == null ? inThisCall : head.truth(truth.predictionId());
  }

  private TruthReceipt firstToWait(GroundTruth truth) {
    if (waiting >= options.waitingTruths()) {
      return new TruthReceipt.Refused(
          waiting + " truths wait for predictions already, which is the limit");
    }
    if (!newcomers.admit(truth.model())) {
      return new TruthReceipt.Refused(options.oneModelTooMany());
    }
    waiting++;
    return new TruthReceipt.Waiting();
  }
}
