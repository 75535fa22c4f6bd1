package dev.sightline.predictions.head;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.ModelSummary;
import dev.sightline.model.prediction.PredictionSource.Page;
import dev.sightline.model.prediction.PredictionSource.Query;
import dev.sightline.predictions.head.Row.Place;
import dev.sightline.predictions.record.PredictionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The predictions of one model that can be read, and the truths that wait for theirs.
///
/// One thread at a time changes it, under the store's lock; any number read meanwhile.
public final class ModelHead {
  private final String model;
  private final Map<String, Row> byId = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<Place, Row> byTime = new ConcurrentSkipListMap<>();
  private final Map<String, GroundTruth> waiting = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<String, Integer> rowsOfVersion =
      new ConcurrentSkipListMap<>();
  private final AtomicLong predictions = new AtomicLong();
  private final AtomicLong labelled = new AtomicLong();
  private volatile long lastPredictionMs = Long.MIN_VALUE;
  private final AtomicLong bytes = new AtomicLong();
  private long sequence;

  public ModelHead(String model) {
    this.model = model;
  }

  public @Nullable Row row(String id) {
    return byId.get(id);
  }

  /// Adds a prediction that is not here yet, with the truth that waits for it, if any.
  public void add(PredictionKey key, byte[] encoded) {
    Row row = new Row(key, sequence++, encoded);
    GroundTruth early = waiting.remove(row.id());
    if (early != null) {
      row.join(early);
      labelled.incrementAndGet();
    }
    byId.put(row.id(), row);
    byTime.put(row.place(), row);
    if (!row.version().isEmpty()) {
      rowsOfVersion.merge(row.version(), 1, Integer::sum);
    }
    predictions.incrementAndGet();
    bytes.addAndGet(row.bytes());
    lastPredictionMs = Math.max(lastPredictionMs, row.timeMs());
  }

  /// The truth that holds now for a prediction, whether it has arrived or not.
  public @Nullable GroundTruth truth(String id) {
    Row row = byId.get(id);
    return row == null ? waiting.get(id) : row.truth();
  }

  /// @return whether the prediction is here; otherwise the truth waits
  public boolean join(GroundTruth truth) {
    Row row = byId.get(truth.predictionId());
    if (row == null) {
      waiting.put(truth.predictionId(), truth);
      return false;
    }
    if (row.truth() == null) {
      labelled.incrementAndGet();
    }
    row.join(truth);
    return true;
  }

  /// Takes the oldest prediction out of memory.
  public void evictOldest() {
    Map.Entry<Place, Row> oldest = byTime.pollFirstEntry();
    if (oldest != null) {
      Row row = oldest.getValue();
      byId.remove(row.id());
      rowsOfVersion.computeIfPresent(row.version(), (_, rows) -> rows == 1 ? null : rows - 1);
      bytes.addAndGet(-row.bytes());
      predictions.decrementAndGet();
      if (row.truth() != null) {
        labelled.decrementAndGet();
      }
    }
  }

  /// Forgets what is older than `oldestMs`.
  public void expire(long oldestMs) {
    while (!byTime.isEmpty() && byTime.firstKey().timeMs() < oldestMs) {
      evictOldest();
    }
    waiting.values().removeIf(truth -> truth.timeMs() < oldestMs);
  }

  public boolean isEmpty() {
    return byTime.isEmpty();
  }

  public long bytes() {
    return bytes.get();
  }

  public int waiting() {
    return waiting.size();
  }

  public @Nullable Labelled find(String id) {
    Row row = byId.get(id);
    return row == null ? null : row.read();
  }

  /// @throws dev.sightline.model.query.QueryException.BadQuery if the cursor is none of ours
  public Page list(Query query) {
    NavigableMap<Place, Row> range = range(query);
    List<Labelled> page = new ArrayList<>();
    Row last = null;
    for (Row row : range.values()) {
      if (query.version() != null && !query.version().equals(row.version())) {
        continue;
      }
      if (page.size() == query.limit() && last != null) {
        return new Page(page, new Cursor(last.timeMs(), last.id()).text());
      }
      page.add(row.read());
      last = row;
    }
    return new Page(page, null);
  }

  public ModelSummary summary() {
    return new ModelSummary(
        model,
        List.copyOf(rowsOfVersion.keySet()),
        lastPredictionMs,
        predictions.get(),
        labelled.get());
  }

  private NavigableMap<Place, Row> range(Query query) {
    Place from = new Place(query.startMs(), 0);
    Place to = new Place(query.endMs(), Long.MIN_VALUE);
    boolean fromIncluded = true;
    if (query.cursor() != null) {
      Place last = place(Cursor.parse(query.cursor()), query.newestFirst());
      if (query.newestFirst()) {
        to = last.compareTo(to) < 0 ? last : to;
      } else if (last.compareTo(from) >= 0) {
        from = last;
        fromIncluded = false;
      }
    }
    if (from.compareTo(to) >= 0) {
      return new TreeMap<>();
    }
    NavigableMap<Place, Row> range = byTime.subMap(from, fromIncluded, to, false);
    return query.newestFirst() ? range.descendingMap() : range;
  }

  /// The place of the row that a cursor names; where that row is gone, the edge of its time.
  private Place place(Cursor cursor, boolean newestFirst) {
    Row row = byId.get(cursor.id());
    return row != null
        ? row.place()
        : new Place(cursor.timeMs(), newestFirst ? Long.MIN_VALUE : Long.MAX_VALUE);
  }
}
