package dev.sightline.predictions;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.predictions.PredictionBatch.Accepted;
import dev.sightline.predictions.head.Heads;
import dev.sightline.predictions.head.ModelHead;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.wal.LogOptions;
import dev.sightline.storage.wal.WriteAheadLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps predictions and the truths that are joined to them: a log on disk, and a head in memory
/// that answers.
///
/// Nothing is answered before it is on disk. A repetition waits for the disk too, because what it
/// repeats may still be on its way there.
public final class PredictionStore implements PredictionSink, PredictionSource, AutoCloseable {
  private static final Duration UPKEEP_PERIOD = Duration.ofHours(1);

  private static final byte[] NOTHING = new byte[0];

  private final PredictionStoreOptions options;
  private final Clock clock;
  private final StoreMeters meters;
  private final WriteAheadLog log;
  private final LogAges ages;
  private final Scheduler.Repeating upkeep;

  private final Heads heads;
  private final Object lock = new Object();

  // guarded by lock
  private long appended;
  private long newestMs;

  private PredictionStore(
      PredictionStoreOptions options,
      Clock clock,
      Scheduler scheduler,
      StoreMeters meters,
      Recovery recovery,
      WriteAheadLog log) {
    this.options = options;
    this.clock = clock;
    this.meters = meters;
    this.log = log;
    this.ages = recovery.ages();
    this.newestMs = ages.newestMs();
    this.heads = recovery.heads();
    meters.watch(heads::bytes, heads::waiting);
    this.upkeep =
        scheduler.every("upkeep of predictions", UPKEEP_PERIOD, UPKEEP_PERIOD, this::expire);
  }

  /// Reads back what the log holds, and goes on writing it.
  ///
  /// @param directory is made if there is none
  public static PredictionStore open(
      FileSystem files,
      Path directory,
      PredictionStoreOptions options,
      Clock clock,
      Scheduler scheduler,
      MeterRegistry registry) {
    StoreMeters meters = new StoreMeters(registry);
    Recovery recovery = Recovery.of(files, directory, options, meters, clock);
    WriteAheadLog log =
        WriteAheadLog.open(
            files, directory, LogOptions.named("predictions"), clock, scheduler, registry);
    return new PredictionStore(options, clock, scheduler, meters, recovery, log);
  }

  @Override
  public List<PredictionReceipt> store(List<Prediction> predictions) {
    RowLimits limits = new RowLimits(clock.nowMs(), options);
    List<byte[]> encoded = predictions.stream().map(PredictionStore::encoded).toList();
    List<PredictionReceipt> receipts = new ArrayList<>(predictions.size());
    long position;
    synchronized (lock) {
      PredictionBatch batch = new PredictionBatch(heads, options, limits);
      for (int i = 0; i < predictions.size(); i++) {
        receipts.add(batch.receipt(predictions.get(i), encoded.get(i)));
      }
      List<Accepted> accepted = batch.accepted();
      position = append(accepted.stream().map(Accepted::record).toList());
      for (Accepted one : accepted) {
        meters.evicted().add(heads.add(one.key(), one.record()));
        noteTime(one.key().timeMs());
      }
    }
    log.sync(position);
    meters.countPredictions(predictions, receipts);
    return receipts;
  }

  /// What is too deep is refused, and must not be encoded before that.
  private static byte[] encoded(Prediction prediction) {
    return RecordCodec.isTooDeep(prediction) ? NOTHING : RecordCodec.encode(prediction);
  }

  @Override
  public List<TruthReceipt> join(List<GroundTruth> truths) {
    RowLimits limits = new RowLimits(clock.nowMs(), options);
    List<TruthReceipt> receipts = new ArrayList<>(truths.size());
    long position;
    synchronized (lock) {
      TruthBatch batch = new TruthBatch(heads, options, limits);
      for (GroundTruth truth : truths) {
        receipts.add(batch.receipt(truth));
      }
      position = append(batch.records());
      for (GroundTruth truth : batch.accepted()) {
        heads.of(truth.model()).join(truth);
        noteTime(truth.timeMs());
      }
    }
    log.sync(position);
    meters.countTruths(truths, receipts);
    return receipts;
  }

  @Override
  public List<ModelSummary> models() {
    return heads.all().stream().filter(head -> !head.isEmpty()).map(ModelHead::summary).toList();
  }

  @Override
  public @Nullable Labelled find(String model, String id) {
    ModelHead head = heads.find(model);
    return head == null ? null : head.find(id);
  }

  @Override
  public Page list(Query query) {
    ModelHead head = heads.find(query.model());
    return head == null ? new Page(List.of(), null) : head.list(query);
  }

  @Override
  public void close() {
    upkeep.close();
    log.close();
  }

  private long append(List<byte[]> records) {
    if (!records.isEmpty()) {
      appended = log.append(records);
    }
    return appended;
  }

  private void noteTime(long timeMs) {
    newestMs = Math.max(newestMs, timeMs);
    ages.note(log.fileNumber(), timeMs);
  }

  /// Ages are counted from the newest row, so that a clock that jumps ahead deletes nothing.
  private void expire() {
    synchronized (lock) {
      if (newestMs == Long.MIN_VALUE) {
        return;
      }
      long oldestMs = Math.min(clock.nowMs(), newestMs) - options.retention().toMillis();
      heads.expire(oldestMs);
      if (ages.startsNewDay(newestMs)) {
        log.startFile();
      }
      log.deleteFilesBelow(ages.firstNeeded(oldestMs, log.fileNumber()));
    }
  }
}
