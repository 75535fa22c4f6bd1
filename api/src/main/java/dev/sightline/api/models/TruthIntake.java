package dev.sightline.api.models;

import dev.sightline.api.json.JsonWriter;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.KeyedTruth;
import dev.sightline.model.prediction.KeyedTruthSink;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.prediction.PredictionSink.TruthReceipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Takes ground truths to the store, by id or by key.
final class TruthIntake implements Intake<TruthRow> {
  private final String model;
  private final Duration window;
  private final RowReader reader;
  private final PredictionSink byId;
  private final KeyedTruthSink byKey;
  private int joined;
  private int waiting;
  private int corrected;

  /// @param window of truths by key
  TruthIntake(
      String model, Duration window, RowReader reader, PredictionSink byId, KeyedTruthSink byKey) {
    this.model = model;
    this.window = window;
    this.reader = reader;
    this.byId = byId;
    this.byKey = byKey;
  }

  @Override
  public TruthRow read(Datum row) {
    return reader.truth(model, window, row);
  }

  @Override
  public void take(List<TruthRow> rows, List<Integer> indexes, Refusals refusals) {
    List<GroundTruth> named = new ArrayList<>();
    List<Integer> placesOfNamed = new ArrayList<>();
    List<KeyedTruth> keyed = new ArrayList<>();
    List<Integer> placesOfKeyed = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      switch (rows.get(i)) {
        case TruthRow.ById(GroundTruth truth) -> {
          named.add(truth);
          placesOfNamed.add(indexes.get(i));
        }
        case TruthRow.ByKey(KeyedTruth truth) -> {
          keyed.add(truth);
          placesOfKeyed.add(indexes.get(i));
        }
      }
    }
    count(byId.join(named), placesOfNamed, refusals);
    if (!keyed.isEmpty()) {
      count(byKey.joinByKey(keyed), placesOfKeyed, refusals);
    }
  }

  private void count(List<TruthReceipt> receipts, List<Integer> indexes, Refusals refusals) {
    for (int i = 0; i < receipts.size(); i++) {
      switch (receipts.get(i)) {
        case TruthReceipt.Joined _ -> joined++;
        case TruthReceipt.Waiting _ -> waiting++;
        case TruthReceipt.Corrected _ -> corrected++;
        case TruthReceipt.Refused(String message) -> refusals.add(indexes.get(i), message);
      }
    }
  }

  @Override
  public void writeTo(JsonWriter json, int sent, int refused) {
    json.name("joined").value(joined);
    json.name("waiting").value(waiting);
    json.name("corrected").value(corrected);
  }
}
