package dev.sightline.predictions;

import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Clock;
import dev.sightline.predictions.part.Part;
import dev.sightline.predictions.part.Parts;
import dev.sightline.predictions.shelf.LateTruths;
import dev.sightline.predictions.shelf.LogPosition;
import dev.sightline.predictions.shelf.Shelf;
import dev.sightline.predictions.shelf.ShelfWriter;
import dev.sightline.predictions.shelf.SmallParts;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.failpoint.Failpoints;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.storage.wal.WriteAheadLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves what memory holds into files, and keeps these few and fresh. One thread at a time.
final class Shelver {
  private static final Logger LOG = LoggerFactory.getLogger(Shelver.class);
  private static final Duration CUT_PERIOD = Duration.ofDays(1);

  /// Merging waits until no cut was needed for so long,
  private static final Duration QUIET = Duration.ofSeconds(10);

  /// but no longer than this: many parts make every look-up slow.
  private static final Duration RESTLESS = Duration.ofMinutes(1);

  /// How long the files of a shelf stay when another has replaced it, for those who still read it.
  private static final Duration GRACE = Duration.ofMinutes(5);

  private final Layers layers;
  private final WriteAheadLog log;
  private final Parts parts;
  private final ShelfWriter writer;
  private final UnreadableFiles unreadableFiles;
  private final PredictionStoreOptions options;
  private final Clock clock;
  private final StoreMeters meters;
  private final Deque<Retired> retired = new ConcurrentLinkedDeque<>();

  /// Parts whose columns the disk did not take; they are read as rows until it is asked again.
  private final Set<Part> refusedColumns = new HashSet<>();

  private volatile long lastCutNs;
  private long lastMergeNs;
  private long lastScrubNs;

  /// Whether a file of the log is left that no row is read from any more.
  private boolean keepsOldLog;

  private volatile boolean cutFailed;
  private volatile boolean tidyDue = true;

  /// A file number that no shelf names any more.
  private record Retired(int number, long sinceNs) {}

  Shelver(
      Layers layers,
      WriteAheadLog log,
      Parts parts,
      ShelfWriter writer,
      UnreadableFiles unreadableFiles,
      PredictionStoreOptions options,
      Clock clock,
      StoreMeters meters) {
    this.layers = layers;
    this.log = log;
    this.parts = parts;
    this.writer = writer;
    this.unreadableFiles = unreadableFiles;
    this.options = options;
    this.clock = clock;
    this.meters = meters;
    this.lastCutNs = clock.monotonicNs();
    this.lastMergeNs = lastCutNs;
  }

  /// Whether there may be something to do; costs nothing to ask.
  boolean isDue() {
    return tidyDue || isOver(retired.peekFirst()) || cutIsDue();
  }

  private boolean isOver(@Nullable Retired first) {
    return first != null && clock.monotonicNs() - first.sinceNs >= GRACE.toNanos();
  }

  private boolean cutIsDue() {
    boolean old = clock.monotonicNs() - lastCutNs >= CUT_PERIOD.toNanos();
    return cutFailed || layers.isHalfFull() || old && layers.changedSinceCut();
  }

  /// Does what is due.
  synchronized void run() {
    attempt(
        () -> {
          deleteRetired();
          if (cutIsDue()) {
            cut();
          }
          tidy();
        });
  }

  /// Does it though it may not be due.
  synchronized void cutNow() {
    attempt(this::cut);
  }

  /// Takes what was deleted out of memory, the log and the files.
  ///
  /// @return what is in the way; empty where nothing is, and then all is gone once [#isSettled]
  synchronized String scrub() {
    try {
      if (layers.isCutting()) {
        cut(); // one that failed; it has not seen what came since
      }
      cut();
      Failpoints.reach("predictions.before-scrub");
      List<String> problems = new ArrayList<>();
      if (keepsOldLog) {
        problems.add("a log file that cannot be read stays for a whole retention");
      }
      Shelf shelf = layers.view().shelf();
      if (!shelf.unreadable().isEmpty()) {
        problems.add(shelf.unreadable().size() + " parts cannot be read now");
      }
      shelf.parts().forEach(part -> scrub(part, problems));
      lastScrubNs = clock.monotonicNs();
      return String.join("; ", problems);
    } catch (StorageException | StoreUnavailableException refused) {
      layers.failed(refused);
      return String.valueOf(refused.getMessage());
    }
  }

  private void scrub(Part part, List<String> problems) {
    if (part.isIndexBroken()) {
      parts.rebuildIndex(part);
    }
    if (layers.view().erased().touches(part)) {
      try {
        merge(List.of(part));
      } catch (BadBytesException bad) {
        problems.add("part " + part.facts().number() + " is damaged and stays as it is");
      }
      if (layers.view().shelf().parts().contains(part) && problems.isEmpty()) {
        problems.add("memory is full, files are written anew later");
      }
    }
  }

