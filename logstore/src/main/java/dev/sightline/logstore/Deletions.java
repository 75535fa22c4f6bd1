package dev.sightline.logstore;

import dev.sightline.model.log.LineTest;
import dev.sightline.model.log.LogDeletions;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.time.Clock;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.AtomicReplacement;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.StorageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The requests to delete lines, on disk before they are answered.
///
/// Safe for any number of threads.
final class Deletions implements LogDeletions {
  /// For stores that nobody deletes from by a query.
  static final LineTest.Language NO_LANGUAGE =
      query -> {
        throw new QueryException.Failed("this store deletes nothing: " + query);
      };

  /// How long a request can be taken back.
  static final Duration GRACE = Duration.ofHours(1);

  /// How long one that is done is still told of.
  private static final Duration REMEMBERED = Duration.ofDays(30);

  private static final Logger LOG = LoggerFactory.getLogger(Deletions.class);
  private static final String FILE = "deletions";
  private static final int VERSION = 1;
  private static final int CHECKSUM_BYTES = 4;

  private final FileSystem files;
  private final Path directory;
  private final LineTest.Language language;
  private final Clock clock;

  // written with the lock of this held
  private volatile List<DeletionRequest> all;

  private long lastNumber;

  private Deletions(FileSystem files, Path directory, LineTest.Language language, Clock clock) {
    this.files = files;
    this.directory = directory;
    this.language = language;
    this.clock = clock;
    this.all = read();
    all.forEach(one -> lastNumber = Math.max(lastNumber, number(one.said().id())));
  }

  static Deletions open(FileSystem files, Path directory, LineTest.Language language, Clock clock) {
    files.createDirectories(directory);
    return new Deletions(files, directory, language, clock);
  }

  /// @throws BadBytesException if the file is damaged
  private List<DeletionRequest> read() {
    if (!files.exists(directory.resolve(FILE))) {
      return List.of();
    }
    byte[] bytes = AtomicReplacement.read(files, directory.resolve(FILE));
    new ByteSource(bytes)
        .skip(bytes.length - CHECKSUM_BYTES)
        .checksum(0, bytes.length - CHECKSUM_BYTES);
    ByteSource source = new ByteSource(bytes);
    int version = source.u8();
    if (version != VERSION) {
      throw new BadBytesException("a list of deletions of version " + version);
    }
    List<DeletionRequest> read = new ArrayList<>();
    for (int left = source.length(); left > 0; left--) {
      Deletion said = DeletionRequest.read(source);
      read.add(new DeletionRequest(said, language.read(said.query())));
    }
    return List.copyOf(read);
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id, 16);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  @Override
  public synchronized Deletion delete(String query, long startNs, long endNs) {
    LineTest meant = language.read(query);
    // Ids are not given again, also after some were forgotten.
    lastNumber = Math.max(lastNumber + 1, clock.nowMs());
    String id = String.format(Locale.ROOT, "%012x", lastNumber);
    Deletion said = new Deletion(id, query, startNs, endNs, clock.nowMs(), State.HIDDEN, 0, 0, "");
    List<DeletionRequest> more = new ArrayList<>(all);
    more.add(new DeletionRequest(said, meant));
    keep(more);
    return said;
  }

  private void keep(List<DeletionRequest> next) {
    ByteSink sink = new ByteSink(256);
    sink.u8(VERSION).uvarint(next.size());
    next.forEach(one -> DeletionRequest.write(sink, one.said()));
    sink.checksum(0);
    AtomicReplacement.write(files, directory, FILE, sink.toArray());
    all = List.copyOf(next);
  }

  @Override
  public List<Deletion> deletions() {
    return all.stream().map(DeletionRequest::said).toList();
  }

  @Override
  public synchronized Cancelled cancel(String id, boolean force) {
    for (DeletionRequest one : all) {
      if (one.said().id().equals(id)) {
        if (one.said().state() != State.HIDDEN && !force) {
          return Cancelled.TOO_LATE;
        }
        keep(all.stream().filter(other -> !other.said().id().equals(id)).toList());
        return Cancelled.DONE;
      }
    }
    return Cancelled.UNKNOWN;
  }

  /// Those whose lines may still be on disk.
  List<DeletionRequest> pending() {
    return all.stream().filter(one -> one.said().state() != State.GONE).toList();
  }

  /// Those that can no longer be taken back.
  List<DeletionRequest> due() {
    long oldestMs = clock.nowMs() - GRACE.toMillis();
    return pending().stream().filter(one -> one.said().createdMs() <= oldestMs).toList();
  }

  /// Says how far one is. Only the end is kept on disk.
  synchronized void change(String id, UnaryOperator<DeletionRequest> change) {
    List<DeletionRequest> next = new ArrayList<>();
    boolean gone = false;
    for (DeletionRequest one : all) {
      DeletionRequest changed = one.said().id().equals(id) ? change.apply(one) : one;
      gone |= changed.said().state() == State.GONE && one.said().state() != State.GONE;
      next.add(changed);
    }
    if (gone) {
      keep(next);
    } else {
      all = List.copyOf(next);
    }
  }

  /// Forgets what has long been done.
  synchronized void forgetOld() {
    long oldestMs = clock.nowMs() - REMEMBERED.toMillis();
    List<DeletionRequest> kept =
        all.stream()
            .filter(one -> one.said().state() != State.GONE || one.said().createdMs() >= oldestMs)
            .toList();
    if (kept.size() < all.size()) {
      try {
        keep(kept);
      } catch (StorageException failure) {
        LOG.warn("logs: old deletions are not forgotten: {}", failure.getMessage());
      }
    }
  }
}
