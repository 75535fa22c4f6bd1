package dev.sightline.api.models;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.KeyedTruth;
import dev.sightline.model.prediction.KeyedTruthSink;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionDeletions;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.testkit.MemoryColumns;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Predictions in memory, in the order of their arrival; refuses the id `refused`.
public final class FakePredictions
    implements PredictionSink, KeyedTruthSink, PredictionSource, PredictionColumns {
  // guarded by this
  private final Map<String, Prediction> predictions = new LinkedHashMap<>();
  private final Map<String, GroundTruth> truths = new LinkedHashMap<>();

  private final MemoryColumns columns = new MemoryColumns(this::labelled);

  private synchronized List<Labelled> labelled() {
    return predictions.values().stream()
        .map(row -> new Labelled(row, truths.get(key(row.model(), row.id()))))
        .toList();
  }

  @Override
  public void scan(Scan scan, Consumer<Batch> into) {
    columns.scan(scan, into);
  }

  private static String key(String model, String id) {
    return model + " " + id;
  }

  @Override
  public synchronized List<PredictionReceipt> store(List<Prediction> rows) {
    return rows.stream().map(this::store).toList();
  }

  private PredictionReceipt store(Prediction row) {
    if (row.id().equals("refused")) {
      return new PredictionReceipt.Refused("conflicts with what is stored");
    }
    Prediction present = predictions.putIfAbsent(key(row.model(), row.id()), row);
    return present == null ? new PredictionReceipt.Stored() : new PredictionReceipt.AlreadyStored();
  }

  @Override
  public synchronized List<TruthReceipt> join(List<GroundTruth> rows) {
    return rows.stream().map(this::join).toList();
  }

  private TruthReceipt join(GroundTruth row) {
    String key = key(row.model(), row.predictionId());
    if (truths.put(key, row) != null) {
      return new TruthReceipt.Corrected();
    }
    return predictions.containsKey(key) ? new TruthReceipt.Joined() : new TruthReceipt.Waiting();
  }

  /// A prediction that has the last value of the key as its id is meant.
  @Override
  public synchronized List<TruthReceipt> joinByKey(List<KeyedTruth> rows) {
    return rows.stream()
        .map(
            row ->
                join(
                    new GroundTruth(
                        row.model(),
                        row.key().get(row.key().lastKey()),
                        row.value(),
                        row.timeMs() == null ? row.window().toMillis() : row.timeMs())))
        .toList();
  }

  /// This store as the place where what clients send goes.
  public ModelsApi.Ways ways(ParquetTables parquet) {
    return new ModelsApi.Ways(this, this, parquet);
  }

  /// Takes away what is chosen; the subject `unfit` cannot be told from others.
  public PredictionDeletions deletions() {
    return new PredictionDeletions() {
      private final List<Deletion> done = new ArrayList<>();

      @Override
      public Deletion delete(String model, Selection selection, String by) {
        Deletion deletion =
            switch (selection) {
              case Selection.OfSubject(String field, String value) -> {
                if (value.equals("unfit")) {
                  throw new IllegalArgumentException(field + " is dropped before it is stored");
                }
                yield done(
                    model,
                    "subject",
                    field,
                    by,
                    one -> new Datum.Text(value).equals(one.prediction().features().get(field)));
              }
              case Selection.OfIds(Set<String> ids) ->
                  done(model, "ids", "", by, one -> ids.contains(one.prediction().id()));
              case Selection.OfRange range -> done(model, "range", "", by, range.filter());
            };
        done.addFirst(deletion);
        return deletion;
      }

      private Deletion done(
          String model, String kind, String field, String by, Predicate<Labelled> wanted) {
        List<Labelled> found =
            labelled().stream()
                .filter(one -> one.prediction().model().equals(model))
                .filter(wanted)
                .toList();
        found.forEach(one -> remove(one.prediction()));
        long number = done.size() + 1L;
        return new Deletion(
            number, model, kind, field, "f0", by, 0, found.size(), 0, null, "a disk is full");
      }

      @Override
      public List<Deletion> deletions(String model) {
        return done.stream().filter(one -> one.model().equals(model)).toList();
      }
    };
  }

  private synchronized void remove(Prediction row) {
    predictions.remove(key(row.model(), row.id()));
  }

  @Override
  public synchronized List<GroundTruth> truths(String model, String id) {
    GroundTruth truth = truths.get(key(model, id));
    return truth == null ? List.of() : List.of(truth);
  }

  @Override
  public synchronized List<ModelSummary> models() {
    Map<String, List<Prediction>> byModel = new TreeMap<>();
    predictions
        .values()
        .forEach(row -> byModel.computeIfAbsent(row.model(), _ -> new ArrayList<>()).add(row));
    return byModel.entrySet().stream().map(e -> summary(e.getKey(), e.getValue())).toList();
  }

  private ModelSummary summary(String model, List<Prediction> rows) {
    TreeSet<String> versions = new TreeSet<>();
    rows.forEach(row -> versions.add(row.version()));
    long lastMs = rows.stream().mapToLong(Prediction::timeMs).max().orElseThrow();
    long labelled = rows.stream().filter(row -> truths.containsKey(key(model, row.id()))).count();
    return new ModelSummary(model, List.copyOf(versions), lastMs, rows.size(), labelled);
  }

  @Override
  public synchronized @Nullable Labelled find(String model, String id) {
    Prediction found = predictions.get(key(model, id));
    return found == null ? null : new Labelled(found, truths.get(key(model, id)));
  }

  /// The cursor is the number of rows that were seen.
  @Override
  public synchronized Page list(Query query) {
    List<Labelled> fitting = new ArrayList<>();
    for (Prediction row : predictions.values()) {
      if (row.model().equals(query.model())
          && row.timeMs() >= query.startMs()
          && row.timeMs() < query.endMs()
          && (query.version() == null || query.version().equals(row.version()))) {
        Labelled labelled = new Labelled(row, truths.get(key(row.model(), row.id())));
        if (query.filter().test(labelled)) {
          fitting.add(labelled);
        }
      }
    }
    if (query.falling()) {
      Collections.reverse(fitting);
    }
    int from = query.cursor() == null ? 0 : Integer.parseInt(query.cursor());
    int to = Math.min(fitting.size(), from + query.limit());
    return new Page(fitting.subList(from, to), to < fitting.size() ? Integer.toString(to) : null);
  }
}
