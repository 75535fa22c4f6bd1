package dev.sightline.predictions;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.predictions.head.ModelHead;
import dev.sightline.predictions.head.Row;
import dev.sightline.predictions.record.PredictionKey;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.wal.LogOptions;
import dev.sightline.storage.wal.WriteAheadLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
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

  private final Map<String, ModelHead> heads = new ConcurrentSkipListMap<>();
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
    this.heads.putAll(recovery.heads());
    meters.watch(this::headBytes, this::waitingTruths);
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
      Batch batch = new Batch();
      for (int i = 0; i < predictions.size(); i++) {
        receipts.add(batch.receipt(predictions.get(i), encoded.get(i), limits));
      }
      position = append(List.copyOf(batch.records.values()));
      for (Prediction prediction : batch.accepted) {
        head(prediction.model()).add(PredictionKey.of(prediction), batch.record(prediction));
        noteTime(prediction.timeMs());
      }
      evict();
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
      TruthBatch batch = new TruthBatch();
      for (GroundTruth truth : truths) {
        receipts.add(batch.receipt(truth, limits));
      }
      position = append(batch.records);
      for (GroundTruth truth : batch.accepted) {
        head(truth.model()).join(truth);
        noteTime(truth.timeMs());
      }
    }
    log.sync(position);
    meters.countTruths(truths, receipts);
    return receipts;
  }

  @Override
  public List<ModelSummary> models() {
    return heads.values().stream().filter(head -> !head.isEmpty()).map(ModelHead::summary).toList();
  }

  @Override
  public @Nullable Labelled find(String model, String id) {
    ModelHead head = heads.get(model);
    return head == null ? null : head.find(id);
  }

  @Override
  public Page list(Query query) {
    ModelHead head = heads.get(query.model());
    return head == null ? new Page(List.of(), null) : head.list(query);
  }

  @Override
  public void close() {
    upkeep.close();
    log.close();
  }

  private record Key(String model, String id) {
    static Key of(Prediction prediction) {
      return new Key(prediction.model(), prediction.id());
    }
  }

  /// The rows of one call on their way into the log; repetitions within the call count as such.
  private final class Batch {
    private final Map<Key, byte[]> records = new LinkedHashMap<>();
    private final List<Prediction> accepted = new ArrayList<>();

    PredictionReceipt receipt(Prediction prediction, byte[] encoded, RowLimits limits) {
      String objection = limits.objection(prediction, encoded.length);
      if (objection == null && isOneModelTooMany(prediction.model())) {
        objection = "would be one model too many, the limit is " + options.models();
      }
      if (objection != null) {
        return new PredictionReceipt.Refused(objection);
      }
      byte[] present = present(prediction);
      if (present == null) {
        records.put(Key.of(prediction), encoded);
        accepted.add(prediction);
        return new PredictionReceipt.Stored();
      }
      return RecordCodec.sameContent(present, encoded)
          ? new PredictionReceipt.AlreadyStored()
          : new PredictionReceipt.Refused(
              "id \"" + prediction.id() + "\" is taken by a prediction with other content");
    }

    byte[] record(Prediction prediction) {
      return Objects.requireNonNull(records.get(Key.of(prediction)));
    }

    private byte @Nullable [] present(Prediction prediction) {
      ModelHead head = heads.get(prediction.model());
      Row row = head == null ? null : head.row(prediction.id());
      return row != null ? row.encoded() : records.get(Key.of(prediction));
    }
  }

  /// The truths of one call on their way into the log; a later one knows of those before it.
  private final class TruthBatch {
    private final List<byte[]> records = new ArrayList<>();
    private final List<GroundTruth> accepted = new ArrayList<>();
    private final Map<Key, GroundTruth> latest = new HashMap<>();
    private int waiting = waitingTruths();

    TruthReceipt receipt(GroundTruth truth, RowLimits limits) {
      byte[] record = RecordCodec.isTooDeep(truth) ? NOTHING : RecordCodec.encode(truth);
      TruthReceipt receipt = judged(truth, record, limits);
      if (!(receipt instanceof TruthReceipt.Refused)) {
        records.add(record);
        accepted.add(truth);
        latest.put(new Key(truth.model(), truth.predictionId()), truth);
      }
      return receipt;
    }

    private TruthReceipt judged(GroundTruth truth, byte[] record, RowLimits limits) {
      String objection = limits.objection(truth, record.length);
      if (objection != null) {
        return new TruthReceipt.Refused(objection);
      }
      ModelHead head = heads.get(truth.model());
      GroundTruth before = before(truth, head);
      if (before != null && !before.value().equals(truth.value())) {
        return new TruthReceipt.Corrected();
      }
      if (head != null && head.row(truth.predictionId()) != null) {
        return new TruthReceipt.Joined();
      }
      return before == null ? firstToWait(truth) : new TruthReceipt.Waiting();
    }

    private @Nullable GroundTruth before(GroundTruth truth, @Nullable ModelHead head) {
      GroundTruth inThisCall = latest.get(new Key(truth.model(), truth.predictionId()));
      return inThisCall != null || head == null ? inThisCall : head.truth(truth.predictionId());
    }

    private TruthReceipt firstToWait(GroundTruth truth) {
      if (waiting >= options.waitingTruths()) {
        return new TruthReceipt.Refused(
            waiting + " truths wait for predictions already, which is the limit");
      }
      if (isOneModelTooMany(truth.model())) {
        return new TruthReceipt.Refused(
            "would be one model too many, the limit is " + options.models());
      }
      waiting++;
      return new TruthReceipt.Waiting();
    }
  }

  private boolean isOneModelTooMany(String model) {
    return heads.size() >= options.models() && !heads.containsKey(model);
  }

  private ModelHead head(String model) {
    return heads.computeIfAbsent(model, ModelHead::new);
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

  private void evict() {
    long excess = headBytes() - options.headBytes();
    while (excess > 0) {
      ModelHead largest =
          heads.values().stream().max(Comparator.comparingLong(ModelHead::bytes)).orElseThrow();
      long before = largest.bytes();
      largest.evictOldest();
      meters.evicted().increment();
      excess -= before - largest.bytes();
    }
  }

  /// Ages are counted from the newest row, so that a clock that jumps ahead deletes nothing.
  private void expire() {
    synchronized (lock) {
      if (newestMs == Long.MIN_VALUE) {
        return;
      }
      long oldestMs = Math.min(clock.nowMs(), newestMs) - options.retention().toMillis();
      heads.values().forEach(head -> head.expire(oldestMs));
      if (ages.startsNewDay(newestMs)) {
        log.startFile();
      }
      log.deleteFilesBelow(ages.firstNeeded(oldestMs, log.fileNumber()));
    }
  }

  private long headBytes() {
    return heads.values().stream().mapToLong(ModelHead::bytes).sum();
  }

  private int waitingTruths() {
    return heads.values().stream().mapToInt(ModelHead::waiting).sum();
  }
}
