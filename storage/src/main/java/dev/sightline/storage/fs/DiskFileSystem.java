package dev.sightline.storage.fs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The disk of the machine.
public final class DiskFileSystem implements FileSystem {
  /// Something that the disk may refuse.
  @FunctionalInterface
  private interface Attempt<T extends @Nullable Object> {
    T run() throws IOException;
  }

  @Override
  public OpenFile create(Path file) {
    return open(
        file,
        "create",
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  @Override
  public OpenFile openForReading(Path file) {
    return open(file, "open", StandardOpenOption.READ);
  }

  @Override
  public OpenFile openForWriting(Path file) {
    return open(
        file, "open", StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public List<Path> list(Path directory) {
    return attempt(
        directory,
        "list",
        () -> {
          if (!Files.isDirectory(directory)) {
            return List.of();
          }
          try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
          }
        });
  }

  @Override
  public void createDirectories(Path directory) {
    Deque<Path> missing = new ArrayDeque<>();
    Path at = directory.toAbsolutePath().normalize();
    while (at != null && !Files.isDirectory(at)) {
      missing.push(at);
      at = at.getParent();
    }
    for (Path fresh : missing) {
      attempt(directory, "create directory", () -> createOne(fresh));
      Path parent = fresh.getParent();
      if (parent != null) {
        syncDirectory(parent);
      }
    }
  }

  @Override
  public void rename(Path from, Path to) {
    attempt(
        from,
        "rename to " + to + " from",
        () ->
            Files.move(
                from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
  }

  @Override
  public void link(Path existing, Path fresh) {
    try {
      Files.createLink(fresh, existing);
    } catch (IOException | UnsupportedOperationException _) {
      FileSystem.super.link(existing, fresh); // a disk without hard links, or another disk
    }
  }

  @Override
  public void delete(Path path) {
    attempt(path, "delete", () -> Files.deleteIfExists(path));
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(path);
  }

  @Override
  public long sizeBytes(Path file) {
    return attempt(file, "size of", () -> Files.size(file));
  }

  @Override
  public Space space(Path directory) {
    return attempt(
        directory,
        "look at the disk of",
        () -> {
          FileStore disk = Files.getFileStore(directory);
          return new Space(disk.getTotalSpace(), disk.getUsableSpace());
        });
  }

  @Override
  public void syncDirectory(Path directory) {
    attempt(
        directory,
        "sync directory",
        () -> {
          try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
          }
          return null;
        });
  }

  @Override
  public DirectoryLock lock(Path directory) {
    createDirectories(directory);
    return attempt(directory, "lock", () -> DiskDirectoryLock.take(directory));
  }

  private static OpenFile open(Path file, String what, OpenOption... options) {
    return attempt(file, what, () -> new DiskFile(file, FileChannel.open(file, options)));
  }

  private static Path createOne(Path directory) throws IOException {
    try {
      return Files.createDirectory(directory);
    } catch (FileAlreadyExistsException raced) {
      if (Files.isDirectory(directory)) {
        return directory;
      }
      throw raced;
    }
  }

  private static <T extends @Nullable Object> T attempt(Path path, String what, Attempt<T> work) {
    try {
      return work.run();
    } catch (IOException failure) {
      throw new StorageException(path, what, failure);
    }
  }
}
