package dev.sightline.storage.fs;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Small files that are replaced as a whole: after a crash there is the old content or the new.
public final class AtomicReplacement {
  private AtomicReplacement() {}

  /// Returns when the new content would survive a power cut.
  ///
  /// @param directory which exists; a file `NAME.tmp` in it is overwritten
  public static void write(FileSystem files, Path directory, String name, byte[] content) {
    Path fresh = directory.resolve(name + ".tmp");
    files.delete(fresh);
    try (OpenFile open = files.create(fresh)) {
      open.write(ByteBuffer.wrap(content), 0);
      open.sync();
    }
    files.rename(fresh, directory.resolve(name));
    files.syncDirectory(directory);
  }

  /// @return all bytes of a file that fits into memory
  public static byte[] read(FileSystem files, Path file) {
    try (OpenFile open = files.openForReading(file)) {
      byte[] content = new byte[Math.toIntExact(open.sizeBytes())];
      open.read(ByteBuffer.wrap(content), 0);
      return content;
    }
  }
}
