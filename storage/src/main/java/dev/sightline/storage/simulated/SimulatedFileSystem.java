package dev.sightline.storage.simulated;

import dev.sightline.storage.fs.DirectoryInUseException;
import dev.sightline.storage.fs.DirectoryLock;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.OpenFile;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.storage.simulated.Fault.Operation;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A disk in memory that behaves as badly as a real one may.
///
/// When the power fails, what was not synced vanishes, or survives in part and in any order, in
/// pieces of 512 bytes or 4 KiB; names of files that were not synced into their directory may be
/// lost. Calls can be made to fail ([#fail]), and the disk can be full ([#limitBytes]). After a
/// sync that failed, the next one succeeds without having written anything, as on Linux. One seed,
/// one behaviour, as long as one thread uses it.
public final class SimulatedFileSystem implements FileSystem {
  // all guarded by this
  private final SplittableRandom random;
  private final SimulatedDirectory root;
  private final List<NameChange> unsyncedNames = new ArrayList<>();
  private final List<Armed> faults = new ArrayList<>();
  private final Set<Path> locked = new HashSet<>();
  private long capacityBytes = Long.MAX_VALUE;
  private long operationCount;
  private boolean dead;

  /// Names that change in one step; a node of null stands for a name that is gone.
  private record NameChange(List<Name> names) {}

  private record Name(SimulatedDirectory directory, String name, @Nullable SimulatedNode node) {
    void applyTo(Map<String, SimulatedNode> names) {
      if (node == null) {
        names.remove(name);
      } else {
        names.put(name, node);
      }
    }
  }

  private static final class Armed {
    private final Fault fault;
    private long count;

    Armed(Fault fault) {
      this.fault = fault;
    }
  }

  public SimulatedFileSystem(long seed) {
    this(new SplittableRandom(seed), new SimulatedDirectory());
  }

  private SimulatedFileSystem(SplittableRandom random, SimulatedDirectory root) {
    this.random = random;
    this.root = root;
  }

  /// The power fails. Whoever still uses this file system gets errors.
  ///
  /// @return the disk as it is found afterwards, healthy
  public synchronized SimulatedFileSystem crash() {
    dead = true;
    int whole = random.nextInt(unsyncedNames.size() + 1);
    boolean ordered = random.nextBoolean();
    for (int i = 0; i < unsyncedNames.size(); i++) {
      if (ordered ? i < whole : random.nextBoolean()) {
        applyDurably(unsyncedNames.get(i));
      }
    }
    return new SimulatedFileSystem(random.split(), survivors(root));
  }

  /// The process is killed, and the system lives on: what was written stays, in memory as before.
  ///
  /// @return the disk as the next process finds it, healthy
  public synchronized SimulatedFileSystem kill() {
    dead = true;
    SimulatedFileSystem next = new SimulatedFileSystem(random.split(), root);
    next.unsyncedNames.addAll(unsyncedNames);
    return next;
  }

  /// Makes calls fail from now on, in addition to those that fail already.
  public synchronized void fail(Fault fault) {
    faults.add(new Armed(fault));
  }

  /// Nothing fails any more, and there is space.
  public synchronized void heal() {
    faults.clear();
    capacityBytes = Long.MAX_VALUE;
  }

