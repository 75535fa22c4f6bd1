package dev.sightline.collect.scrape;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.series.SeriesSink;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Scrapes the targets of all jobs.
///
/// Each target has a thread of its own: one that is slow or broken is down, and no other notices.
/// Safe for any number of threads.
public final class ScrapeService implements AutoCloseable {
  private final ScrapeStore store;
  private final Clock clock;
  private final Scheduler scheduler;
  private final ScrapePool.Readers readers;

  // guarded by this
  private final Map<String, ScrapePool> pools = new LinkedHashMap<>();

  private ScrapeService(
      ScrapeStore store, Clock clock, Scheduler scheduler, ScrapePool.Readers readers) {
    this.store = store;
    this.clock = clock;
    this.scheduler = scheduler;
    this.readers = readers;
  }

  /// @param meters counts what is stored and what is refused
  public static ScrapeService start(
      List<ScrapeJob> jobs,
      SeriesSink sink,
      Clock clock,
      Scheduler scheduler,
      MeterRegistry meters) {
    return start(
        jobs,
        new ScrapeStore(sink, meters),
        clock,
        scheduler,
        (target, job) -> new HttpTargetReader(target, job, clock));
  }

  static ScrapeService start(
      List<ScrapeJob> jobs,
      ScrapeStore store,
      Clock clock,
      Scheduler scheduler,
      ScrapePool.Readers readers) {
    ScrapeService service = new ScrapeService(store, clock, scheduler, readers);
    service.reload(jobs);
    return service;
  }

  /// Goes on with other jobs. Targets that are in both as they were notice nothing; the series of
  /// those that are gone end.
  ///
  /// @param jobs each name once
  public synchronized void reload(List<ScrapeJob> jobs) {
    Set<String> names = new TreeSet<>();
    for (ScrapeJob job : jobs) {
      if (!names.add(job.name())) {
        throw new IllegalArgumentException("BUG: two jobs named " + job.name());
      }
    }
    Map<String, ScrapePool> before = Map.copyOf(pools);
    pools.keySet().retainAll(names);
    before.forEach(
        (name, pool) -> {
          if (!names.contains(name)) {
            pool.close(true);
          }
        });
    for (ScrapeJob job : jobs) {
      ScrapePool pool = pools.get(job.name());
      if (pool != null) {
        pool.reload(job);
      } else {
        ScrapePool begun = new ScrapePool(job, store, clock, scheduler, readers);
        pools.put(job.name(), begun);
        begun.start();
      }
    }
  }

  /// The names of all jobs, in the order of the configuration.
  public synchronized List<String> jobs() {
    return List.copyOf(pools.keySet());
  }

  /// Every target, job by job.
  public List<TargetStatus> targets() {
    return loops().map(ScrapeLoop::status).toList();
  }

  /// What discovery found and relabelling dropped.
  public List<DroppedTarget> dropped() {
    return pools().stream().flatMap(pool -> pool.dropped().stream()).toList();
  }

  /// What each target says about each of its metrics.
  public List<TargetMetadata> metadata() {
    List<TargetMetadata> all = new ArrayList<>();
    loops()
        .forEach(
            loop ->
                new TreeMap<>(loop.metadata())
                    .forEach(
                        (metric, said) ->
                            all.add(new TargetMetadata(loop.target(), metric, said))));
    return List.copyOf(all);
  }

  private Stream<ScrapeLoop> loops() {
    return pools().stream().flatMap(pool -> pool.loops().stream());
  }

  private synchronized List<ScrapePool> pools() {
    return List.copyOf(pools.values());
  }

  /// Ends all scraping. Series are left open: after a restart they go on.
  @Override
  public void close() {
    pools().forEach(pool -> pool.close(false));
  }
}
