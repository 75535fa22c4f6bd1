package dev.sightline.predictions.head;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.predictions.head.Loose.Kind;
import dev.sightline.predictions.part.Place;
import dev.sightline.predictions.part.StoredRow;
import dev.sightline.predictions.record.PredictionKey;
import dev.sightline.predictions.record.TruthHistory;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The predictions of one model in memory, and truths for predictions that are elsewhere.
///
/// One thread at a time changes it, under the store's lock; any number read meanwhile.
public final class ModelHead {
  private final Map<String, Row> byId = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<Place, Row> byTime = new ConcurrentSkipListMap<>();
  private final Map<String, Loose> loose = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<String, Integer> rowsOfVersion =
      new ConcurrentSkipListMap<>();
  private final AtomicLong rowBytes;
  private final AtomicLong looseBytes;
  private final AtomicLong waitingBytes;
  private final AtomicLong predictions = new AtomicLong();
  private final AtomicLong labelled = new AtomicLong();
  private final AtomicLong firsts = new AtomicLong();
  private final AtomicLong waiting = new AtomicLong();
  private volatile long lastPredictionMs = Long.MIN_VALUE;

  /// @param rowBytes of all models, kept up to date here
  /// @param looseBytes as well, of loose truths
  /// @param waitingBytes as well, of those whose prediction has not arrived
  ModelHead(AtomicLong rowBytes, AtomicLong looseBytes, AtomicLong waitingBytes) {
    this.rowBytes = rowBytes;
    this.looseBytes = looseBytes;
    this.waitingBytes = waitingBytes;
  }

  public @Nullable Row row(String id) {
    return byId.get(id);
  }

  /// The truths for a prediction that is not here.
  public @Nullable Loose loose(String id) {
    return loose.get(id);
  }

  /// All of them, by id.
  public Map<String, Loose> loose() {
    return Collections.unmodifiableMap(loose);
  }

  /// Adds a prediction that is not here yet.
  ///
  /// @param early the truths that waited for it in older layers, if any
  void add(PredictionKey key, long sequence, byte[] encoded, @Nullable TruthHistory early) {
    Loose waited = removeLoose(key.id());
    TruthHistory truths = early;
    if (waited != null) {
      truths = early == null ? waited.history() : early.then(waited.history());
    }
    Row row = new Row(key, sequence, encoded, truths);
    byId.put(row.id(), row);
    byTime.put(row.place(), row);
    if (!row.version().isEmpty()) {
      rowsOfVersion.merge(row.version(), 1, Integer::sum);
    }
    predictions.incrementAndGet();
    labelled.addAndGet(truths == null ? 0 : 1);
    if (early != null) {
      waiting.decrementAndGet(); // it still stands in an older layer, which never changes
    }
    rowBytes.addAndGet(row.bytes());
    lastPredictionMs = Math.max(lastPredictionMs, key.timeMs());
  }

  /// Joins a truth to a prediction that is here.
  void join(Row row, GroundTruth truth) {
    long before = row.bytes();
    labelled.addAndGet(row.truths() == null ? 1 : 0);
    row.join(truth);
    rowBytes.addAndGet(row.bytes() - before);
  }

  /// Keeps a truth for a prediction that is not here.
  ///
  /// @param kind if it is the first for this prediction in this layer
  void keep(GroundTruth truth, Kind kind) {
    Loose before = removeLoose(truth.predictionId());
    Loose added = new Loose(TruthHistory.of(truth), before == null ? kind : before.kind());
    Loose now = before == null ? added : before.then(added);
    loose.put(truth.predictionId(), now);
    count(now, 1);
  }

  private @Nullable Loose removeLoose(String id) {
    Loose removed = loose.remove(id);
    if (removed != null) {
      count(removed, -1);
    }
    return removed;
  }

  private void count(Loose one, int sign) {
    long bytes = sign * one.history().bytes();
    looseBytes.addAndGet(bytes);
    waitingBytes.addAndGet(one.kind().waits() ? bytes : 0);
    waiting.addAndGet(one.kind() == Kind.WAITING ? sign : 0);
    firsts.addAndGet(one.kind() == Kind.FIRST ? sign : 0);
  }

  /// Forgets what is older than `oldestMs`.
  void expire(long oldestMs) {
    while (!byTime.isEmpty() && byTime.firstKey().timeMs() < oldestMs) {
      removeOldest();
    }
    loose
        .entrySet()
        .removeIf(
            entry -> {
              boolean old = entry.getValue().history().newest().timeMs() < oldestMs;
              if (old) {
                count(entry.getValue(), -1);
              }
              return old;
            });
  }

  private void removeOldest() {
    Map.Entry<Place, Row> oldest = byTime.pollFirstEntry();
    if (oldest != null) {
      Row row = oldest.getValue();
      byId.remove(row.id());
      rowsOfVersion.computeIfPresent(row.version(), (_, rows) -> rows == 1 ? null : rows - 1);
      rowBytes.addAndGet(-row.bytes());
      predictions.decrementAndGet();
      labelled.addAndGet(row.truths() == null ? 0 : -1);
    }
  }

  public boolean isEmpty() {
    return byTime.isEmpty();
  }

  public long predictions() {
    return predictions.get();
  }

  public long labelled() {
    return labelled.get();
  }

  /// How many predictions of older layers have their first truth here.
  public long firsts() {
    return firsts.get();
  }

  /// How many predictions that have not arrived have their first truth here, less those of older
  /// layers whose prediction has arrived here.
  public long waiting() {
    return waiting.get();
  }

  /// Unix milliseconds; the least number if there is none.
  public long lastPredictionMs() {
    return lastPredictionMs;
  }

  public Set<String> versions() {
    return Collections.unmodifiableSet(rowsOfVersion.keySet());
  }

  /// All rows in order.
  public Iterator<StoredRow> rows() {
    return stored(byTime);
  }

  /// The rows in a range of time.
  ///
  /// @param startMs included
  /// @param endMs excluded
  public Iterator<StoredRow> rows(long startMs, long endMs, boolean backwards) {
    if (startMs >= endMs) {
      return Collections.emptyIterator();
    }
    NavigableMap<Place, Row> range =
        byTime.subMap(
            new Place(startMs, Long.MIN_VALUE), true, new Place(endMs, Long.MIN_VALUE), false);
    return stored(backwards ? range.descendingMap() : range);
  }

  private static Iterator<StoredRow> stored(NavigableMap<Place, Row> rows) {
    return rows.values().stream().map(Row::stored).iterator();
  }
}
