package dev.sightline.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.storage.simulated.SimulatedFileSystem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract of [FileSystem], held by the real disk and by the simulated one.
class FileSystemTest {
  @TempDir Path temporary;

  @Test
  void filesAreWrittenReadAndCut() {
    onBoth(
        (files, directory) -> {
          try (OpenFile file = files.create(directory.resolve("a"))) {
            file.write(bytes("hello world"), 0);
            file.append(bytes("!"));
            file.write(bytes("W"), 6);
            assertThat(read(file, 3, 100)).isEqualTo("lo World!");
            assertThat(read(file, 12, 5)).isEmpty();
            file.truncate(5);
            file.sync();
            assertThat(file.sizeBytes()).isEqualTo(5);
          }
          assertThat(files.sizeBytes(directory.resolve("a"))).isEqualTo(5);
        });
  }

  @Test
  void namesAreListedSortedRenamedAndDeleted() {
    onBoth(
        (files, directory) -> {
          for (String name : List.of("b", "a", "c")) {
            files.create(directory.resolve(name)).close();
          }
          files.rename(directory.resolve("c"), directory.resolve("a"));
          files.delete(directory.resolve("nothing"));
          files.syncDirectory(directory);
          assertThat(files.list(directory))
              .containsExactly(directory.resolve("a"), directory.resolve("b"));
          files.delete(directory.resolve("b"));
          assertThat(files.exists(directory.resolve("b"))).isFalse();
          assertThat(files.list(directory.resolve("nowhere"))).isEmpty();
        });
  }

  @Test
  void directoriesAreRenamedWithWhatIsInThem() {
    onBoth(
        (files, directory) -> {
          Path block = directory.resolve("block.tmp");
          files.createDirectories(block.resolve("chunks"));
          files.create(block.resolve("chunks/1")).close();
          files.rename(block, directory.resolve("block"));
          assertThat(files.exists(directory.resolve("block/chunks/1"))).isTrue();
        });
  }

  @Test
  void refusalsSayWhatAndWhere() {
    onBoth(
        (files, directory) -> {
          Path file = directory.resolve("a");
          assertThatThrownBy(() -> files.openForReading(file))
              .isInstanceOf(StorageException.class)
              .hasMessage("cannot open " + file + ": there is no such file or directory");
          files.create(file).close();
          assertThatThrownBy(() -> files.create(file))
              .isInstanceOf(StorageException.class)
              .hasMessage("cannot create " + file + ": it exists already");
        });
  }

  @Test
  void replacementIsWhole() {
    onBoth(
        (files, directory) -> {
          AtomicReplacement.write(files, directory, "state", "one".getBytes());
          AtomicReplacement.write(files, directory, "state", "two".getBytes());
          assertThat(AtomicReplacement.read(files, directory.resolve("state")))
              .asString(StandardCharsets.UTF_8)
              .isEqualTo("two");
          assertThat(files.list(directory)).hasSize(1);
        });
  }

  @Test
  void oneHolderOfADirectoryAtATime() {
    onBoth(
        (files, directory) -> {
          DirectoryLock lock = files.lock(directory);
          assertThatThrownBy(() -> files.lock(directory))
              .isInstanceOf(DirectoryInUseException.class)
              .hasMessageStartingWith("the directory " + directory + " is in use by ");
          lock.close();
          files.lock(directory).close();
        });
  }

  /// Something that is true of every file system.
  private interface Property {
    void check(FileSystem files, Path directory);
  }

  private void onBoth(Property property) {
    property.check(new DiskFileSystem(), temporary);
    SimulatedFileSystem simulated = new SimulatedFileSystem(1);
    simulated.createDirectories(Path.of("/there"));
    property.check(simulated, Path.of("/there"));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String read(OpenFile file, long offset, int length) {
    ByteBuffer into = ByteBuffer.allocate(length);
    int count = file.read(into, offset);
    assertThat(count).isEqualTo(into.position());
    return StandardCharsets.UTF_8.decode(into.flip()).toString();
  }
}
