package dev.sightline.predictions;

import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink.PredictionReceipt;
import dev.sightline.predictions.head.Row;
import dev.sightline.predictions.record.PredictionKey;
import dev.sightline.predictions.record.RecordCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The predictions of one call on their way into the log; repetitions within the call count as
/// such.
///
/// Runs with the store's lock held.
final class PredictionBatch {
  private final View view;
  private final Map<RowKey, Shelved> shelved;
  private final Newcomers newcomers;
  private final PredictionStoreOptions options;
  private final RowLimits limits;
  private final Map<RowKey, Accepted> accepted = new LinkedHashMap<>();

  /// A prediction that is to be stored.
  static final class Accepted {
    private final PredictionKey key;
    private final byte[] record;

    Accepted(PredictionKey key, byte[] record) {
      this.key = key;
      this.record = record;
    }

    PredictionKey key() {
      return key;
    }

    /// As it stands in the log; not to be changed.
    byte[] record() {
      return record;
    }
  }

  /// @param shelved what the files have of the predictions of this call
  PredictionBatch(
      View view, Map<RowKey, Shelved> shelved, PredictionStoreOptions options, RowLimits limits) {
    this.view = view;
    this.shelved = shelved;
    this.newcomers = new Newcomers(view, options.models());
    this.options = options;
    this.limits = limits;
  }

  PredictionReceipt receipt(Prediction prediction, byte[] encoded) {
    String objection = limits.objection(prediction, encoded.length);
    if (objection == null && !newcomers.admit(prediction.model())) {
      objection = options.oneModelTooMany();
    }
    if (objection != null) {
      return new PredictionReceipt.Refused(objection);
    }
    RowKey key = new RowKey(prediction.model(), prediction.id());
    if (view.erased().refuses(key.model(), key.id())) {
      return new PredictionReceipt.Refused(
          "the prediction with the id \"" + prediction.id() + "\" was deleted on request");
    }
    byte[] present = present(key);
    if (present == null) {
      accepted.put(key, new Accepted(PredictionKey.of(prediction), encoded));
      return new PredictionReceipt.Stored();
    }
    return RecordCodec.sameContent(present, encoded)
        ? new PredictionReceipt.AlreadyStored()
        : new PredictionReceipt.Refused(
            "id \"" + prediction.id() + "\" is taken by a prediction with other content");
  }

  /// In the order of the call.
  List<Accepted> accepted() {
    return List.copyOf(accepted.values());
  }

  private byte @Nullable [] present(RowKey key) {
    Row row = view.inMemory(key);
    if (row != null) {
      return row.encoded();
    }
    Shelved inFile = shelved.get(key);
    if (inFile != null && inFile.row() != null) {
      return inFile.row().record();
    }
    Accepted inThisCall = accepted.get(key);
    return inThisCall == null ? null : inThisCall.record();
  }
}
