package dev.sightline.predictions.erase;

import dev.sightline.model.prediction.PredictionDeletions.Deletion;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.AtomicReplacement;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.StorageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which deletions were asked for, and which of them are done: on disk, twice, so that one damaged
/// file shows nothing again that was to be gone.
///
/// Safe for any number of threads.
public final class ErasureBook {
  private static final Logger LOG = LoggerFactory.getLogger(ErasureBook.class);
  private static final List<String> NAMES = List.of("deletions.second", "deletions");

  /// How many deletions are remembered after nothing of them has to be kept away any more.
  private static final int REMEMBERED = 10_000;

  /// How many ids may have to be kept away at a time.
  public static final int MAX_IDS = 5_000_000;

  private final FileSystem files;
  private final Path directory;

  // guarded by this
  private ErasureFile content;

  private volatile Erased erased;

  private ErasureBook(FileSystem files, Path directory, ErasureFile content) {
    this.files = files;
    this.directory = directory;
    this.content = content;
    this.erased = Erased.of(content.erasures());
  }

  /// @param directory is made if there is none
  public static ErasureBook open(FileSystem files, Path directory) {
    files.createDirectories(directory);
    ErasureFile newest = new ErasureFile(1, List.of());
    for (String name : NAMES) {
      ErasureFile found = read(files, directory.resolve(name));
      if (found != null && found.next() > newest.next()) {
        newest = found;
      }
    }
    return new ErasureBook(files, directory, newest);
  }

  private static @Nullable ErasureFile read(FileSystem files, Path file) {
    if (!files.exists(file)) {
      return null;
    }
    try {
      return ErasureFile.decode(AtomicReplacement.read(files, file));
    } catch (BadBytesException | StorageException bad) {
      LOG.error("{}: one of two copies cannot be read: {}", file, bad.getMessage());
      return null;
    }
  }

  public Erased erased() {
    return erased;
  }

  /// All of them, oldest first.
  public synchronized List<Erasure> erasures() {
    return content.erasures();
  }

  /// Returns when it would survive a power cut.
  ///
  /// @param deletion made with its number
  /// @throws StoreUnavailableException if it cannot be kept now
  public synchronized Erasure add(LongFunction<Deletion> deletion, IdHashes ids) {
    long known = content.erasures().stream().mapToLong(one -> one.ids().size()).sum();
    if (known + ids.size() > MAX_IDS) {
      throw new IllegalArgumentException(
          "more than "
              + MAX_IDS
              + " deleted predictions would have to be kept from coming back, which is the limit");
    }
    Erasure added = new Erasure(deletion.apply(content.next()), ids);
    List<Erasure> all = new ArrayList<>(content.erasures());
    all.add(added);
    write(new ErasureFile(content.next() + 1, all));
    return added;
  }

  /// Nothing of these is on the disk any more.
  public synchronized void finish(Set<Long> numbers, long nowMs) {
    write(
        new ErasureFile(
            content.next() + 1,
            content.erasures().stream()
                .map(one -> numbers.contains(one.number()) ? one.gone(nowMs) : one)
                .toList()));
  }

  /// Predictions as old as those that were deleted before `oldestMs` are refused for their age, so
  /// that their ids need not be known any more.
  public synchronized void forget(long oldestMs) {
    List<Erasure> kept = new ArrayList<>();
    boolean changed = false;
    for (Erasure one : content.erasures()) {
      boolean old = one.isGone() && one.deletion().requestedMs() < oldestMs;
      changed |= old && !one.ids().isEmpty();
      kept.add(old ? one.withoutIds() : one);
    }
    int surplus = kept.size() - REMEMBERED;
    if (surplus > 0) {
      List<Erasure> oldest = List.copyOf(kept.subList(0, surplus));
      changed |= kept.removeIf(one -> one.isGone() && one.ids().isEmpty() && oldest.contains(one));
    }
    if (changed) {
      write(new ErasureFile(content.next() + 1, kept));
    }
  }

  private void write(ErasureFile next) {
    try {
      byte[] bytes = next.encode();
      for (String name : NAMES) {
        AtomicReplacement.write(files, directory, name, bytes);
      }
    } catch (StorageException refused) {
      throw new StoreUnavailableException(
          "deletions cannot be kept now: " + refused.reason(), refused);
    }
    content = next;
    erased = Erased.of(next.erasures());
  }
}
