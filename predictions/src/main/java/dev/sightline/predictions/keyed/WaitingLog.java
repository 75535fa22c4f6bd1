package dev.sightline.predictions.keyed;

import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.wal.LogOptions;
import dev.sightline.storage.wal.ReplayReport;
import dev.sightline.storage.wal.WalReader;
import dev.sightline.storage.wal.WriteAheadLog;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps on disk which truths by key wait: a log of those that began to and of those that ended.
///
/// Safe for any number of threads.
final class WaitingLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingLog.class);
  private static final int LONG_ENOUGH = 1_000;

  private final TreeMap<Long, WaitingTruth> read = new TreeMap<>();
  private final Set<Long> done = new HashSet<>();
  private final WriteAheadLog log;
  private long lastNumber;
  private long unreadable;

  // guarded by this
  private long records;

  private WaitingLog(FileSystem files, Path directory, KeyedTruths.Parts parts) {
    files.createDirectories(directory);
    ReplayReport report = WalReader.replay(files, directory, 0, (_, record) -> accept(record));
    records = report.records();
    if (report.isDamaged() || unreadable > 0) {
      LOG.error(
          "truths by key: {} records, and places in {}, could not be read", unreadable, directory);
    }
    // An end may have been written before what it ends.
    done.forEach(read::remove);
    log =
        WriteAheadLog.open(
            files,
            directory,
            LogOptions.named("truths-by-key"),
            parts.clock(),
            parts.scheduler(),
            parts.meters());
  }

  static WaitingLog open(FileSystem files, Path directory, KeyedTruths.Parts parts) {
    return new WaitingLog(files, directory, parts);
  }

  private void accept(ByteBuffer record) {
    try {
      switch (KeyedTruthCodec.decode(record)) {
        case KeyedTruthCodec.Entry.Waits(WaitingTruth truth) -> {
          read.put(truth.number(), truth);
          lastNumber = Math.max(lastNumber, truth.number());
        }
        case KeyedTruthCodec.Entry.Done(long number) -> {
          done.add(number);
          lastNumber = Math.max(lastNumber, number);
        }
      }
    } catch (BadBytesException bad) {
      unreadable++;
      LOG.warn("truths by key: a record: {}", bad.getMessage());
    }
  }

  /// What waited when the log was opened, oldest first.
  List<WaitingTruth> read() {
    return List.copyOf(read.values());
  }

  /// The highest number that stands in the log.
  long lastNumber() {
    return lastNumber;
  }

  /// Returns when these would survive a power cut.
  ///
  /// @throws StoreUnavailableException if nothing can be kept now
  void keep(List<WaitingTruth> truths) {
    append(truths.stream().map(KeyedTruthCodec::encode).toList(), true);
  }

  /// These wait no longer; that is on disk within a second, as far as the disk takes it.
  void done(Collection<WaitingTruth> truths) {
    try {
      append(truths.stream().map(one -> KeyedTruthCodec.encodeDone(one.number())).toList(), false);
    } catch (StoreUnavailableException full) {
      LOG.warn("truths by key will be looked for again after a restart: {}", full.getMessage());
    }
  }

  private void append(List<byte[]> encoded, boolean sync) {
    if (encoded.isEmpty()) {
      return;
    }
    long position;
    synchronized (this) {
      position = log.append(encoded);
      records += encoded.size();
    }
    if (sync) {
      log.sync(position);
    }
  }

  /// Writes those that wait anew where most of the log is about others, and deletes the rest.
  ///
  /// @param waiting asked while nobody writes
  void shorten(Supplier<List<WaitingTruth>> waiting) {
    try {
      synchronized (this) {
        if (records >= LONG_ENOUGH && waiting.get().size() <= records / 4) {
          rewrite(waiting);
        }
      }
    } catch (StoreUnavailableException full) {
      LOG.warn("the log of truths by key stays long: {}", full.getMessage());
    }
  }

  /// Writes those that wait anew, and deletes everything else.
  ///
  /// @param waiting asked while nobody writes
  /// @throws StoreUnavailableException if nothing can be kept now
  synchronized void rewrite(Supplier<List<WaitingTruth>> waiting) {
    List<WaitingTruth> left = waiting.get();
    int file = log.startFile();
    List<byte[]> encoded = new ArrayList<>();
    left.forEach(one -> encoded.add(KeyedTruthCodec.encode(one)));
    log.sync(log.append(encoded));
    log.deleteFilesBelow(file);
    records = left.size();
  }

  @Override
  public void close() {
    log.close();
  }
}
