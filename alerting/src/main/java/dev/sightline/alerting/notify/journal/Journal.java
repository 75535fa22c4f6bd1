package dev.sightline.alerting.notify.journal;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.wal.LogOptions;
import dev.sightline.storage.wal.ReplayReport;
import dev.sightline.storage.wal.WalReader;
import dev.sightline.storage.wal.WriteAheadLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is known about alerts and who was told of them, on disk: each intent before it is carried
/// out, each outcome after it.
///
/// Where the disk refuses, everything is still remembered in memory and the call says so by its
/// exception: telling people matters more than remembering that one did. Safe for any number of
/// threads.
public final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final Duration RETENTION = Duration.ofDays(5);
  private static final Duration UPKEEP_PERIOD = Duration.ofHours(1);
  private static final long COMPACT_BEYOND_BYTES = 16L << 20;

  private final Clock clock;
  private final WriteAheadLog log;
  private final Scheduler.Repeating upkeep;
  private final Object lock = new Object();

  // guarded by lock
  private final JournalState state;
  private long writtenBytes;
  private long compactBeyondBytes = COMPACT_BEYOND_BYTES;

  private Journal(Clock clock, Scheduler scheduler, JournalState state, WriteAheadLog log) {
    this.clock = clock;
    this.state = state;
    this.log = log;
    this.upkeep =
        scheduler.every("upkeep of notifications", UPKEEP_PERIOD, UPKEEP_PERIOD, this::keepUp);
  }

  /// Reads back what was known, and goes on writing.
  ///
  /// @param directory is made if there is none
  public static Journal open(
      FileSystem files, Path directory, Clock clock, Scheduler scheduler, MeterRegistry meters) {
    JournalState state = new JournalState();
    ReplayReport report =
        WalReader.replay(
            files,
            directory,
            0,
            (file, record) -> {
              try {
                state.apply(JournalFormat.decode(ByteSource.of(record)));
              } catch (BadBytesException bad) {
                LOG.warn("notifications: a record in file {}: {}", file, bad.getMessage());
              }
            });
    for (ReplayReport.Damage damage : report.damages()) {
      if (!damage.tornTail()) {
        LOG.error("notifications: {} in file {}", damage.what(), damage.file());
      }
    }
    state.processEnded();
    WriteAheadLog log =
        WriteAheadLog.open(
            files, directory, LogOptions.named("notifications"), clock, scheduler, meters);
    Journal journal = new Journal(clock, scheduler, state, log);
    journal.compact(log.fileNumber());
    return journal;
  }

  /// The alerts that were known when the process ended, or are known now.
  public List<KeptAlert> alerts() {
    synchronized (lock) {
      return state.alerts();
    }
  }

  /// Returns when what is new among `said` is on disk.
  ///
  /// @throws StoreUnavailableException if the disk refuses
  public void say(List<KeptAlert> said) {
    List<JournalRecord> news = new ArrayList<>();
    synchronized (lock) {
      for (KeptAlert kept : said) {
        KeptAlert before = state.alert(kept.alert().labels());
        if (before == null || kept.isNewsAfter(before)) {
          news.add(new JournalRecord.Said(kept));
        }
      }
    }
    write(news, true);
  }

  /// Forgets an alert that everybody knows has ended; on disk within a second.
  public void forget(Labels labels) {
    write(List.of(new JournalRecord.Gone(labels)), false);
  }

  /// Returns when it is on disk that `entry` is about to be sent.
  ///
  /// @throws StoreUnavailableException if the disk refuses
  public void intend(Entry entry) {
    write(List.of(new JournalRecord.Intent(entry)), true);
  }

  /// Returns when it is on disk what became of an attempt.
  ///
  /// @param error empty if there is none
  /// @throws StoreUnavailableException if the disk refuses
  public void conclude(String id, Outcome outcome, String error) {
    write(List.of(new JournalRecord.Result(id, outcome, error)), true);
  }

  /// Gives up a notification that has become moot; on disk within a second.
  public void withdraw(String id, String reason) {
    write(List.of(new JournalRecord.Result(id, Outcome.WITHDRAWN, reason)), false);
  }

  /// What a way of a receiver counts as knowing from now on, although it was sent nothing; on disk
  /// within a second.
  public void assume(String key, Sent sent) {
    write(List.of(new JournalRecord.Known(key, sent)), false);
  }

  /// What was told last; null if nothing was within [#RETENTION].
  public @Nullable Sent sent(String key) {
    synchronized (lock) {
      return state.known(key);
    }
  }

  /// The notification that is under way, or of which nobody knows whether it arrived.
  public @Nullable Entry open(String key) {
    synchronized (lock) {
      return state.open(key);
    }
  }

  /// The last notifications, newest first.
  public List<Entry> newest(int limit) {
    synchronized (lock) {
      return state.newest(limit);
    }
  }

  @Override
  public void close() {
    upkeep.close();
    log.close();
  }

  private void write(List<JournalRecord> records, boolean sync) {
    if (records.isEmpty()) {
      return;
    }
    List<byte[]> encoded = records.stream().map(JournalFormat::encode).toList();
    long position;
    boolean full;
    synchronized (lock) {
      records.forEach(state::apply);
      position = log.append(encoded);
      writtenBytes += encoded.stream().mapToLong(record -> record.length).sum();
      full = writtenBytes > compactBeyondBytes;
    }
    if (sync) {
      log.sync(position);
    }
    if (full) {
      keepUp();
    }
  }

  private void keepUp() {
    try {
      synchronized (lock) {
        state.expire(clock.nowMs(), RETENTION.toMillis());
        compact(log.startFile());
      }
    } catch (StoreUnavailableException later) {
      LOG.warn("the journal of notifications could not be compacted: {}", later.getMessage());
    }
  }

  /// Writes down anew what is known, into a file that has just been begun, and deletes those before
  /// it.
  private void compact(int file) {
    synchronized (lock) {
      try {
        List<byte[]> all = state.snapshot().stream().map(JournalFormat::encode).toList();
        long bytes = all.stream().mapToLong(record -> record.length).sum();
        log.sync(log.append(all));
        log.deleteFilesBelow(file);
        writtenBytes = 0;
        compactBeyondBytes = Math.max(COMPACT_BEYOND_BYTES, 2 * bytes);
      } catch (StoreUnavailableException later) {
        LOG.warn("the journal of notifications could not be compacted: {}", later.getMessage());
      }
    }
  }
}
