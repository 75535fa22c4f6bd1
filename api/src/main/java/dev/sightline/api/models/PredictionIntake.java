package dev.sightline.api.models;

import dev.sightline.api.json.JsonWriter;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.prediction.PredictionSink.PredictionReceipt;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Takes predictions to the store, and remembers their ids where few enough come to be told.
final class PredictionIntake implements Intake<Prediction> {
  private final String model;
  private final RowReader reader;
  private final PredictionSink sink;
  private final boolean tellsIds;
  private final Map<Integer, String> ids = new TreeMap<>();

  /// @param tellsIds whether the answer lists the id of every row
  PredictionIntake(String model, RowReader reader, PredictionSink sink, boolean tellsIds) {
    this.model = model;
    this.reader = reader;
    this.sink = sink;
    this.tellsIds = tellsIds;
  }

  @Override
  public Prediction read(Datum row) {
    return reader.prediction(model, row);
  }

  @Override
  public void take(List<Prediction> rows, List<Integer> indexes, Refusals refusals) {
    List<PredictionReceipt> receipts = sink.store(rows);
    for (int i = 0; i < receipts.size(); i++) {
      switch (receipts.get(i)) {
        case PredictionReceipt.Stored _, PredictionReceipt.AlreadyStored _ -> {
          if (tellsIds) {
            ids.put(indexes.get(i), rows.get(i).id());
          }
        }
        case PredictionReceipt.Refused(String message) -> refusals.add(indexes.get(i), message);
      }
    }
  }

  @Override
  public void writeTo(JsonWriter json, int sent, int refused) {
    json.name("accepted").value(sent - refused);
    if (tellsIds) {
      json.name("ids").beginArray();
      for (int i = 0; i < sent; i++) {
        String id = ids.get(i);
        if (id == null) {
          json.nullValue();
        } else {
          json.value(id);
        }
      }
      json.endArray();
    }
  }
}
