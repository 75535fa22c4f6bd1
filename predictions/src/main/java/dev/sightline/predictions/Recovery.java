package dev.sightline.predictions;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.predictions.erase.Erased;
import dev.sightline.predictions.head.Heads;
import dev.sightline.predictions.record.PredictionKey;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.predictions.record.RecordCodec.Outline;
import dev.sightline.predictions.shelf.Counters;
import dev.sightline.predictions.shelf.LogPosition;
import dev.sightline.predictions.shelf.Shelf;
import dev.sightline.predictions.shelf.ShelfWriter;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.wal.ReplayReport;
import dev.sightline.storage.wal.WalReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the log held that is not in files, when the store was opened.
///
/// What is in files already, or comes twice, changes nothing. A log that is longer than memory is
/// written to files on the way.
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final ShelfWriter writer;
  private final PredictionStoreOptions options;
  private final UnreadableFiles unreadableFiles;
  private final long nowMs;
  private View view;
  private long nextSequence;
  private long newestMs;
  private long lastCut;
  private boolean changedSinceCut;

  private long seen;
  private long firstNeeded;
  private int file = -1;
  private long seenInFile;
  private long unreadable;

  Recovery(
      Shelf shelf,
      Erased erased,
      ShelfWriter writer,
      PredictionStoreOptions options,
      UnreadableFiles unreadableFiles,
      long nowMs) {
    this.writer = writer;
    this.options = options;
    this.unreadableFiles = unreadableFiles;
    this.nowMs = nowMs;
    this.view = new View(new Heads(), null, shelf, erased);
    this.nextSequence = shelf.counters().nextSequence();
    this.newestMs = shelf.counters().newestMs();
    this.lastCut = shelf.position().cut();
  }

  void read(FileSystem files, Path directory) {
    LogPosition start = view.shelf().position();
    firstNeeded = start.cut() == 0 ? start.skipped() : 0;
    if (start.cut() != 0) {
      WalReader.replay(files, directory, start.file(), (_, record) -> lookForCut(start, record));
    }
    seen = 0;
    ReplayReport report = WalReader.replay(files, directory, start.file(), this::accept);
    for (ReplayReport.Damage damage : report.damages()) {
      if (!damage.tornTail()) {
        unreadableFiles.note(damage.file(), nowMs);
        LOG.error(
            "predictions: {} in file {} at {}", damage.what(), damage.file(), damage.offset());
      }
    }
    if (unreadable > 0) {
      LOG.error("predictions: {} records of the log could not be read", unreadable);
    }
    expire();
  }

  View view() {
    return view;
  }

  long nextSequence() {
    return nextSequence;
  }

  long newestMs() {
    return newestMs;
  }

  /// The highest number of a cut that stands in the log.
  long lastCut() {
    return lastCut;
  }

  boolean changedSinceCut() {
    return changedSinceCut;
  }

  private void lookForCut(LogPosition start, ByteBuffer record) {
    seen++;
    if (RecordCodec.cutNumber(record) == start.cut()) {
      firstNeeded = seen;
    }
  }

  private void accept(int fileNumber, ByteBuffer record) {
    if (fileNumber != file) {
      file = fileNumber;
      seenInFile = 0;
    }
    seen++;
    seenInFile++;
    byte[] encoded = new byte[record.remaining()];
    record.get(encoded);
    try {
      Outline outline = RecordCodec.skim(ByteBuffer.wrap(encoded));
      if (outline instanceof Outline.OfCut(long number)) {
        lastCut = Math.max(lastCut, number);
      } else if (seen > firstNeeded) {
        changedSinceCut = true;
        take(outline, encoded);
      }
    } catch (BadBytesException bad) {
      unreadable++;
      unreadableFiles.note(fileNumber, nowMs);
      LOG.warn("predictions: a record in file {}: {}", fileNumber, bad.getMessage());
    }
  }

  private void take(Outline outline, byte[] encoded) {
    switch (outline) {
      case Outline.OfPrediction(PredictionKey key)
          when !view.erased().refuses(key.model(), key.id()) ->
          add(key, encoded);
      case Outline.OfTruth(GroundTruth truth)
          when !view.erased().refuses(truth.model(), truth.predictionId()) ->
          join(truth);
      case Outline.OfPrediction _, Outline.OfTruth _, Outline.OfCut _ -> {}
    }
    if (view.rowBytes() > options.headBytes() / 2 || view.looseBytes() > options.looseBytes()) {
      writeToFiles();
    }
  }

  private void add(PredictionKey key, byte[] encoded) {
    newestMs = Math.max(newestMs, key.timeMs());
    RowKey row = new RowKey(key.model(), key.id());
    boolean present =
        view.inMemory(row) != null || view.shelf().find(key.model(), key.id()) != null;
    if (!present) {
      view.active().add(key, nextSequence++, encoded, view.early(row));
    }
  }

  private void join(GroundTruth truth) {
    newestMs = Math.max(newestMs, truth.timeMs());
    RowKey key = new RowKey(truth.model(), truth.predictionId());
    Map<RowKey, Shelved> shelved = Shelved.truths(view, List.of(key));
    View.Standing standing = view.standing(key, shelved.get(key));
    GroundTruth before = standing.truth();
    if (before == null || !before.value().equals(truth.value())) {
      view.active().join(truth, standing.kind());
    }
  }

  private void writeToFiles() {
    Shelf before = view.shelf();
    LogPosition position = new LogPosition(file, seenInFile, 0);
    Shelf after =
        writer.write(before, view.active(), position, new Counters(nextSequence, newestMs));
    writer.retired(before, after).forEach(writer::delete);
    view = new View(new Heads(), null, after, view.erased());
    changedSinceCut = false;
  }

  /// Ages are counted from the newest row, so that a clock that jumps ahead hides nothing.
  private void expire() {
    if (newestMs != Long.MIN_VALUE) {
      view.active().expire(Math.min(nowMs, newestMs) - options.retention().toMillis());
    }
  }
}
