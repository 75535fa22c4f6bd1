package dev.sightline.storage.fs;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// The disk, as a parameter: nothing that stores touches files in another way.
///
/// What was written is safe from a power cut only after [OpenFile#sync]; that a file exists, is
/// gone or bears a new name, only after [#syncDirectory] on its directory. Every method throws
/// [StorageException] when the disk refuses. Safe for any number of threads; a thread that calls
/// must not be interrupted, because the system closes the file under it.
public interface FileSystem {
  /// A new file, for reading and writing. Fails if there is one already.
  OpenFile create(Path file);

  /// An existing file, for reading only.
  OpenFile openForReading(Path file);

  /// A file for reading and writing, made if there is none.
  OpenFile openForWriting(Path file);

  /// What is in a directory, files and directories, sorted by name; nothing if there is no such
  /// directory.
  List<Path> list(Path directory);

  /// Makes the directory and those above it, and syncs each new one into its parent.
  void createDirectories(Path directory);

  /// Gives a file or directory another name on the same disk, in one step; what bore that name is
  /// replaced. Only files may be replaced.
  void rename(Path from, Path to);

  /// Gives the content of a file, which never changes again, a second name, where there is none
  /// yet. A disk that cannot share content copies it. Safe from a power cut as a new file is, after
  /// [#syncDirectory].
  default void link(Path existing, Path fresh) {
    try (OpenFile from = openForReading(existing);
        OpenFile to = create(fresh)) {
      ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
      long at = 0;
      for (int read = from.read(buffer, at); read > 0; read = from.read(buffer, at)) {
        to.write(buffer.flip(), at);
        buffer.clear();
        at += read;
      }
      to.sync();
    }
  }

  /// Deletes a file or an empty directory; nothing happens if there is none.
  void delete(Path path);

  boolean exists(Path path);

  long sizeBytes(Path file);

  /// How large the disk is that holds a directory, and how much of it can still be written.
  Space space(Path directory);

  record Space(long totalBytes, long usableBytes) {}

  /// Makes creations, renames and deletions in this directory safe from a power cut.
  void syncDirectory(Path directory);

  /// Makes this process the only one that works in a directory, until the lock is closed or the
  /// process ends in whatever way.
  ///
  /// @throws DirectoryInUseException at once, if another has it
  DirectoryLock lock(Path directory);
}
