package dev.sightline.predictions;

import dev.sightline.model.prediction.PredictionDeletions;
import dev.sightline.model.prediction.PredictionDigests;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.predictions.erase.Erasure;
import dev.sightline.predictions.erase.IdHashes;
import dev.sightline.predictions.keyed.KeyedTruths;
import dev.sightline.predictions.privacy.KeyedHash;
import dev.sightline.predictions.privacy.PersonalData;
import dev.sightline.storage.fs.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes predictions: hides them at once, takes them out of memory, log and files, and says when
/// the disk has nothing of them any more.
///
/// What was begun is gone on with after a restart. Safe for any number of threads.
public final class Deletions implements PredictionDeletions, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Deletions.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Parts parts;
  private final Scheduler.Repeating work;

  /// Held by the one thread that works; nobody who asks for a deletion waits for it.
  private final Object working = new Object();

  // guarded by working
  private long scrubbedUpTo;

  private volatile long pausedUntilNs;
  private volatile String problem = "";

  /// What deletions reach.
  ///
  /// @param entry by which predictions came: it knows in which form a value was stored
  /// @param digests what was made of predictions
  /// @param shadows names of shadows by the names of their models, as configured now: what is
  ///   deleted of a model is deleted of its shadow, too
  public record Parts(
      PredictionStore store,
      KeyedTruths keyed,
      PersonalData entry,
      PredictionDigests digests,
      Supplier<Map<String, String>> shadows,
      Clock clock,
      Scheduler scheduler) {}

  private Deletions(Parts parts) {
    this.parts = parts;
    this.pausedUntilNs = parts.clock.monotonicNs();
    this.work = parts.scheduler.every("deletions", PERIOD, PERIOD, this::work);
  }

  /// Goes on with those that are not done.
  public static Deletions start(Parts parts) {
    return new Deletions(parts);
  }

  @Override
  public synchronized Deletion delete(String model, Selection selection, String by) {
    String shadow = parts.shadows.get().get(model);
    if (shadow != null) {
      deleteOf(shadow, selection, by);
    }
    return deleteOf(model, selection, by);
  }

  private Deletion deleteOf(String model, Selection asked, String by) {
    Selection selection = stored(model, asked);
    Request request = request(model, selection);
    ErasureSearch.Found found = parts.store.toErase(model, selection);
    IdHashes ids = found.ids();
    int truths =
        selection instanceof Selection.OfSubject(String field, String value)
            ? parts.keyed.count(model, field, value::equals)
            : 0;
    Erasure before = ids.isEmpty() && truths == 0 ? sameBefore(request) : null;
    if (before != null) {
      return shown(before);
    }
    Erasure erasure = hide(model, request, by, found, truths);
    if (selection instanceof Selection.OfSubject(String field, String value)) {
      parts.keyed.hide(model, field, value::equals);
    }
    pausedUntilNs = parts.clock.monotonicNs();
    LOG.info(
        "deletion {} asked for by \"{}\": {} predictions of model {} ({}{}, fingerprint {}) and {}"
            + " truths by key are hidden",
        erasure.number(),
        by,
        ids.size(),
        model,
        request.kind,
        request.field.isEmpty() ? "" : " " + request.field,
        request.fingerprint,
        truths);
    return shown(erasure);
  }

  private Erasure hide(
      String model, Request request, String by, ErasureSearch.Found found, int truths) {
    try (PredictionDigests.Remaking _ = parts.digests.begin(model, found.hoursMs())) {
      return parts.store.erase(
          number ->
              new Deletion(
                  number,
                  model,
                  request.kind,
                  request.field,
                  request.fingerprint,
                  by,
                  parts.clock.nowMs(),
                  found.ids().size(),
                  truths,
                  null,
                  ""),
          found.ids());
    }
  }

  private record Request(String model, String kind, String field, String fingerprint) {}

  private Selection stored(String model, Selection selection) {
    return selection instanceof Selection.OfSubject(String field, String value)
        ? new Selection.OfSubject(field, parts.entry.stored(model, field, value))
        : selection;
  }

  private Request request(String model, Selection selection) {
    KeyedHash hash = parts.entry.hash();
    return switch (selection) {
      case Selection.OfSubject(String field, String value) ->
          new Request(model, "subject", field, hash.of(value));
      case Selection.OfIds(Set<String> ids) ->
          new Request(model, "ids", "", hash.of(String.join("\n", new TreeSet<>(ids))));
      case Selection.OfRange range ->
          new Request(
              model,
              "range",
              "",
              hash.of(range.startMs() + "\n" + range.endMs() + "\n" + range.text()));
    };
  }

  private @Nullable Erasure sameBefore(Request request) {
    return parts.store.erasures().reversed().stream()
        .filter(
            one ->
                new Request(
                        one.model(),
                        one.deletion().kind(),
                        one.deletion().field(),
                        one.deletion().fingerprint())
                    .equals(request))
        .findFirst()
        .orElse(null);
  }

  @Override
  public List<Deletion> deletions(String model) {
    return parts.store.erasures().reversed().stream()
        .filter(one -> one.model().equals(model))
        .map(this::shown)
        .toList();
  }

  private Deletion shown(Erasure erasure) {
    return erasure.isGone() ? erasure.deletion() : erasure.with(null, problem);
  }

  /// One step: what was asked for is taken out of everything; when the files that held it are
  /// deleted, it is gone.
  private void work() {
    synchronized (working) {
      List<Erasure> open = parts.store.erasures().stream().filter(one -> !one.isGone()).toList();
      if (open.isEmpty() || parts.clock.monotonicNs() - pausedUntilNs < 0) {
        return;
      }
      try {
        if (open.getLast().number() > scrubbedUpTo) {
          scrub(open);
        } else if (parts.store.isScrubbed()
            && open.stream().noneMatch(one -> parts.digests.isMaking(one.model()))) {
          finish(open);
        }
      } catch (StoreUnavailableException | StorageException refused) {
        pause(String.valueOf(refused.getMessage()));
      }
    }
  }

  private void scrub(List<Erasure> open) {
    for (Erasure one : open) {
      Deletion deletion = one.deletion();
      if (deletion.kind().equals("subject")) {
        parts.keyed.hide(
            deletion.model(),
            deletion.field(),
            value -> parts.entry.hash().of(value).equals(deletion.fingerprint()));
      }
    }
    parts.keyed.forget();
    String inTheWay = parts.store.scrub();
    if (inTheWay.isEmpty()) {
      scrubbedUpTo = open.getLast().number();
      problem = "";
    } else {
      pause(inTheWay);
    }
  }

  private void pause(String inTheWay) {
    if (!inTheWay.equals(problem)) {
      LOG.warn("deleted predictions are hidden, but not gone from the disk yet: {}", inTheWay);
    }
    problem = inTheWay;
    pausedUntilNs = parts.clock.monotonicNs() + PAUSE.toNanos();
  }

  private void finish(List<Erasure> open) {
    parts.store.erased(open.stream().map(Erasure::number).collect(Collectors.toSet()));
    List<Long> numbers = new ArrayList<>();
    open.forEach(one -> numbers.add(one.number()));
    LOG.info("deletions {}: nothing of them is on the disk any more", numbers);
  }

  @Override
  public void close() {
    work.close();
  }
}
