package dev.sightline.logstore;

import dev.sightline.logstore.head.Head;
import dev.sightline.logstore.record.LinesRecord;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.log.LogSink;
import dev.sightline.model.log.LogSource;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.wal.LogOptions;
import dev.sightline.storage.wal.WriteAheadLog;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

/// Keeps log lines: a log on disk, and a head in memory that answers.
///
/// Nothing is answered before it is on disk. A repetition waits for the disk too, because what it
/// repeats may still be on its way there.
public final class LogStore implements LogSink, LogSource, AutoCloseable {
  private final LogStoreOptions options;
  private final Clock clock;
  private final LogStoreMeters meters;
  private final WriteAheadLog log;
  private final Head head;
  private final StoreReader reader;

  private final Object ingest = new Object();

  // guarded by ingest
  private long nextSequence;
  private long appended;

  private LogStore(
      LogStoreOptions options,
      Clock clock,
      LogStoreMeters meters,
      Recovery recovery,
      WriteAheadLog log) {
    this.options = options;
    this.clock = clock;
    this.meters = meters;
    this.log = log;
    this.head = new Head(0);
    this.nextSequence = recovery.fill(head);
    this.reader = new StoreReader(() -> head);
    meters.gauge(
        "sightline_logs_head_bytes", "Memory taken by lines in no block yet.", head::bytes);
    meters.gauge("sightline_logs_head_lines", "Lines in no block yet.", head::lineCount);
    meters.gauge(
        "sightline_logs_head_streams", "Streams with lines in no block yet.", head::streamCount);
  }

  /// Reads back what the log holds, and goes on writing it.
  ///
  /// @param directory is made if there is none
  public static LogStore open(
      FileSystem files,
      Path directory,
      LogStoreOptions options,
      Clock clock,
      Scheduler scheduler,
      MeterRegistry registry) {
    Path walDirectory = directory.resolve("wal");
    Recovery recovery = Recovery.of(files, walDirectory);
    WriteAheadLog log =
        WriteAheadLog.open(
            files, walDirectory, LogOptions.named("logs"), clock, scheduler, registry);
    return new LogStore(options, clock, new LogStoreMeters(registry), recovery, log);
  }

  @Override
  public Outcome append(LogBatch batch) {
    long nowMs = clock.nowMs();
    Admission admission = new Admission(batch, new LineLimits(nowMs, options));
    List<LinesRecord> records = admission.records(nowMs);
    int fresh = 0;
    long position;
    synchronized (ingest) {
      for (LinesRecord record : records) {
        fresh += take(record);
      }
      position = appended;
    }
    log.sync(position);
    Outcome outcome = admission.outcome();
    meters.count(admission, fresh, outcome.refusedCount());
    return outcome;
  }

  /// @return how many lines were not there before
  private int take(LinesRecord record) {
    BitSet repeated = head.repeated(record);
    LinesRecord fresh = repeated.isEmpty() ? record : record.without(repeated);
    if (fresh.size() > 0) {
      fresh.number(nextSequence);
      appended = log.append(List.of(fresh.bytes()));
      nextSequence = fresh.endSequence();
      head.add(fresh, _ -> true);
    }
    return fresh.size();
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
  public void close() {
    log.close();
  }
}
