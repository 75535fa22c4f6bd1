package dev.sightline.quality.profile;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.prediction.PredictionSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Predictions in memory that survive what happens to their profiles, each id once.
final class RowsOnce implements PredictionSink, PredictionSource {
  private final Map<String, Prediction> rows = new LinkedHashMap<>();
  private boolean failing;

  /// From now on rows are stored, but nobody is told.
  void failAfterStoring() {
    failing = true;
  }

  void heal() {
    failing = false;
  }

  void delete(String model, String id) {
    rows.remove(model + "/" + id);
  }

  List<Prediction> rows() {
    return List.copyOf(rows.values());
  }

  @Override
  public List<PredictionReceipt> store(List<Prediction> predictions) {
    List<PredictionReceipt> receipts = new ArrayList<>();
    for (Prediction one : predictions) {
      Prediction before = rows.putIfAbsent(one.model() + "/" + one.id(), one);
      receipts.add(
          before == null ? new PredictionReceipt.Stored() : new PredictionReceipt.AlreadyStored());
    }
    if (failing) {
      throw new IllegalStateException("the disk says nothing");
    }
    return receipts;
  }

  @Override
  public List<TruthReceipt> join(List<GroundTruth> truths) {
    throw new UnsupportedOperationException("truths are read, not shown");
  }

  @Override
  public List<ModelSummary> models() {
    return List.of();
  }

  @Override
  public @Nullable Labelled find(String model, String id) {
    return null;
  }

  @Override
  public List<GroundTruth> truths(String model, String id) {
    return List.of();
  }

  @Override
  public Page list(Query query) {
    int from = query.cursor() == null ? 0 : Integer.parseInt(query.cursor());
    List<Labelled> found =
        rows.values().stream()
            .filter(row -> row.model().equals(query.model()))
            .filter(row -> row.timeMs() >= query.startMs() && row.timeMs() < query.endMs())
            .sorted(Comparator.comparingLong(Prediction::timeMs))
            .map(row -> new Labelled(row, null))
            .toList();
    int to = Math.min(found.size(), from + query.limit());
    return new Page(found.subList(from, to), to < found.size() ? Integer.toString(to) : null);
  }
}
