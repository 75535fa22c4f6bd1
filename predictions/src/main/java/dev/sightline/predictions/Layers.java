package dev.sightline.predictions;

import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.predictions.erase.Erased;
import dev.sightline.predictions.head.Heads;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.predictions.shelf.Counters;
import dev.sightline.predictions.shelf.LogPosition;
import dev.sightline.predictions.shelf.Shelf;
import dev.sightline.storage.wal.WriteAheadLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The layers of the store as they change: what is added goes to the log and the active layer; a
/// cut freezes that layer, and replaces it by files.
///
/// Whoever changes something holds the monitor of this object; anyone reads [#view].
final class Layers {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final PredictionStoreOptions options;
  private final WriteAheadLog log;

  private volatile View view;

  // guarded by this
  private long appended;
  private long nextSequence;
  private long newestMs;
  private long lastCut;
  private @Nullable Cut pending;
  private @Nullable RuntimeException failure;
  private boolean changedSinceCut;

  /// A layer on its way into files.
  ///
  /// @param position where the log goes on behind it
  /// @param logPosition to sync before files may take the place of the log
  record Cut(Heads heads, LogPosition position, Counters counters, long logPosition) {}

  Layers(PredictionStoreOptions options, WriteAheadLog log, Recovery recovery) {
    this.options = options;
    this.log = log;
    this.view = recovery.view();
    this.nextSequence = recovery.nextSequence();
    this.newestMs = recovery.newestMs();
    this.lastCut = recovery.lastCut();
    this.changedSinceCut = recovery.changedSinceCut();
  }

  View view() {
    return view;
  }

  /// Unix milliseconds; the least number if there is nothing.
  synchronized long newestMs() {
    return newestMs;
  }

  /// Whether the log holds anything that is not in files.
  synchronized boolean changedSinceCut() {
    return changedSinceCut;
  }

  /// Waits for files to take what memory has no room for.
  ///
  /// @throws StoreUnavailableException if they do not
  synchronized void awaitRoom() {
    long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
    boolean interrupted = false;
    while (isFull()) {
      long leftNs = deadlineNs - System.nanoTime();
      if (failure != null || leftNs <= 0) {
        throw new StoreUnavailableException(
            "predictions cannot be written to files, and memory for them is full",
            failure == null ? new IllegalStateException("too slow") : failure);
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, leftNs);
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isFull() {
    View now = view;
    return now.rowBytes() > options.headBytes() || now.looseBytes() > 2 * options.looseBytes();
  }

  /// Adds predictions that are not here yet.
  ///
  /// @return the position in the log behind everything so far
  long add(List<PredictionBatch.Accepted> predictions) {
    View now = view;
    long position = append(predictions.stream().map(PredictionBatch.Accepted::record).toList());
    for (PredictionBatch.Accepted one : predictions) {
      RowKey key = new RowKey(one.key().model(), one.key().id());
      now.active().add(one.key(), nextSequence++, one.record(), now.early(key));
      newestMs = Math.max(newestMs, one.key().timeMs());
    }
    return position;
  }

  /// Joins truths.
  ///
  /// @return the position in the log behind everything so far
  long join(TruthBatch batch) {
    long position = append(batch.records());
    for (TruthBatch.Accepted one : batch.accepted()) {
      view.active().join(one.truth(), one.kind());
      newestMs = Math.max(newestMs, one.truth().timeMs());
    }
    return position;
  }

  private long append(List<byte[]> records) {
    if (!records.isEmpty()) {
      appended = log.append(records);
      changedSinceCut = true;
    }
    return appended;
  }

  /// Whether memory is filled so far that a cut is due.
  boolean isHalfFull() {
    View now = view;
    return now.rowBytes() > options.headBytes() / 2 || now.looseBytes() > options.looseBytes();
  }

  /// Whether clients will soon have to wait for room.
  boolean isPressed() {
    return view.rowBytes() > options.headBytes() / 4 * 3;
  }

  /// Whether a cut has begun that did not end.
  synchronized boolean isCutting() {
    return pending != null;
  }

  /// The cut that failed last, or else a new one, for which a new active layer begins.
  ///
  /// @throws StoreUnavailableException if the log takes nothing now
  synchronized Cut freeze() {
    Cut begun = pending;
    if (begun != null) {
      return begun;
    }
    int file = log.fileNumber();
    long number = lastCut + 1;
    appended = log.append(List.of(RecordCodec.encodeCut(number)));
    lastCut = number;
    View now = view;
    Cut cut =
        new Cut(
            now.active(),
            new LogPosition(file, 0, number),
            new Counters(nextSequence, newestMs),
            appended);
    view = new View(new Heads(), now.active(), now.shelf(), now.erased());
    pending = cut;
    changedSinceCut = false;
    return cut;
  }

  /// Files have taken the place of the frozen layer.
  synchronized void thawed(Shelf shelf) {
    view = new View(view.active(), null, shelf, view.erased());
    pending = null;
    worked();
  }

  /// Files have taken the place of others.
  synchronized void replaced(Shelf shelf) {
    view = new View(view.active(), view.frozen(), shelf, view.erased());
    worked();
  }

  /// From now on these are neither shown nor taken.
  ///
  /// @param erased asked with the lock held, so that the newest holds
  synchronized void erased(Supplier<Erased> erased) {
    view = new View(view.active(), view.frozen(), view.shelf(), erased.get());
  }

  private void worked() {
    failure = null;
    notifyAll();
  }

  synchronized void failed(RuntimeException failure) {
    this.failure = failure;
    notifyAll();
  }

  /// Forgets what is older than `oldestMs` and not in files.
  synchronized void expire(long oldestMs) {
    view.active().expire(oldestMs);
  }
}
