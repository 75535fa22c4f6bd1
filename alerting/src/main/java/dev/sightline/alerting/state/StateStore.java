package dev.sightline.alerting.state;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.AtomicReplacement;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.StorageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the alerts of each group in a file of its own, which is replaced as a whole.
///
/// Safe for any number of threads, each with its own groups.
final class StateStore {
  private static final Logger LOG = LoggerFactory.getLogger(StateStore.class);
  private static final String SUFFIX = ".alerts";

  private final FileSystem files;
  private final Path directory;

  StateStore(FileSystem files, Path directory) {
    this.files = files;
    this.directory = directory;
    files.createDirectories(directory);
    // A process that was killed may have renamed a file and not have synced it: what is read now
    // must
    // still be there after a power cut.
    files.syncDirectory(directory);
  }

  /// @return null if there is none, or none that can be read, which is logged and put aside
  StateFile.@Nullable Content read(String group) {
    Path file = directory.resolve(name(group));
    if (!files.exists(file)) {
      return null;
    }
    try {
      StateFile.Content content = StateFile.read(AtomicReplacement.read(files, file));
      return content.group().equals(group) ? content : null;
    } catch (BadBytesException bad) {
      LOG.error(
          "the alerts of rule group {} are damaged on disk, their timers begin anew: {}",
          group,
          bad.getMessage());
      putAside(file);
      return null;
    }
  }

  private void putAside(Path file) {
    try {
      files.rename(file, directory.resolve(file.getFileName() + ".damaged"));
    } catch (StorageException failure) {
      LOG.warn("{}", failure.getMessage());
    }
  }

  /// Returns when the content would survive a power cut.
  ///
  /// @throws StorageException if the disk refuses
  void write(StateFile.Content content) {
    AtomicReplacement.write(files, directory, name(content.group()), StateFile.write(content));
  }

  void delete(String group) {
    files.delete(directory.resolve(name(group)));
    files.syncDirectory(directory);
  }

  /// Two checksums of the name: groups are few, and the file says whose it is.
  private static String name(String group) {
    byte[] utf8 = group.getBytes(StandardCharsets.UTF_8);
    byte[] backwards =
        new StringBuilder(group).reverse().toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().toHexDigits((int) ByteSource.crc(utf8, 0, utf8.length))
        + HexFormat.of().toHexDigits((int) ByteSource.crc(backwards, 0, backwards.length))
        + SUFFIX;
  }
}
