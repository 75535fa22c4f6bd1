package dev.sightline.api.models;

import dev.sightline.api.models.JsonFields.RowException;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.KeyedTruth;
import dev.sightline.model.prediction.KeyedTruthSink;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.prediction.PredictionSink.PredictionReceipt;
import dev.sightline.model.prediction.PredictionSink.TruthReceipt;
import dev.sightline.model.prediction.RowIntake;
import dev.sightline.model.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Takes rows as the API takes them, for ways in that are no HTTP calls.
public final class SentRows implements RowIntake {
  private final PredictionSink sink;
  private final KeyedTruthSink keyed;
  private final RowReader reader;

  public SentRows(PredictionSink sink, KeyedTruthSink keyed, Clock clock) {
    this.sink = sink;
    this.keyed = keyed;
    this.reader = new RowReader(clock);
  }

  @Override
  public List<Result> predictions(String model, List<SentRow> rows) {
    Map<Integer, Result> results = new TreeMap<>();
    Map<Integer, Prediction> read = new LinkedHashMap<>();
    each(rows, results, (place, row) -> read.put(place, reader.prediction(model, whole(row))));
    List<PredictionReceipt> receipts = sink.store(List.copyOf(read.values()));
    List<Integer> places = List.copyOf(read.keySet());
    for (int i = 0; i < places.size(); i++) {
      results.put(
          places.get(i),
          switch (receipts.get(i)) {
            case PredictionReceipt.Stored() -> new Result.Taken();
            case PredictionReceipt.AlreadyStored() -> new Result.Known();
            case PredictionReceipt.Refused(String message) -> new Result.Refused(message);
          });
    }
    return List.copyOf(results.values());
  }

  @Override
  public List<Result> truths(String model, List<SentRow> rows) {
    Map<Integer, Result> results = new TreeMap<>();
    Map<Integer, GroundTruth> byId = new LinkedHashMap<>();
    Map<Integer, KeyedTruth> byKey = new LinkedHashMap<>();
    each(
        rows,
        results,
        (place, row) -> {
          switch (reader.truth(model, ModelsApi.USUAL_WINDOW, timed(row))) {
            case TruthRow.ById(GroundTruth truth) -> byId.put(place, truth);
            case TruthRow.ByKey(KeyedTruth truth) -> byKey.put(place, truth);
          }
        });
    put(byId, sink.join(List.copyOf(byId.values())), results);
    if (!byKey.isEmpty()) {
      put(byKey, keyed.joinByKey(List.copyOf(byKey.values())), results);
    }
    return List.copyOf(results.values());
  }

  private static void each(
      List<SentRow> rows, Map<Integer, Result> results, BiConsumer<Integer, SentRow> read) {
    for (int i = 0; i < rows.size(); i++) {
      try {
        read.accept(i, rows.get(i));
      } catch (RowException bad) {
        results.put(i, new Result.Refused(bad.text()));
      }
    }
  }

  private static void put(
      Map<Integer, ?> asked, List<TruthReceipt> receipts, Map<Integer, Result> results) {
    List<Integer> places = new ArrayList<>(asked.keySet());
    for (int i = 0; i < places.size(); i++) {
      results.put(
          places.get(i),
          receipts.get(i) instanceof TruthReceipt.Refused(String message)
              ? new Result.Refused(message)
              : new Result.Taken());
    }
  }

  /// With an id and a time where it says none, so that it is the same when it comes again.
  private static Datum whole(SentRow sent) {
    return with(timed(sent), "id", new Datum.Text(sent.id()));
  }

  private static Datum timed(SentRow sent) {
    return with(sent.row(), "time", new Datum.Amount(sent.timeMs()));
  }

  private static Datum with(Datum row, String name, Datum value) {
    if (!(row instanceof Datum.Fields(Map<String, Datum> fields))) {
      return row; // refused by whoever reads it
    }
    Datum said = fields.get(name);
    boolean missing =
        said == null || said instanceof Datum.Missing || said.equals(new Datum.Text(""));
    if (!missing) {
      return row;
    }
    Map<String, Datum> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new Datum.Fields(more);
  }
}
