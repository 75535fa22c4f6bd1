package dev.sightline.logstore;

import dev.sightline.logstore.block.Block;
import dev.sightline.logstore.block.FrameCache;
import dev.sightline.logstore.follow.Followers;
import dev.sightline.logstore.head.Head;
import dev.sightline.logstore.record.LinesRecord;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LineTest;
import dev.sightline.model.log.LogArrivals;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.log.LogDeletions;
import dev.sightline.model.log.LogSink;
import dev.sightline.model.log.LogSource;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.wal.LogOptions;
import dev.sightline.storage.wal.WriteAheadLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Keeps log lines: a log on disk and a head in memory for the newest, compressed blocks for the
/// rest.
///
/// Nothing is answered before it is on disk. A repetition waits for the disk too, because what it
/// repeats may still be on its way there.
public final class LogStore
    implements LogSink, LogSource, LogArrivals, LogDeletions, AutoCloseable {
  /// How much of `headBytes` may be in memory before a call has to wait for the disk, and before it
  /// is refused.
  private static final int WAIT_AT = 2;

  private static final int REFUSE_AT = 4;

  private final LogStoreOptions options;
  private final Clock clock;
  private final LogStoreMeters meters;
  private final WriteAheadLog log;
  private final PartsHolder parts;
  private final Cutter cutter;
  private final StoreReader reader;
  private final Upkeep upkeep;
  private final Deletions deletions;
  private final Followers followers = new Followers();

  // guarded by parts
  private long appended;

  private LogStore(
      LogStoreOptions options,
      Clock clock,
      LogStoreMeters meters,
      WriteAheadLog log,
      PartsHolder parts,
      Cutter cutter,
      Upkeep upkeep,
      Deletions deletions) {
    this.options = options;
    this.clock = clock;
    this.meters = meters;
    this.log = log;
    this.parts = parts;
    this.cutter = cutter;
    this.upkeep = upkeep;
    this.deletions = deletions;
    Visibility visibility = new Visibility(options.retention(), deletions, clock);
    this.reader = new StoreReader(parts::now, visibility, meters::damage);
    meters.watch(parts);
  }

  /// A store that nobody deletes from.
  public static LogStore open(
      FileSystem files,
      Path directory,
      LogStoreOptions options,
      Clock clock,
      Scheduler scheduler,
      MeterRegistry registry) {
    return open(files, directory, options, Deletions.NO_LANGUAGE, clock, scheduler, registry);
  }

  /// Reads back what the log holds, and goes on writing it.
  ///
  /// @param directory is made if there is none
  /// @param language of requests to delete lines
  public static LogStore open(
      FileSystem files,
      Path directory,
      LogStoreOptions options,
      LineTest.Language language,
      Clock clock,
      Scheduler scheduler,
      MeterRegistry registry) {
    LogStoreMeters meters = new LogStoreMeters(registry);
    FrameCache cache = new FrameCache(options.cacheBytes());
    BlockDirectory directories =
        new BlockDirectory(new Block.Shared(files, cache, meters::damage), directory);
    List<Block> blocks = directories.openAll();
    Path logDirectory = directory.resolve("wal");
    Recovery recovery = Recovery.of(files, logDirectory, new Coverage(blocks));
    WriteAheadLog log =
        WriteAheadLog.open(
            files, logDirectory, LogOptions.named("logs"), clock, scheduler, registry);
    PartsHolder parts = new PartsHolder(blocks, recovery.head(), recovery.nextSequence());
    Cutter cutter =
        new Cutter(files, logDirectory, directories, log, parts, recovery.damagedFiles());
    Deletions deletions = Deletions.open(files, directory, language, clock);
    Tidying tidying = new Tidying(options, clock, parts, cutter, directories, deletions);
    Upkeep upkeep = new Upkeep(options, clock, parts, cutter, tidying);
    upkeep.start(scheduler);
    return new LogStore(options, clock, meters, log, parts, cutter, upkeep, deletions);
  }

  @Override
  public Outcome append(LogBatch batch) {
    long nowMs = clock.nowMs();
    Admission admission = new Admission(batch, new LineLimits(nowMs, options));
    List<LinesRecord> fresh = new ArrayList<>();
    long position;
    for (LinesRecord record : admission.records(nowMs)) {
      makeRoom(nowMs);
      fresh.add(take(record, nowMs));
    }
    synchronized (parts) {
      position = appended;
    }
    log.sync(position);
    followers.show(fresh);
    Outcome outcome = admission.outcome();
    int freshLines = fresh.stream().mapToInt(LinesRecord::size).sum();
    meters.count(admission, freshLines, outcome.refusedCount());
    return outcome;
  }

  /// @return the lines that were not there before
  private LinesRecord take(LinesRecord record, long nowMs) {
    synchronized (parts) {
      BitSet repeated = Resends.in(parts.now(), record, nowMs);
      LinesRecord fresh = repeated.isEmpty() ? record : record.without(repeated);
      if (fresh.size() > 0) {
        fresh.number(parts.nextSequence());
        appended = log.append(List.of(fresh.bytes()));
        parts.nextSequence(fresh.endSequence());
        Head active = parts.now().active();
        active.add(fresh, _ -> true);
      }
      return fresh;
    }
  }

  /// Whoever brings more than the disk can take at once waits for it.
  private void makeRoom(long nowMs) {
    if (parts.now().headBytes() > WAIT_AT * options.headBytes()
        && parts.now().active().bytes() > options.headBytes()) {
      cutter.cut(nowMs);
    }
    if (parts.now().headBytes() > REFUSE_AT * options.headBytes()) {
      throw new StoreUnavailableException(
          "lines cannot be written to blocks, and memory for them is full: " + cutter.trouble(),
          new IllegalStateException(cutter.trouble()));
    }
  }

  /// Writes everything in memory to blocks.
  ///
  /// @return whether that could be done
  boolean cut() {
    return cutter.cut(clock.nowMs());
  }

  /// Does now what is done every ten minutes.
  void tidy() {
    upkeep.tidy();
  }

  @Override
  public Deletion delete(String query, long startNs, long endNs) {
    return deletions.delete(query, startNs, endNs);
  }

  @Override
  public List<Deletion> deletions() {
    return deletions.deletions();
  }

  @Override
  public Cancelled cancel(String id, boolean force) {
    return deletions.cancel(id, force);
  }

  @Override
  public Selection select(Request request) {
    return reader.select(request);
  }

  @Override
  public List<Labels> streams(List<Matcher> matchers, long startNs, long endNs) {
    return reader.streams(matchers, startNs, endNs);
  }

  @Override
  public List<String> labelNames(List<Matcher> matchers, long startNs, long endNs) {
    return reader.labelNames(matchers, startNs, endNs);
  }

  @Override
  public List<String> labelValues(String name, List<Matcher> matchers, long startNs, long endNs) {
    return reader.labelValues(name, matchers, startNs, endNs);
  }

  @Override
  public Follower follow(List<Matcher> matchers) {
    return followers.follow(matchers);
  }

  @Override
  public void close() {
    upkeep.close();
    log.close();
  }
}
