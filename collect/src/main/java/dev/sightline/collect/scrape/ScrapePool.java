package dev.sightline.collect.scrape;

import dev.sightline.collect.discover.FileDiscovery;
import dev.sightline.collect.discover.TargetGroup;
import dev.sightline.model.label.Labels;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.wire.yaml.ConfigException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The targets of one job while they are scraped.
///
/// Safe for any number of threads.
final class ScrapePool {
  private static final Logger LOG = LoggerFactory.getLogger(ScrapePool.class);

  private final ScrapeStore store;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Readers readers;

  // guarded by this
  private ScrapeJob job;
  private final Map<Target, Running> running = new LinkedHashMap<>();
  private final List<Scheduler.Repeating> refreshing = new ArrayList<>();
  private Map<FileDiscovery, List<TargetGroup>> listed = new HashMap<>();
  private List<Labels> dropped = List.of();
  private boolean overLimit;
  private boolean started;
  private boolean closed;

  /// Makes the reader of a target.
  interface Readers {
    TargetReader of(Target target, ScrapeJob job);
  }

  private record Running(ScrapeLoop loop, Scheduler.Repeating schedule) {}

  ScrapePool(ScrapeJob job, ScrapeStore store, Clock clock, Scheduler scheduler, Readers readers) {
    this.job = job;
    this.store = store;
    this.clock = clock;
    this.scheduler = scheduler;
    this.readers = readers;
  }

  void start() {
    change(job);
  }

  /// Goes on with another form of the same job. Targets that it does not change notice nothing.
  void reload(ScrapeJob next) {
    change(next);
  }

  private void change(ScrapeJob next) {
    List<Scheduler.Repeating> watchedBefore;
    synchronized (this) {
      if (next.equals(job) && started) {
        return;
      }
      boolean keepsLoops = next.scrapesLike(job);
      started = true;
      job = next;
      readFiles();
      sync(keepsLoops);
      watchedBefore = List.copyOf(refreshing);
      refreshing.clear();
      watchFiles();
    }
    // Outside of the lock, because a refresh under way waits for it.
    watchedBefore.forEach(Scheduler.Repeating::close);
  }

  private void watchFiles() {
    for (FileDiscovery files : job.discovery().files()) {
      refreshing.add(
          scheduler.every(
              "discover " + job.name(), files.refresh(), files.refresh(), this::refresh));
    }
  }

  private synchronized void refresh() {
    if (!closed) {
      readFiles();
      sync(true);
    }
  }

  /// A file that cannot be read leaves the targets of its list as they were.
  private void readFiles() {
    Map<FileDiscovery, List<TargetGroup>> read = new HashMap<>();
    for (FileDiscovery files : job.discovery().files()) {
      try {
        read.put(files, files.read());
      } catch (ConfigException | UncheckedIOException bad) {
        LOG.warn("job {} keeps its targets: {}", job.name(), bad.getMessage());
        read.put(files, listed.getOrDefault(files, List.of()));
      }
    }
    listed = read;
  }

  /// Starts what is new, and ends what is gone.
  private void sync(boolean keepsLoops) {
    List<TargetGroup> groups = new ArrayList<>(job.discovery().fixed());
    listed.values().forEach(groups::addAll);
    TargetList found = TargetList.of(job, groups);
    dropped = found.dropped();
    boolean over = tooMany(found.targets().size());
    boolean keeps = keepsLoops && over == overLimit;
    overLimit = over;
    Set<Target> kept = keeps ? new HashSet<>(found.targets()) : Set.of();
    Map<Labels, ScrapeLoop> ended = stopAllBut(kept);
    Readers made = over ? ScrapePool::refusing : readers;
    for (Target target : found.targets()) {
      if (!running.containsKey(target)) {
        start(target, made, ended);
      }
    }
    ended.values().forEach(ScrapeLoop::endSeries);
  }

  /// @return the loops that were stopped, by the labels of their targets
  private Map<Labels, ScrapeLoop> stopAllBut(Set<Target> kept) {
    List<Running> gone = new ArrayList<>();
    for (Target target : List.copyOf(running.keySet())) {
      if (!kept.contains(target)) {
        gone.add(running.remove(target));
      }
    }
    stop(gone);
    Map<Labels, ScrapeLoop> stopped = new LinkedHashMap<>();
    gone.forEach(each -> stopped.put(each.loop.target().labels(), each.loop));
    return stopped;
  }

  /// All are told to stop before the first is waited for.
  private static void stop(List<Running> gone) {
    gone.forEach(each -> each.loop.stop());
    gone.forEach(each -> each.schedule.close());
  }

  private boolean tooMany(int targets) {
    return job.limits().targets() > 0 && targets > job.limits().targets();
  }

  private static TargetReader refusing(Target target, ScrapeJob job) {
    String error =
        "job "
            + job.name()
            + " has more than "
            + job.limits().targets()
            + " targets (target_limit)";
    return new FailingReader(error);
  }

  private void start(Target target, Readers made, Map<Labels, ScrapeLoop> ended) {
    ScrapeLoop loop = new ScrapeLoop(target, job, reader(target, made), store, clock);
    ScrapeLoop before = ended.remove(target.labels());
    if (before != null) {
      loop.inherit(before);
    }
    Duration interval = target.timing().interval();
    Scheduler.Repeating schedule =
        scheduler.every("scrape " + target.url(), offset(target, interval), interval, loop::scrape);
    running.put(target, new Running(loop, schedule));
  }

  private TargetReader reader(Target target, Readers made) {
    try {
      return made.of(target, job);
    } catch (ScrapeException bad) {
      return new FailingReader(String.valueOf(bad.getMessage()));
    }
  }

  /// A target has its own moment within the interval, the same after every start, so that targets
  /// are spread and their samples stay evenly apart.
  private Duration offset(Target target, Duration interval) {
    long intervalMs = interval.toMillis();
    long momentMs = Math.floorMod(target.spread(), intervalMs);
    return Duration.ofMillis(Math.floorMod(momentMs - clock.nowMs(), intervalMs));
  }

  synchronized List<ScrapeLoop> loops() {
    return running.values().stream().map(Running::loop).toList();
  }

  synchronized List<DroppedTarget> dropped() {
    return dropped.stream().map(labels -> new DroppedTarget(job.name(), labels)).toList();
  }

  /// Ends the scraping, and the series with it unless it is only for a restart.
  void close(boolean endSeries) {
    List<Running> ending;
    List<Scheduler.Repeating> watching;
    synchronized (this) {
      closed = true;
      ending = List.copyOf(running.values());
      watching = List.copyOf(refreshing);
      running.clear();
      refreshing.clear();
    }
    watching.forEach(Scheduler.Repeating::close);
    stop(ending);
    if (endSeries) {
      ending.forEach(each -> each.loop.endSeries());
    }
  }

  /// The reader of a target that cannot be scraped as it is configured.
  private record FailingReader(String error) implements TargetReader {
    @Override
    public Body read(Duration timeout) {
      throw new ScrapeException(error);
    }

    @Override
    public void close() {}
  }
}
