package dev.sightline.quality.profile;

import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionDigests;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.quality.profile.ProfileFiles.Kind;
import dev.sightline.quality.rows.SegmentBy;
import dev.sightline.quality.window.OwnThread;
import dev.sightline.stats.sketch.NumberSketch;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.StorageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the profiles of all models by the hour, updated as rows come.
///
/// Safe for any number of threads.
public final class ProfileStore implements PredictionDigests, AutoCloseable {
  /*
   * No row is lost and none counts twice, whenever the process dies. Before rows of an hour are stored, the
   * hour stands in a file of open hours; it leaves that only once its profile is on disk with every row
   * that was stored. After a crash the open hours are made anew of their rows: these are stored once each,
   * whatever was sent. Rows that were sent again are told apart by the store, whose receipts say so.
   *
   * Memory: a feature takes about 10 kB. Hours for which there is no room wait, in the file of open hours, and
   * are made of their rows when there is.
   */
  private static final Logger LOG = LoggerFactory.getLogger(ProfileStore.class);
  private static final Duration TICK = Duration.ofSeconds(5);
  private static final Duration UPKEEP = Duration.ofHours(1);
  private static final long SETTLED_MS = Duration.ofMinutes(1).toMillis();
  private static final long IN_A_HURRY_MS = Duration.ofSeconds(2).toMillis();
  private static final long FORGOTTEN_MS = Duration.ofMinutes(5).toMillis();
  private static final long MADE_AT_START_MS = Duration.ofHours(2).toMillis();
  private static final long MAKING_NS = Duration.ofSeconds(2).toNanos();

  private final ProfileFiles files;
  private final HourRows rows;
  private final ProfileOptions options;
  private final Clock clock;
  private final ProfileDays days;
  private final Scheduler.Repeating ticking;
  private final Scheduler.Repeating upkeep;

  // guarded by this
  private final Map<HourKey, OpenHour> open = new LinkedHashMap<>();
  private final Set<HourKey> marked;
  private final Set<HourKey> waiting;

  /// Hours whose file may hold what was deleted.
  private final Set<HourKey> remaking = new LinkedHashSet<>();

  /// What a store works with.
  ///
  /// @param rows of the models
  /// @param segments as configured now, by model
  public record Parts(
      FileSystem files,
      Path directory,
      PredictionSource rows,
      Supplier<Map<String, List<SegmentBy>>> segments,
      Clock clock,
      Scheduler scheduler) {}

  private ProfileStore(Parts parts, ProfileOptions options) {
    this.files = new ProfileFiles(parts.files(), parts.directory());
    this.rows = new HourRows(parts.rows(), parts.segments());
    this.options = options;
    this.clock = parts.clock();
    this.marked = files.readOpen();
    this.waiting = new LinkedHashSet<>(marked);
    this.days = new ProfileDays(files, this);
    makeRecent();
    ticking =
        parts
            .scheduler()
            .every("profiles", TICK, TICK, () -> OwnThread.run("profiles", this::tick));
    upkeep =
        parts
            .scheduler()
            .every(
                "upkeep of profiles",
                UPKEEP,
                UPKEEP,
                () -> OwnThread.run("upkeep of profiles", this::expire));
  }

  /// Opens the profiles, and makes those anew that lacked rows when the process died.
  public static ProfileStore open(Parts parts, ProfileOptions options) {
    return new ProfileStore(parts, options);
  }

  private void makeRecent() {
    long fromMs = clock.nowMs() - MADE_AT_START_MS;
    for (HourKey hour : List.copyOf(waiting)) {
      if (hour.startMs() >= fromMs) {
        make(hour);
      }
    }
  }

  /// Rows on their way into the store; to be ended in any case.
  final class Writing {
    private final Map<HourKey, OpenHour> hours = new LinkedHashMap<>();
    private final Map<HourKey, List<Prediction>> stored = new LinkedHashMap<>();
    private HourKey lastKey = new HourKey("", 0);
    private long lastHourMs;

    private Writing() {}

    private HourKey key(Prediction row) {
      long hourMs = HourKey.hourOf(row.timeMs());
      if (hourMs != lastHourMs || !row.model().equals(lastKey.model())) {
        lastKey = new HourKey(row.model(), hourMs);
        lastHourMs = hourMs;
      }
      return lastKey;
    }

