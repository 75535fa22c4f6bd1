package dev.sightline.predictions;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionDeletions.Deletion;
import dev.sightline.model.prediction.PredictionDeletions.Selection;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.predictions.erase.Erasure;
import dev.sightline.predictions.erase.ErasureBook;
import dev.sightline.predictions.erase.IdHashes;
import dev.sightline.predictions.keyed.KeySearch;
import dev.sightline.predictions.part.OpenFiles;
import dev.sightline.predictions.part.PartDirectory;
import dev.sightline.predictions.part.Parts;
import dev.sightline.predictions.part.StoredRow;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.predictions.record.TruthHistory;
import dev.sightline.predictions.shelf.Shelf;
import dev.sightline.predictions.shelf.ShelfReader;
import dev.sightline.predictions.shelf.ShelfWriter;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.storage.wal.LogOptions;
import dev.sightline.storage.wal.WriteAheadLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps predictions and the truths that are joined to them: in a log and in memory first, in files
/// by model and day later, read as one.
///
/// Nothing is answered before it is on disk. A repetition waits for the disk too, because what it
/// repeats may still be on its way there.
public final class PredictionStore
    implements PredictionSink, PredictionSource, PredictionColumns, KeySearch, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PredictionStore.class);
  private static final Duration UPKEEP_PERIOD = Duration.ofHours(1);
  private static final Duration SHELVING_PERIOD = Duration.ofSeconds(1);

  /// Three for each part that is read or written now and then.
  private static final int OPEN_FILES = 384;

  /// A scan of fewer rows takes some tens of milliseconds.
  private static final long SHARED_FROM_ROWS = 200_000;

  private static final byte[] NOTHING = new byte[0];

  private final PredictionStoreOptions options;
  private final Clock clock;
  private final StoreMeters meters;
  private final WriteAheadLog log;
  private final OpenFiles openFiles;
  private final Layers layers;
  private final Shelver shelver;
  private final ErasureBook erasures;
  private final ScanThreads scanThreads = new ScanThreads(SHARED_FROM_ROWS);
  private final Scheduler.Repeating upkeep;
  private final Scheduler.Repeating shelving;

  private PredictionStore(
      PredictionStoreOptions options,
      Clock clock,
      Scheduler scheduler,
      StoreMeters meters,
      WriteAheadLog log,
      OpenFiles openFiles,
      Layers layers,
      Shelver shelver,
      ErasureBook erasures) {
    this.options = options;
    this.clock = clock;
    this.meters = meters;
    this.log = log;
    this.openFiles = openFiles;
    this.layers = layers;
    this.shelver = shelver;
    this.erasures = erasures;
    meters.watch(layers::view);
    this.upkeep =
        scheduler.every(
            "upkeep of predictions", UPKEEP_PERIOD, UPKEEP_PERIOD, () -> heavy(this::expire));
    this.shelving =
        scheduler.every(
            "shelving of predictions",
            SHELVING_PERIOD,
            SHELVING_PERIOD,
            () -> {
              if (shelver.isDue()) {
                heavy(shelver::run);
              }
            });
  }

  /// Reads back what files and the log hold, and goes on writing.
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
    OpenFiles openFiles = new OpenFiles(files, OPEN_FILES);
    Parts parts =
        new Parts(
            new PartDirectory(files, directory.resolve("parts")),
            openFiles,
            new DamageReports(meters.damages()),
            options.headBytes() / 8);
    ErasureBook erasures = ErasureBook.open(files, directory);
    Shelf shelf = ShelfReader.open(parts);
    ShelfWriter writer = new ShelfWriter(parts, shelf, erasures::erased);
    UnreadableFiles unreadable = new UnreadableFiles();
    Recovery recovery =
        new Recovery(shelf, erasures.erased(), writer, options, unreadable, clock.nowMs());
    recovery.read(files, directory);
    WriteAheadLog log =
        WriteAheadLog.open(
            files, directory, LogOptions.named("predictions"), clock, scheduler, registry);
    Layers layers = new Layers(options, log, recovery);
    Shelver shelver = new Shelver(layers, log, parts, writer, unreadable, options, clock, meters);
    return new PredictionStore(
        options, clock, scheduler, meters, log, openFiles, layers, shelver, erasures);
  }

  @Override
  public List<PredictionReceipt> store(List<Prediction> predictions) {
    RowLimits limits = new RowLimits(clock.nowMs(), options);
    ByteSink sink = new ByteSink(1 << 10);
    List<byte[]> encoded = predictions.stream().map(one -> encoded(one, sink)).toList();
    List<RowKey> keys = predictions.stream().map(one -> new RowKey(one.model(), one.id())).toList();
    layers.awaitRoom();
    while (true) {
      View seen = layers.view();
      Map<RowKey, Shelved> shelved = reading(() -> Shelved.rows(seen, keys));
      List<PredictionReceipt> receipts = new ArrayList<>(predictions.size());
      long position;
      synchronized (layers) {
        View view = layers.view();
        if (view.shelf() != seen.shelf()) {
          continue; // a row may have gone to a file since it was looked for there
        }
        PredictionBatch batch = new PredictionBatch(view, shelved, options, limits);
        for (int i = 0; i < predictions.size(); i++) {
          receipts.add(batch.receipt(predictions.get(i), encoded.get(i)));
        }
        position = layers.add(batch.accepted());
      }
      log.sync(position);
      meters.countPredictions(predictions, receipts);
      return receipts;
    }
  }

  /// What is too deep is refused, and must not be encoded before that.
  private static byte[] encoded(Prediction prediction, ByteSink sink) {
    return RecordCodec.isTooDeep(prediction) ? NOTHING : RecordCodec.encode(prediction, sink);
  }

  @Override
  public List<TruthReceipt> join(List<GroundTruth> truths) {
    RowLimits limits = new RowLimits(clock.nowMs(), options);
    List<RowKey> keys =
        truths.stream().map(one -> new RowKey(one.model(), one.predictionId())).toList();
    layers.awaitRoom();
    while (true) {
      View seen = layers.view();
      Map<RowKey, Shelved> shelved = reading(() -> Shelved.truths(seen, keys));
      List<TruthReceipt> receipts = new ArrayList<>(truths.size());
      List<TruthBatch.Delay> delays;
      long position;
      synchronized (layers) {
        View view = layers.view();
        if (view.shelf() != seen.shelf()) {
          continue;
        }
        TruthBatch batch = new TruthBatch(view, shelved, options, limits);
        truths.forEach(truth -> receipts.add(batch.receipt(truth)));
        position = layers.join(batch);
        delays = batch.delays();
      }
      log.sync(position);
      meters.countTruths(truths, receipts);
      meters.observe(delays);
      return receipts;
    }
  }

  @Override
  public List<ModelSummary> models() {
    return Summaries.of(layers.view());
  }

  @Override
  public @Nullable Labelled find(String model, String id) {
    StoredRow row = row(model, id);
    return row == null ? null : Listing.labelled(row);
  }

  @Override
  public List<GroundTruth> truths(String model, String id) {
    StoredRow row = row(model, id);
    TruthHistory truths = row == null ? null : row.truths();
    return truths == null ? List.of() : truths.truths();
  }

  private @Nullable StoredRow row(String model, String id) {
    StoredRow row = reading(() -> layers.view().find(new RowKey(model, id)));
    return row == null || row.place().timeMs() < shelver.oldestMs() ? null : row;
  }

  @Override
  public Page list(Query query) {
    return reading(() -> new Listing(layers.view(), query.model()).page(query, shelver.oldestMs()));
  }

  @Override
  public void scan(Scan scan, Consumer<Batch> into) {
    walk(scan).run(into);
  }

  @Override
  public void scan(Scan scan, List<Consumer<Batch>> receivers) {
    StoreScan walk = walk(scan);
    scanThreads.run(walk.rowsInFiles(), receivers, walk::walks);
  }

  private StoreScan walk(Scan scan) {
    return new StoreScan(layers.view(), scan, Math.max(scan.startMs(), shelver.oldestMs()));
  }

  @Override
  public void walk(
      String model, long startMs, long endMs, List<String> names, KeySearch.Visitor visitor) {
    Iterator<StoredRow> rows =
        reading(
            () ->
                new Listing(layers.view(), model)
                    .rows(Math.max(startMs, shelver.oldestMs()), endMs, true));
    KeyWalk walk = new KeyWalk(names);
    while (reading(rows::hasNext)) {
      if (!walk.visit(reading(rows::next), visitor)) {
        return;
      }
    }
  }

  static <T extends @Nullable Object> T reading(Supplier<T> work) {
    try {
      return work.get();
    } catch (StorageException refused) {
      throw new StoreUnavailableException(
          "the files of predictions cannot be read: " + refused.reason(), refused);
    }
  }

  /// The numbers of the parts that count now, without those in which something lies that was
  /// deleted: they are about to be written anew.
  Set<Integer> partNumbers() {
    View view = layers.view();
    return view.shelf().parts().stream()
        .filter(part -> !view.erased().touches(part))
        .map(part -> part.facts().number())
        .collect(Collectors.toSet());
  }

  /// The ids of predictions that were chosen, of which none was deleted before, and those of truths
  /// that wait for ids that were chosen.
  ErasureSearch.Found toErase(String model, Selection selection) {
    return reading(() -> new ErasureSearch(layers.view(), model).find(selection));
  }

  /// Hides predictions from every read that begins later, and refuses them from now on. Returns
  /// when that would survive a power cut.
  Erasure erase(LongFunction<Deletion> deletion, IdHashes ids) {
    Erasure erasure = erasures.add(deletion, ids);
    layers.erased(erasures::erased);
    return erasure;
  }

  /// Oldest first.
  List<Erasure> erasures() {
    return erasures.erasures();
  }

  /// See [Shelver#scrub].
  String scrub() {
    AtomicReference<String> problem = new AtomicReference<>("");
    heavy(() -> problem.set(shelver.scrub()));
    return problem.get();
  }

  /// Whether what the last scrub replaced is deleted for good.
  boolean isScrubbed() {
    return shelver.isSettled();
  }

  /// Nothing of these is on the disk any more.
  void erased(Set<Long> numbers) {
    erasures.finish(numbers, clock.nowMs());
    layers.erased(erasures::erased);
  }

  private void expire() {
    shelver.expire();
    try {
      erasures.forget(clock.nowMs() - options.retention().toMillis() - RowLimits.MAX_AHEAD_MS);
      layers.erased(erasures::erased);
    } catch (StoreUnavailableException refused) {
      LOG.warn("{}", refused.getMessage());
    }
  }

  /// What a statement reads of what is here now.
  ///
  /// @param own for what is written for it
  SqlSources sqlSources(PartDirectory parts, Path own) {
    return new SqlSources(parts, own, layers.view(), shelver.oldestMs());
  }

  /// Writes to files what is in memory now, without waiting until that is due.
  public void cut() {
    heavy(shelver::cutNow);
  }

  @Override
  public void close() {
    upkeep.close();
    shelving.close();
    log.close();
    openFiles.close();
  }

  /// Runs work that takes a processor for seconds on a thread of its own: the scheduler's are
  /// virtual, and there are few carriers for those.
  private static void heavy(Runnable work) {
    FutureTask<@Nullable Void> task = new FutureTask<>(work, null);
    Thread.ofPlatform().name("predictions-files").daemon().start(task);
    boolean interrupted = false;
    while (true) {
      try {
        task.get();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      } catch (ExecutionException failure) {
        throw new IllegalStateException("files of predictions", failure.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
