package dev.sightline.storage.wal;

import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Clock;
import dev.sightline.storage.failpoint.Failpoints;
import dev.sightline.storage.fs.OpenFile;
import dev.sightline.storage.fs.StorageException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The writing end of a log, used by one thread.
///
/// Records are kept in memory until a sync has made them safe. When the disk refuses a write or a
/// sync, the file is given up for ever, because the system forgets after one error that a page
/// never reached the disk; the records kept go to a new file. After [#MAX_FAILURES] within
/// [#FAILURE_WINDOW_NS] the log is unavailable, keeps what it has, and each further call is one
/// more try.
final class LogWriter {
  static final int MAX_FAILURES = 3;
  static final long FAILURE_WINDOW_NS = 60_000_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  private final LogFiles logFiles;
  private final LogOptions options;
  private final Clock clock;
  private final LogMeters meters;
  private final RecordCompressor compressor;
  private final FragmentEncoder encoder = new FragmentEncoder();

  /// accepted and not known to be safe, in order; the first `encoded` are in the present file
  private List<byte[]> kept = new ArrayList<>();

  private int encoded;
  private int fileNumber;
  private @Nullable OpenFile file;

  /// how much of the present file is known to be safe
  private long syncedBytes;

  private final Deque<Long> failuresNs = new ArrayDeque<>();
  private boolean available = true;

  /// @param fileNumber of the first file to write, which does not exist
  LogWriter(LogFiles logFiles, LogOptions options, Clock clock, LogMeters meters, int fileNumber) {
    this.logFiles = logFiles;
    this.options = options;
    this.clock = clock;
    this.meters = meters;
    this.fileNumber = fileNumber;
    this.compressor = new RecordCompressor(options.snappy());
  }

  /// Takes records to be written by the next [#write] or [#sync].
  void add(List<byte[]> records) {
    kept.addAll(records);
  }

  /// Hands everything to the system: safe from the end of this process, not from a power cut.
  void write() {
    persistently(this::writeKept);
  }

  /// Makes everything safe from a power cut.
  void sync() {
    persistently(
        () -> {
          writeKept();
          syncFile();
        });
  }

  /// Makes everything safe and continues in a new file.
  ///
  /// @return its number; everything added before is in files below it
  int startFile() {
    persistently(
        () -> {
          writeKept();
          syncFile();
          if (syncedBytes > 0) {
            nextFile();
          }
          openFile();
        });
    return fileNumber;
  }

  int fileNumber() {
    return fileNumber;
  }

  boolean hasUnsynced() {
    return !kept.isEmpty();
  }

  boolean isAvailable() {
    return available;
  }

  void close() {
    closeFile();
  }

  private void persistently(Runnable attempt) {
    while (true) {
      try {
        attempt.run();
        available = true;
        return;
      } catch (RuntimeException failure) {
        giveUpFile(failure);
        if (!available) {
          throw new StoreUnavailableException(
              "the log " + options.name() + " cannot be written: " + reason(failure), failure);
        }
      }
    }
  }

  /// Callers are told this; where the file lies stands in the log only.
  private static @Nullable String reason(RuntimeException failure) {
    return failure instanceof StorageException disk ? disk.reason() : failure.getMessage();
  }

  private void writeKept() {
    openFile();
    while (encoded < kept.size()) {
      byte[] record = compressor.compress(kept.get(encoded));
      if (compressor.length() > LogFormat.roomForRecord(encoder.usedBytes(), options.fileBytes())) {
        writeEncoded();
        syncFile();
        nextFile();
        openFile();
      }
      encoder.add(record, compressor.length(), compressor.flag());
      encoded++;
    }
    writeEncoded();
  }

  private void writeEncoded() {
    if (encoder.unwrittenBytes() == 0) {
      return;
    }
    Failpoints.reach("wal.before-write");
    openFile().write(encoder.unwritten(), encoder.writtenBytes());
    Failpoints.reach("wal.after-write");
    meters.writtenBytes().add(encoder.unwrittenBytes());
    encoder.written();
  }

  private void syncFile() {
    if (syncedBytes == encoder.writtenBytes()) {
      return;
    }
    Failpoints.reach("wal.before-sync");
    long startNs = clock.monotonicNs();
    openFile().sync();
    meters.syncSeconds().observe((clock.monotonicNs() - startNs) / 1e9);
    Failpoints.reach("wal.after-sync");
    syncedBytes = encoder.writtenBytes();
    kept = new ArrayList<>(kept.subList(encoded, kept.size()));
    encoded = 0;
  }

  private void nextFile() {
    Failpoints.reach("wal.roll");
    closeFile();
    fileNumber++;
    syncedBytes = 0;
    encoder.reset();
  }

  private OpenFile openFile() {
    OpenFile present = file;
    if (present != null) {
      return present;
    }
    while (logFiles.files().exists(logFiles.path(fileNumber))) {
      fileNumber++;
    }
    OpenFile fresh = logFiles.files().create(logFiles.path(fileNumber));
    file = fresh;
    Failpoints.reach("wal.after-create");
    logFiles.files().syncDirectory(logFiles.directory());
    return fresh;
  }

  private void giveUpFile(RuntimeException failure) {
    meters.failures().increment();
    long nowNs = clock.monotonicNs();
    failuresNs.add(nowNs);
    failuresNs.removeIf(failedNs -> nowNs - failedNs > FAILURE_WINDOW_NS);
    available = available && failuresNs.size() < MAX_FAILURES;
    LOG.warn(
        "the log {} gives up its file {}: {}",
        options.name(),
        logFiles.path(fileNumber),
        failure.getMessage());
    cutUnsynced();
    encoder.reset();
    encoded = 0;
    syncedBytes = 0;
  }

  /// What is not known to be safe comes again in the next file. If cutting fails too, a reader
  /// finds it twice.
  private void cutUnsynced() {
    OpenFile failed = file;
    if (failed == null) {
      return;
    }
    try {
      if (syncedBytes == 0 && logFiles.files().exists(logFiles.path(fileNumber - 1))) {
        logFiles.files().delete(failed.path());
      } else {
        failed.truncate(syncedBytes); // the only file stays, because it says where numbers go on
        failed.sync();
      }
    } catch (RuntimeException alsoFailed) {
      LOG.warn("cannot cut what was not synced: {}", alsoFailed.getMessage());
    }
    closeFile();
  }

  private void closeFile() {
    OpenFile present = file;
    file = null;
    if (present != null) {
      present.close();
    }
  }
}
