package dev.sightline.predictions;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.time.Clock;
import dev.sightline.predictions.head.Heads;
import dev.sightline.predictions.record.PredictionKey;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.predictions.record.RecordCodec.Outline;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.wal.ReplayReport;
import dev.sightline.storage.wal.WalReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the log held when the store was opened. Records that come twice change nothing.
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final Heads heads;
  private final LogAges ages = new LogAges();
  private final PredictionStoreOptions options;
  private final StoreMeters meters;
  private final long nowMs;
  private long unreadable;

  private Recovery(PredictionStoreOptions options, StoreMeters meters, long nowMs) {
    this.options = options;
    this.heads = new Heads(options.models(), options.headBytes());
    this.meters = meters;
    this.nowMs = nowMs;
  }

  static Recovery of(
      FileSystem files,
      Path directory,
      PredictionStoreOptions options,
      StoreMeters meters,
      Clock clock) {
    Recovery recovery = new Recovery(options, meters, clock.nowMs());
    ReplayReport report = WalReader.replay(files, directory, 0, recovery::accept);
    for (ReplayReport.Damage damage : report.damages()) {
      if (!damage.tornTail()) {
        LOG.error(
            "predictions: {} in file {} at {}", damage.what(), damage.file(), damage.offset());
      }
    }
    recovery.expire();
    if (recovery.unreadable > 0) {
      LOG.error("predictions: {} records of the log could not be read", recovery.unreadable);
    }
    return recovery;
  }

  Heads heads() {
    return heads;
  }

  LogAges ages() {
    return ages;
  }

  private void accept(int file, ByteBuffer record) {
    byte[] encoded = new byte[record.remaining()];
    record.get(encoded);
    try {
      switch (RecordCodec.skim(ByteBuffer.wrap(encoded))) {
        case Outline.OfPrediction(PredictionKey key) -> add(file, key, encoded);
        case Outline.OfTruth(GroundTruth truth) -> {
          heads.of(truth.model()).join(truth);
          ages.note(file, truth.timeMs());
        }
      }
    } catch (BadBytesException bad) {
      unreadable++;
      ages.noteUnreadable(file, nowMs);
      LOG.warn("predictions: a record in file {}: {}", file, bad.getMessage());
    }
  }

  private void add(int file, PredictionKey key, byte[] encoded) {
    ages.note(file, key.timeMs());
    if (heads.of(key.model()).row(key.id()) == null) {
      meters.evicted().add(heads.add(key, encoded));
    }
  }

  /// Ages are counted from the newest row, so that a clock that jumps ahead hides nothing.
  private void expire() {
    if (ages.newestMs() != Long.MIN_VALUE) {
      long oldestMs = Math.min(nowMs, ages.newestMs()) - options.retention().toMillis();
      heads.expire(oldestMs);
    }
  }
}