  /// Whether the files that the last [#scrub] replaced are deleted for good.
  synchronized boolean isSettled() {
    if (retired.stream().anyMatch(one -> one.sinceNs <= lastScrubNs)) {
      return false;
    }
    try {
      parts.syncNames();
      parts
          .directory()
          .files()
          .syncDirectory(Objects.requireNonNull(parts.directory().path().getParent()));
      return true;
    } catch (StorageException _) {
      return false;
    }
  }

  /// Whether no cut was needed for a while, unless no such while comes.
  private boolean isQuiet() {
    long nowNs = clock.monotonicNs();
    boolean quiet =
        nowNs - lastCutNs >= QUIET.toNanos() || nowNs - lastMergeNs >= RESTLESS.toNanos();
    if (quiet) {
      lastMergeNs = nowNs;
    }
    return quiet;
  }

  private void attempt(Runnable work) {
    try {
      work.run();
    } catch (StorageException | StoreUnavailableException refused) {
      layers.failed(refused);
      meters.cutFailures().increment();
      LOG.warn("predictions stay in memory and in the log: {}", refused.getMessage());
    } catch (BadBytesException bad) {
      LOG.warn("parts of predictions are left as they are: {}", bad.getMessage());
    }
  }

  /// Writes what memory holds to files, and deletes the log behind it.
  private void cut() {
    cutFailed = true;
    tidyDue = true;
    log.startFile();
    Layers.Cut cut = layers.freeze();
    log.sync(cut.logPosition());
    Failpoints.reach("predictions.after-freeze");
    Shelf before = layers.view().shelf();
    int firstKept = unreadableFiles.firstKept(cut.position().file(), oldestMs());
    keepsOldLog = firstKept < cut.position().file();
    LogPosition position = new LogPosition(firstKept, 0, cut.position().cut());
    Shelf after = writer.write(before, cut.heads(), position, cut.counters());
    layers.thawed(after);
    retire(before, after);
    cutFailed = false;
    lastCutNs = clock.monotonicNs();
    meters.cuts().increment();
    Failpoints.reach("predictions.before-log-delete");
    log.deleteFilesBelow(firstKept);
    Failpoints.reach("predictions.after-log-delete");
  }

  /// Merges small parts, and takes truths that came late into theirs.
  private void tidy() {
    Shelf shelf = layers.view().shelf();
    for (Part part : shelf.parts()) {
      if (part.isIndexBroken()) {
        parts.rebuildIndex(part);
      }
    }
    boolean columnsMissing = makeColumns(shelf);
    if (shelf.looseBytes() - shelf.waitingBytes() > options.looseBytes() / 2) {
      for (Part part : LateTruths.partsToWrite(shelf, options.looseBytes() / 8)) {
        merge(List.of(part));
      }
      return;
    }
    List<Part> small = SmallParts.toMerge(shelf);
    tidyDue = !small.isEmpty() || columnsMissing;
    if (!small.isEmpty() && isQuiet()) {
      merge(small);
    }
  }

  /// Makes the columns of one part that has none, such as one that an earlier version wrote.
  ///
  /// @return whether there may be more to do
  private boolean makeColumns(Shelf shelf) {
    for (Part part : shelf.parts()) {
      if (part.columns() == null && !part.isDamaged() && !refusedColumns.contains(part)) {
        try {
          parts.rebuildColumns(part);
        } catch (StorageException refused) {
          refusedColumns.add(part);
          LOG.warn("columns of predictions are not made: {}", refused.getMessage());
        }
        return true;
      }
    }
    return false;
  }

  /// Gives way to a cut that clients wait for; what was done so far is done again later.
  private void merge(List<Part> sources) {
    Shelf before = layers.view().shelf();
    Shelf after;
    try {
      after = writer.merge(before, sources, layers::isPressed);
    } catch (CancellationException hurry) {
      LOG.debug("parts are merged later: {}", hurry.getMessage());
      tidyDue = true;
      return;
    }
    layers.replaced(after);
    retire(before, after);
    meters.merges().increment();
  }

  /// Forgets what is older than the retention.
  synchronized void expire() {
    refusedColumns.clear();
    tidyDue = true;
    long oldestMs = oldestMs();
    if (oldestMs == Long.MIN_VALUE) {
      return;
    }
    layers.expire(oldestMs);
    try {
      Shelf before = layers.view().shelf();
      Shelf after = writer.expire(before, oldestMs);
      if (after != before) {
        layers.replaced(after);
        retire(before, after);
      }
    } catch (StorageException | BadBytesException refused) {
      LOG.warn("old predictions are not deleted yet: {}", refused.getMessage());
    }
  }

  /// Ages are counted from the newest row, so that a clock that jumps ahead deletes nothing.
  long oldestMs() {
    long newestMs = layers.newestMs();
    return newestMs == Long.MIN_VALUE
        ? Long.MIN_VALUE
        : Math.min(clock.nowMs(), newestMs) - options.retention().toMillis();
  }

  private void retire(Shelf before, Shelf after) {
    long nowNs = clock.monotonicNs();
    writer.retired(before, after).forEach(number -> retired.add(new Retired(number, nowNs)));
  }

  private void deleteRetired() {
    while (isOver(retired.peekFirst())) {
      writer.delete(retired.getFirst().number);
      retired.removeFirst();
    }
  }
}
