package dev.sightline.predictions.keyed;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Counter;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.KeyedTruth;
import dev.sightline.model.prediction.KeyedTruthSink;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.storage.fs.FileSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the predictions that truths by key are about, and keeps those truths that find none until
/// one comes. Predictions pass through here on their way to the store.
///
/// Safe for any number of threads.
public final class KeyedTruths implements PredictionSink, KeyedTruthSink, AutoCloseable {
  /*
   * A truth is looked for among the predictions that are there, and each prediction that comes is
   * held against the truths that wait. A truth waits before it looks, and a prediction is stored
   * before it is held against them: so one of both always sees the other. Should both, the truth is
   * joined twice, which changes nothing.
   *
   * What waits is in a log; that it waits no longer is written behind the join. After a crash
   * between both it waits again, and finds its prediction with that truth in its history.
   */
  private static final Logger LOG = LoggerFactory.getLogger(KeyedTruths.class);
  private static final Duration UPKEEP_PERIOD = Duration.ofMinutes(10);
  private static final Duration FIRST_UPKEEP = Duration.ofSeconds(5);

  private final Parts parts;
  private final KeyLookUp lookUp;
  private final WaitingLog log;
  private final WaitingTruths waiting = new WaitingTruths();
  private final AtomicLong lastNumber = new AtomicLong();
  private final AtomicBoolean lookAgain = new AtomicBoolean();
  private final Counter expired;
  private final Counter late;
  private final Scheduler.Repeating upkeep;

  /// What truths by key are joined with.
  ///
  /// @param sink where truths and predictions go from here
  /// @param retention after which a truth that waits is forgotten
  public record Parts(
      KeySearch search,
      PredictionSource source,
      PredictionSink sink,
      Duration retention,
      Clock clock,
      Scheduler scheduler,
      MeterRegistry meters) {}

  private KeyedTruths(Parts parts, FileSystem files, Path directory) {
    this.parts = parts;
    this.lookUp = new KeyLookUp(parts.search);
    this.log = WaitingLog.open(files, directory, parts);
    this.expired =
        parts.meters.counter(
            "sightline_ground_truth_by_key_expired_total",
            "Truths by key that were forgotten, because no prediction came within the retention.",
            Labels.EMPTY);
    this.late =
        parts.meters.counter(
            "sightline_ground_truth_by_key_late_total",
            "Truths by key whose prediction arrived after them.",
            Labels.EMPTY);
    parts.meters.gauge(
        "sightline_ground_truth_by_key_waiting",
        "Truths by key for which no prediction has been found yet.",
        Labels.EMPTY,
        waiting::count);
    log.read().forEach(waiting::add);
    lastNumber.set(log.lastNumber());
    lookAgain.set(waiting.count() > 0);
    this.upkeep =
        parts.scheduler.every("upkeep of truths by key", FIRST_UPKEEP, UPKEEP_PERIOD, this::upkeep);
  }

  /// Reads back which truths wait.
  ///
  /// @param directory is made if there is none
  public static KeyedTruths open(FileSystem files, Path directory, Parts parts) {
    return new KeyedTruths(parts, files, directory);
  }

  @Override
  public List<PredictionReceipt> store(List<Prediction> predictions) {
    List<PredictionReceipt> receipts = parts.sink.store(predictions);
    if (waiting.count() > 0) {
      List<Prediction> stored = new ArrayList<>();
      for (int i = 0; i < receipts.size(); i++) {
        if (!(receipts.get(i) instanceof PredictionReceipt.Refused)) {
          stored.add(predictions.get(i));
        }
      }
      try {
        joinWaiting(stored);
      } catch (StoreUnavailableException full) {
        lookAgain.set(true);
        LOG.warn("truths by key wait on, though predictions came: {}", full.getMessage());
      }
    }
    return receipts;
  }

  @Override
  public List<TruthReceipt> join(List<GroundTruth> truths) {
    return parts.sink.join(truths);
  }

  private void joinWaiting(List<Prediction> predictions) {
    Map<WaitingTruth, Prediction> best = new LinkedHashMap<>();
    for (Prediction prediction : predictions) {
      for (WaitingTruth truth : waiting.sameKey(prediction)) {
        Prediction other = best.get(truth);
        if (truth.fits(prediction.timeMs())
            && (other == null || truth.prefers(prediction.timeMs(), other.timeMs()))) {
          best.put(truth, prediction);
        }
      }
    }
    Map<WaitingTruth, String> found = new LinkedHashMap<>();
    best.keySet().stream()
        .sorted((a, b) -> Long.compare(a.number(), b.number()))
        .forEach(truth -> found.put(truth, idOf(best, truth)));
    joinFound(found);
  }

  private static String idOf(Map<WaitingTruth, Prediction> best, WaitingTruth truth) {
    Prediction prediction = best.get(truth);
    if (prediction == null) {
      throw new IllegalStateException("BUG: a truth without the prediction that it was found with");
    }
    return prediction.id();
  }

  /// Joins truths that waited and have found their predictions.
  private void joinFound(Map<WaitingTruth, String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    List<GroundTruth> truths = new ArrayList<>();
    ids.forEach((truth, id) -> truths.add(truth.of(id)));
    for (TruthReceipt receipt : parts.sink.join(truths)) {
      if (receipt instanceof TruthReceipt.Refused(String message)) {
        LOG.warn("a truth by key was refused once its prediction came: {}", message);
      }
    }
    ids.keySet().stream().filter(waiting::remove).forEach(_ -> late.increment());
    log.done(ids.keySet());
  }