    /// Shows the rows that were added to their hours.
    void flush() {
      stored.forEach(
          (key, some) -> {
            OpenHour hour = hours.get(key);
            if (hour != null) {
              List<SegmentBy> by = rows.segments(key.model());
              hour.add(some, some.stream().map(row -> RowSegments.of(row, by)).toList());
            }
          });
      stored.clear();
    }

    /// A row that is stored now, and was not before; see [#flush].
    void add(Prediction row) {
      stored.computeIfAbsent(key(row), _ -> new ArrayList<>()).add(row);
    }

    /// Says that nobody knows which of the rows are stored: their hours are made of what is.
    void doubt() {
      synchronized (ProfileStore.this) {
        waiting.addAll(hours.keySet());
      }
      hours.values().forEach(OpenHour::forget);
    }

    void end() {
      synchronized (ProfileStore.this) {
        long nowMs = clock.nowMs();
        for (OpenHour hour : hours.values()) {
          hour.writing--;
          hour.touchedMs = nowMs;
        }
      }
    }
  }

  /// Says that rows will be stored. When this returns, their hours are known to be open on disk.
  Writing begin(List<Prediction> predictions) {
    Writing writing = new Writing();
    Set<HourKey> keys = new LinkedHashSet<>();
    predictions.forEach(row -> keys.add(writing.key(row)));
    synchronized (this) {
      for (HourKey key : keys) {
        OpenHour hour = open.computeIfAbsent(key, this::openHour);
        hour.writing++;
        hour.touched = true;
        hour.dirty = true;
        writing.hours.put(key, hour);
      }
      if (marked.addAll(keys)) {
        mark();
      }
    }
    return writing;
  }

  private void mark() {
    try {
      files.writeOpen(marked);
    } catch (StorageException refused) {
      // The rows themselves come first; the store of predictions says what the disk refuses.
      LOG.warn("which profiles are open cannot be written: {}", refused.getMessage());
    }
  }

  private OpenHour openHour(HourKey key) {
    long nowMs = clock.nowMs();
    if (!waiting.contains(key) && size() < options.features()) {
      Profile kept = files.read(key.model(), Kind.HOURS, key.startMs());
      if (kept != null) {
        return new OpenHour(key, kept, nowMs);
      }
      if (!files.has(key.model(), Kind.HOURS, key.startMs())) {
        return new OpenHour(key, new Profile(NumberSketch.HOUR), nowMs);
      }
    }
    waiting.add(key);
    return new OpenHour(key, null, nowMs);
  }

  private int size() {
    int all = 0;
    for (OpenHour hour : open.values()) {
      all += hour.size();
    }
    return all;
  }

  /// Writes what has come to rest, forgets what is written, makes what waits.
  private void tick() {
    writeSettled();
    long startNs = clock.monotonicNs();
    for (HourKey hour : waitingHours()) {
      if (clock.monotonicNs() - startNs > MAKING_NS) {
        break;
      }
      make(hour);
    }
  }

  private synchronized List<HourKey> waitingHours() {
    return size() < options.features() ? List.copyOf(waiting) : List.of();
  }

  private void writeSettled() {
    List<OpenHour> due = new ArrayList<>();
    synchronized (this) {
      long nowMs = clock.nowMs();
      boolean full = size() > options.features() / 2;
      long restMs = full ? IN_A_HURRY_MS : SETTLED_MS;
      for (OpenHour hour : open.values()) {
        if (hour.writing == 0 && hour.dirty && nowMs - hour.touchedMs >= restMs) {
          due.add(hour);
        }
      }
      open.values()
          .removeIf(
              hour ->
                  hour.writing == 0
                      && !hour.dirty
                      && (full || nowMs - hour.touchedMs >= FORGOTTEN_MS));
    }
    due.sort(Comparator.comparingLong(hour -> hour.touchedMs));
    due.forEach(this::write);
    unmark();
  }

  /// Writes an hour, and says that its file lacks nothing if no row came meanwhile.
  private void write(OpenHour hour) {
    HourKey key = hour.key();
    boolean remade;
    synchronized (this) {
      if (hour.writing > 0) {
        return;
      }
      hour.touched = false;
      remade = remaking.contains(key) && !waiting.contains(key);
    }
    byte[] bytes = hour.encoded();
    if (bytes == null) {
      return;
    }
    days.replaceHour(key, bytes);
    synchronized (this) {
      if (!hour.touched) {
        hour.dirty = false;
      }
      if (remade) {
        remaking.remove(key);
      }
    }
  }