  /// Writes that would make the files larger than this in all fail for want of space.
  public synchronized void limitBytes(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  /// How many calls there were, so that each of them can be made to fail in turn.
  public synchronized long operationCount() {
    return operationCount;
  }

  @Override
  public synchronized OpenFile create(Path file) {
    return attempt(
        file,
        "create",
        Operation.CREATE,
        () -> {
          SimulatedDirectory parent = parentOf(file);
          if (parent.names().containsKey(nameOf(file))) {
            throw new FileAlreadyExistsException(file.toString());
          }
          SimulatedFile fresh = new SimulatedFile();
          change(new Name(parent, nameOf(file), fresh));
          return new SimulatedOpenFile(this, file, fresh, true);
        });
  }

  @Override
  public synchronized OpenFile openForReading(Path file) {
    return attempt(
        file,
        "open",
        Operation.OPEN,
        () -> new SimulatedOpenFile(this, file, existing(file), false));
  }

  @Override
  public synchronized OpenFile openForWriting(Path file) {
    if (!exists(file)) {
      return create(file);
    }
    return attempt(
        file,
        "open",
        Operation.OPEN,
        () -> new SimulatedOpenFile(this, file, existing(file), true));
  }

  @Override
  public synchronized List<Path> list(Path directory) {
    return attempt(
        directory,
        "list",
        Operation.LIST,
        () ->
            node(directory) instanceof SimulatedDirectory found
                ? found.names().keySet().stream().map(directory::resolve).toList()
                : List.of());
  }

  @Override
  public synchronized void createDirectories(Path directory) {
    attempt(
        directory,
        "create directory",
        Operation.CREATE,
        () -> {
          SimulatedDirectory at = root;
          for (Path part : absolute(directory)) {
            SimulatedNode next = at.names().get(part.toString());
            if (next == null) {
              next = new SimulatedDirectory();
              at.names().put(part.toString(), next);
              at.durableNames().put(part.toString(), next);
            }
            at = requireDirectory(next, directory);
          }
          return at;
        });
  }

  @Override
  public synchronized void rename(Path from, Path to) {
    attempt(
        from,
        "rename to " + to + " from",
        Operation.RENAME,
        () -> {
          SimulatedNode node = node(from);
          if (node == null) {
            throw new NoSuchFileException(from.toString());
          }
          if (node(to) instanceof SimulatedDirectory replaced && !replaced.names().isEmpty()) {
            throw new DirectoryNotEmptyException(to.toString());
          }
          change(
              new Name(parentOf(from), nameOf(from), null),
              new Name(parentOf(to), nameOf(to), node));
          return node;
        });
  }

  @Override
  public synchronized void delete(Path path) {
    attempt(
        path,
        "delete",
        Operation.DELETE,
        () -> {
          SimulatedNode node = node(path);
          if (node instanceof SimulatedDirectory directory && !directory.names().isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
          }
          if (node != null) {
            change(new Name(parentOf(path), nameOf(path), null));
          }
          return path;
        });
  }

  @Override
  public synchronized boolean exists(Path path) {
    return node(path) != null;
  }

  @Override
  public synchronized long sizeBytes(Path file) {
    return attempt(file, "size of", Operation.READ, () -> (long) existing(file).size());
  }

  @Override
  public synchronized void syncDirectory(Path directory) {
    attempt(
        directory,
        "sync directory",
        Operation.SYNC_DIRECTORY,
        () -> {
          SimulatedDirectory synced = requireDirectory(node(directory), directory);
          List<NameChange> done =
              unsyncedNames.stream()
                  .filter(one -> one.names.stream().anyMatch(name -> name.directory == synced))
                  .toList();
          done.forEach(SimulatedFileSystem::applyDurably);
          unsyncedNames.removeAll(done);
          return synced;
        });
  }

  @Override
  public synchronized Space space(Path directory) {
    return capacityBytes == Long.MAX_VALUE
        ? new Space(capacityBytes, capacityBytes)
        : new Space(capacityBytes, freeBytes());
  }

  @Override
  public synchronized DirectoryLock lock(Path directory) {
    createDirectories(directory);
    Path key = absolute(directory);
    if (!locked.add(key)) {
      throw new DirectoryInUseException(directory, "another part of this process");
    }
    return () -> unlock(key);
  }

  private synchronized void unlock(Path key) {
    locked.remove(key);
  }

  // For open files.

  SplittableRandom random() {
    return random;
  }

  /// How many bytes files may still grow by.
  long freeBytes() {
    return capacityBytes == Long.MAX_VALUE
        ? Integer.MAX_VALUE
        : Math.max(0, capacityBytes - usedBytes(root));
  }

  void requireAlive() throws IOException {
    if (dead) {
      throw new IOException("the power has failed");
    }
  }

  /// Counts one call, and fails if it is the turn of this one.
  void reach(Operation operation) throws IOException {
    requireAlive();
    operationCount++;
    for (Armed armed : faults) {
      if (armed.fault.operations().contains(operation) && armed.fault.refuses(++armed.count)) {
        throw new IOException(armed.fault.message());
      }
    }
  }

  /// Something that the disk may refuse.
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws IOException;
  }

  private <T> T attempt(Path path, String what, Operation operation, Attempt<T> work) {
    try {
      reach(operation);
      return work.run();
    } catch (IOException failure) {
      throw new StorageException(path, what, failure);
    }
  }

  private void change(Name... names) {
    for (Name name : names) {
      name.applyTo(name.directory.names());
    }
    unsyncedNames.add(new NameChange(List.of(names)));
  }

  private static void applyDurably(NameChange change) {
    change.names.forEach(name -> name.applyTo(name.directory.durableNames()));
  }

  private SimulatedDirectory survivors(SimulatedDirectory directory) {
    SimulatedDirectory found = new SimulatedDirectory();
    directory
        .durableNames()
        .forEach(
            (name, node) -> {
              SimulatedNode survivor =
                  switch (node) {
                    case SimulatedDirectory inner -> survivors(inner);
                    case SimulatedFile file -> SimulatedFile.holding(file.survivors(random));
                  };
              found.names().put(name, survivor);
              found.durableNames().put(name, survivor);
            });
    return found;
  }

  private static long usedBytes(SimulatedDirectory directory) {
    long used = 0;
    for (SimulatedNode node : directory.names().values()) {
      used +=
          switch (node) {
            case SimulatedDirectory inner -> usedBytes(inner);
            case SimulatedFile file -> file.size();
          };
    }
    return used;
  }

  private @Nullable SimulatedNode node(Path path) {
    SimulatedNode at = root;
    for (Path part : absolute(path)) {
      at = at instanceof SimulatedDirectory in ? in.names().get(part.toString()) : null;
      if (at == null) {
        return null;
      }
    }
    return at;
  }

  private SimulatedFile existing(Path path) throws IOException {
    return switch (node(path)) {
      case SimulatedFile file -> file;
      case SimulatedDirectory _ -> throw new IOException("Is a directory");
      case null -> throw new NoSuchFileException(path.toString());
    };
  }

  private SimulatedDirectory parentOf(Path path) throws IOException {
    Path parent = absolute(path).getParent();
    return requireDirectory(parent == null ? root : node(parent), path);
  }

  private static SimulatedDirectory requireDirectory(@Nullable SimulatedNode node, Path path)
      throws IOException {
    if (node instanceof SimulatedDirectory directory) {
      return directory;
    }
    throw new NoSuchFileException(path.toString());
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