  @Override
  public List<TruthReceipt> joinByKey(List<KeyedTruth> truths) {
    long nowMs = parts.clock.nowMs();
    Map<Integer, TruthReceipt> receipts = new HashMap<>();
    Map<Integer, WaitingTruth> asked = new LinkedHashMap<>();
    for (int i = 0; i < truths.size(); i++) {
      WaitingTruth truth = new WaitingTruth(lastNumber.incrementAndGet(), truths.get(i), nowMs);
      String objection = KeyedTruthLimits.objection(truth, nowMs, parts.retention);
      if (objection != null) {
        receipts.put(i, new TruthReceipt.Refused(objection));
      } else {
        asked.put(i, truth);
      }
    }
    asked.values().forEach(waiting::add);
    boolean done = false;
    try {
      joinThoseThere(asked, receipts);
      keepTheRest(asked, receipts);
      done = true;
    } finally {
      if (!done) {
        asked.values().forEach(waiting::remove);
      }
    }
    return IntStream.range(0, truths.size()).mapToObj(i -> given(receipts.get(i))).toList();
  }

  private static TruthReceipt given(@Nullable TruthReceipt receipt) {
    if (receipt == null) {
      throw new IllegalStateException("BUG: a truth by key without a receipt");
    }
    return receipt;
  }

  private void joinThoseThere(
      Map<Integer, WaitingTruth> asked, Map<Integer, TruthReceipt> receipts) {
    Map<WaitingTruth, String> found = lookUp.find(asked.values());
    List<Integer> places = new ArrayList<>();
    List<GroundTruth> truths = new ArrayList<>();
    asked.forEach(
        (place, truth) -> {
          String id = found.get(truth);
          if (id != null) {
            places.add(place);
            truths.add(truth.of(id));
          }
        });
    List<TruthReceipt> joined = parts.sink.join(truths);
    for (int i = 0; i < places.size(); i++) {
      receipts.put(places.get(i), joined.get(i));
    }
    found.keySet().forEach(waiting::remove);
  }

  /// Those that have found nothing wait, unless they were found meanwhile, or wait already.
  private void keepTheRest(Map<Integer, WaitingTruth> asked, Map<Integer, TruthReceipt> receipts) {
    List<WaitingTruth> kept = new ArrayList<>();
    asked.forEach(
        (place, truth) -> {
          if (receipts.get(place) == null) {
            receipts.put(place, wait(truth, kept));
          }
        });
    log.keep(kept);
  }

  private TruthReceipt wait(WaitingTruth truth, List<WaitingTruth> kept) {
    WaitingTruth before = null;
    boolean here = false;
    for (WaitingTruth other : waiting.sameKey(truth)) {
      boolean sameTime = Objects.equals(other.truth().timeMs(), truth.truth().timeMs());
      here |= other.number() == truth.number();
      if (other.number() < truth.number() && sameTime) {
        before = other;
      }
    }
    if (!here) {
      return new TruthReceipt.Joined();
    }
    boolean repeats = before != null && before.truth().value().equals(truth.truth().value());
    String objection = repeats ? null : waiting.objection(truth);
    if (repeats || objection != null) {
      waiting.remove(truth);
    } else {
      kept.add(truth);
    }
    if (objection != null) {
      return new TruthReceipt.Refused(objection);
    }
    return before == null || repeats ? new TruthReceipt.Waiting() : new TruthReceipt.Corrected();
  }

  /// Forgets what is past the retention, looks for predictions again where that was not done, and
  /// makes the log short.
  private void upkeep() {
    long oldestMs = parts.clock.nowMs() - parts.retention.toMillis();
    List<WaitingTruth> old =
        waiting.all().stream().filter(truth -> truth.knownMs() < oldestMs).toList();
    old.stream().filter(waiting::remove).forEach(_ -> expired.increment());
    log.done(old);
    if (lookAgain.getAndSet(false)) {
      lookAgain();
    }
    log.shorten(waiting::all);
  }

  private void lookAgain() {
    Map<WaitingTruth, String> found = lookUp.find(waiting.all());
    Map<WaitingTruth, String> news = new LinkedHashMap<>();
    List<WaitingTruth> known = new ArrayList<>();
    found.forEach(
        (truth, id) -> {
          if (isInHistory(truth.of(id))) {
            known.add(truth);
          } else {
            news.put(truth, id);
          }
        });
    try {
      joinFound(news);
    } catch (StoreUnavailableException full) {
      lookAgain.set(true);
      LOG.warn("truths by key wait on: {}", full.getMessage());
    }
    known.forEach(waiting::remove);
    log.done(known);
  }

  /// It was joined before the process ended; what came later must not be overruled.
  private boolean isInHistory(GroundTruth truth) {
    Collection<GroundTruth> history = parts.source.truths(truth.model(), truth.predictionId());
    return history.contains(truth);
  }

  /// How many wait with a value in their key.
  public int count(String model, String field, Predicate<String> value) {
    return with(model, field, value).size();
  }

  /// Lets those wait no longer; the log still has them: see [#forget].
  public void hide(String model, String field, Predicate<String> value) {
    with(model, field, value).forEach(waiting::remove);
  }

  /// Takes out of the log what does not wait any more.
  ///
  /// @throws StoreUnavailableException if nothing can be kept now; to be said again then
  public void forget() {
    log.rewrite(waiting::all);
  }

  private List<WaitingTruth> with(String model, String field, Predicate<String> value) {
    return waiting.all().stream()
        .filter(truth -> truth.truth().model().equals(model))
        .filter(truth -> holds(truth.truth().key().get(field), value))
        .toList();
  }

  private static boolean holds(@Nullable String held, Predicate<String> value) {
    return held != null && value.test(held);
  }

  @Override
  public void close() {
    upkeep.close();
    log.close();
  }
}
