package dev.sightline.storage.wal;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.storage.fs.FileSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A log of records in numbered files: what a store writes down before it says that it has it.
///
/// One thread writes; a sync serves everyone who waits at that moment. What nobody waits for is
/// handed to the system at once and synced within a second. Opening starts a new file; records are
/// read back with [WalReader], before the log is opened.
///
/// A record whose sync failed may be in the log twice, so reading one again must change nothing.
/// Safe for any number of threads.
public final class WriteAheadLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WriteAheadLog.class);
  private static final Duration SYNC_PERIOD = Duration.ofSeconds(1);
  private static final Duration RETRY_PERIOD = Duration.ofSeconds(3);

  private final LogFiles logFiles;
  private final LogOptions options;
  private final LogWriter writer;
  private final Thread thread;
  private final Scheduler.Repeating syncing;
  private final Scheduler.Repeating retrying;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition workArrived = lock.newCondition();
  private final Condition stateChanged = lock.newCondition();

  // guarded by lock
  private List<byte[]> queue = new ArrayList<>();
  private final Deque<FileRequest> fileRequests = new ArrayDeque<>();
  private long unsyncedBytes;
  private long appended;
  private long synced;
  private long wanted;
  private boolean retryDue;
  private boolean closing;
  private boolean ended;
  private @Nullable StoreUnavailableException unavailable;
  private int fileNumber;

  private WriteAheadLog(
      LogFiles logFiles, LogOptions options, LogWriter writer, Scheduler scheduler) {
    this.logFiles = logFiles;
    this.options = options;
    this.writer = writer;
    this.fileNumber = writer.fileNumber();
    this.thread = Thread.ofPlatform().name("wal-" + options.name()).daemon().unstarted(this::run);
    this.syncing =
        scheduler.every("sync of " + options.name(), SYNC_PERIOD, SYNC_PERIOD, this::wantAll);
    this.retrying =
        scheduler.every("retry of " + options.name(), RETRY_PERIOD, RETRY_PERIOD, this::wantRetry);
  }

  /// @param directory is made if there is none; what is in it stays
  public static WriteAheadLog open(
      FileSystem files,
      Path directory,
      LogOptions options,
      Clock clock,
      Scheduler scheduler,
      MeterRegistry meters) {
    files.createDirectories(directory);
    LogFiles logFiles = new LogFiles(files, directory);
    LogTail.repair(logFiles);
    List<Integer> numbers = logFiles.numbers();
    int next = numbers.isEmpty() ? 0 : numbers.getLast() + 1;
    LogWriter writer =
        new LogWriter(logFiles, options, clock, LogMeters.of(meters, options.name()), next);
    WriteAheadLog log = new WriteAheadLog(logFiles, options, writer, scheduler);
    log.thread.start();
    return log;
  }

  /// Takes records, in order, to be written at once and synced within a second, or earlier if
  /// someone calls [#sync].
  ///
  /// @param records each of at least one byte; the log's own from now on, nobody may change them
  /// @return the position behind them, for [#sync]
  /// @throws StoreUnavailableException if nothing can be written now; none of them was taken
  public long append(List<byte[]> records) {
    long bytes = 0;
    for (byte[] record : records) {
      requireWritable(record);
      bytes += record.length;
    }
    lock.lock();
    try {
      await(() -> unsyncedBytes == 0 || unsyncedBytes < options.maxUnsyncedBytes() || isRefusing());
      throwIfRefusing();
      queue.addAll(records);
      unsyncedBytes += bytes;
      appended += records.size();
      if (unsyncedBytes > options.maxUnsyncedBytes() / 8) {
        wanted = appended;
      }
      workArrived.signal();
      return appended;
    } finally {
      lock.unlock();
    }
  }

  /// Returns when everything before `position` would survive a power cut.
  ///
  /// @throws StoreUnavailableException if the disk refuses or does not answer in time; the records
  ///   may be written later all the same
  public void sync(long position) {
    lock.lock();
    try {
      wanted = Math.max(wanted, position);
      workArrived.signal();
      await(() -> synced >= position || isRefusing());
      if (synced < position) {
        throwIfRefusing();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Continues in a new file.
  ///
  /// @return its number: everything appended before this call is safe, and in files below it
  /// @throws StoreUnavailableException if the disk refuses or does not answer in time
  public int startFile() {
    lock.lock();
    try {
      throwIfRefusing();
      FileRequest request = new FileRequest();
      fileRequests.add(request);
      workArrived.signal();
      await(() -> request.number >= 0 || isRefusing());
      if (request.number < 0) {
        fileRequests.remove(request);
        throwIfRefusing();
      }
      return request.number;
    } finally {
      lock.unlock();
    }
  }

  /// Deletes whole files, oldest first; never the one that is written.
  ///
  /// @param number of the first file to keep
  public void deleteFilesBelow(int number) {
    logFiles.deleteBelow(Math.min(number, fileNumber()));
  }

  /// The number of the file that is written now.
  public int fileNumber() {
    lock.lock();
    try {
      return fileNumber;
    } finally {
      lock.unlock();
    }
  }

  /// Whether records are taken now.
  public boolean isAvailable() {
    lock.lock();
    try {
      return !isRefusing();
    } finally {
      lock.unlock();
    }
  }

  /// Makes everything safe that can be, and ends. Never throws; what could not be written is
  /// logged.
  @Override
  public void close() {
    syncing.close();
    retrying.close();
    lock.lock();
    try {
      closing = true;
      wanted = appended;
      retryDue = true;
      workArrived.signal();
      await(() -> ended);
      if (synced < appended) {
        LOG.error(
            "the log {} was closed with {} records that could not be written",
            options.name(),
            appended - synced);
      }
    } catch (StoreUnavailableException hanging) {
      LOG.error("the log was closed without its disk", hanging);
    } finally {
      lock.unlock();
    }
  }

  private void wantAll() {
    lock.lock();
    try {
      wanted = appended;
      workArrived.signal();
    } finally {
      lock.unlock();
    }
  }

  private void wantRetry() {
    lock.lock();
    try {
      retryDue = unavailable != null;
      workArrived.signal();
    } finally {
      lock.unlock();
    }
  }

  private void requireWritable(byte[] record) {
    if (record.length == 0 || record.length > options.maxRecordBytes()) {
      throw new IllegalArgumentException(
          "BUG: a record of %d bytes; the log %s takes 1 to %d"
              .formatted(record.length, options.name(), options.maxRecordBytes()));
    }
  }

  // The following run with the lock held.

  private boolean isRefusing() {
    return unavailable != null || closing || ended;
  }

  private void throwIfRefusing() {
    StoreUnavailableException reason = unavailable;
    if (reason != null) {
      throw new StoreUnavailableException(String.valueOf(reason.getMessage()), reason);
    }
    if (closing || ended) {
      throw new StoreUnavailableException(
          "the log " + options.name() + " is closed", new IllegalStateException("closed"));
    }
  }

  private void await(BooleanSupplier reached) {
    long leftNs = options.patience().toNanos();
    boolean interrupted = false;
    while (!reached.getAsBoolean()) {
      if (leftNs <= 0) {
        throw new StoreUnavailableException(
            "the disk of the log "
                + options.name()
                + " has not answered for "
                + options.patience().toMillis()
                + " ms",
            new TimeoutException());
      }
      try {
        leftNs = stateChanged.awaitNanos(leftNs);
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // The following run on the log's own thread.

  private void run() {
    try {
      while (true) {
        Turn turn = nextTurn();
        if (turn == null) {
          break;
        }
        take(turn);
      }
      writer.close();
    } catch (Throwable failure) {
      LOG.error("the log " + options.name() + " has ended", failure);
    } finally {
      end();
    }
  }

  /// What the thread has to do next.
  ///
  /// @param position behind the records
  private record Turn(
      List<byte[]> records, long position, boolean sync, List<FileRequest> fileRequests) {}

  /// Someone's wish for a new file; answered when `number` is not negative.
  private static final class FileRequest {
    private int number = -1;
  }

  private @Nullable Turn nextTurn() {
    lock.lock();
    try {
      while (!hasWork()) {
        if (closing) {
          return null;
        }
        workArrived.awaitUninterruptibly();
      }
      Turn turn = new Turn(queue, appended, wanted > synced || retryDue, List.copyOf(fileRequests));
      queue = new ArrayList<>();
      retryDue = false;
      return turn;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasWork() {
    if (unavailable != null) {
      return retryDue;
    }
    return !queue.isEmpty() || wanted > synced || !fileRequests.isEmpty();
  }

  private void take(Turn turn) {
    try {
      writer.add(turn.records);
      if (turn.sync) {
        writer.sync();
      } else {
        writer.write();
      }
      if (!turn.fileRequests.isEmpty()) {
        writer.startFile();
      }
      succeeded(turn);
    } catch (StoreUnavailableException failure) {
      failed(failure);
    }
  }

  private void succeeded(Turn turn) {
    lock.lock();
    try {
      unavailable = null;
      fileNumber = writer.fileNumber();
      if (!writer.hasUnsynced()) {
        synced = turn.position;
        unsyncedBytes = queue.stream().mapToLong(record -> record.length).sum();
      }
      for (FileRequest request : turn.fileRequests) {
        request.number = fileNumber;
        fileRequests.remove(request);
      }
      stateChanged.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void failed(StoreUnavailableException failure) {
    lock.lock();
    try {
      unavailable = failure;
      stateChanged.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      ended = true;
      stateChanged.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