  @Override
  public Remaking begin(String model, Set<Long> hoursMs) {
    List<OpenHour> hours = new ArrayList<>();
    synchronized (this) {
      for (long startMs : hoursMs) {
        HourKey key = new HourKey(model, startMs);
        OpenHour hour = open.computeIfAbsent(key, one -> new OpenHour(one, null, clock.nowMs()));
        hour.writing++; // so that nobody makes it before the rows are hidden
        hours.add(hour);
        marked.add(key);
        remaking.add(key);
      }
      if (!hours.isEmpty()) {
        mark();
      }
    }
    return () -> remake(hours);
  }

  private synchronized void remake(List<OpenHour> hours) {
    for (OpenHour hour : hours) {
      hour.forget();
      hour.writing--;
      hour.touched = true;
      hour.dirty = true;
      waiting.add(hour.key());
    }
  }

  @Override
  public synchronized boolean isMaking(String model) {
    return waiting.stream().anyMatch(hour -> hour.model().equals(model))
        || remaking.stream().anyMatch(hour -> hour.model().equals(model));
  }

  private synchronized void unmark() {
    boolean changed =
        marked.removeIf(
            key -> {
              OpenHour hour = open.get(key);
              return !waiting.contains(key) && (hour == null || !hour.dirty);
            });
    if (changed) {
      mark();
    }
  }

  /// Makes an hour of its rows, unless rows come at the same time; then later.
  private void make(HourKey key) {
    OpenHour hour;
    synchronized (this) {
      hour = open.computeIfAbsent(key, one -> new OpenHour(one, null, clock.nowMs()));
      if (hour.writing > 0) {
        return;
      }
      hour.touched = false;
    }
    Profile made = areRowsKept(key) ? rows.profile(key) : kept(key);
    synchronized (this) {
      if (hour.touched) {
        return;
      }
      hour.become(made);
      hour.dirty = true;
      waiting.remove(key);
    }
    write(hour);
  }

  private boolean areRowsKept(HourKey key) {
    return key.startMs() >= clock.nowMs() - options.rows().toMillis();
  }

  /// What its file has, of an hour whose rows are gone in part.
  private Profile kept(HourKey key) {
    Profile kept = files.read(key.model(), Kind.HOURS, key.startMs());
    LOG.warn("the profile of {} lacks the last rows that came: others are gone", key);
    return kept == null ? new Profile(NumberSketch.HOUR) : kept;
  }

  private void expire() {
    long nowMs = clock.nowMs();
    for (String model : files.models()) {
      days.expire(
          model, nowMs - options.hours().toMillis(), nowMs - options.retention().toMillis());
    }
  }

  /// The hours of a model that are in memory, by start.
  synchronized Map<Long, OpenHour> open(String model) {
    Map<Long, OpenHour> hours = new LinkedHashMap<>();
    open.forEach(
        (key, hour) -> {
          if (key.model().equals(model)) {
            hours.put(key.startMs(), hour);
          }
        });
    for (HourKey key : waiting) {
      if (key.model().equals(model)) {
        hours.computeIfAbsent(key.startMs(), _ -> new OpenHour(key, null, 0));
      }
    }
    return hours;
  }

  /// Whether the file of an hour may lack rows.
  synchronized boolean isOpen(HourKey key) {
    OpenHour hour = open.get(key);
    return waiting.contains(key) || hour != null && hour.dirty;
  }

  /// Every model that has a profile or is getting one, by name.
  public Set<String> models() {
    Set<String> models = new LinkedHashSet<>(files.models());
    synchronized (this) {
      open.keySet().forEach(key -> models.add(key.model()));
    }
    return models;
  }

  /// What answers of these profiles are made of.
  ProfileDays days() {
    return days;
  }

  Clock clock() {
    return clock;
  }

  /// Writes down what is in memory.
  @Override
  public void close() {
    ticking.close();
    upkeep.close();
    List<OpenHour> dirty;
    synchronized (this) {
      dirty = open.values().stream().filter(hour -> hour.dirty).toList();
    }
    dirty.forEach(this::write);
    unmark();
  }
}
