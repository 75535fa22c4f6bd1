package dev.sightline.storage.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.storage.fs.AtomicReplacement;
import dev.sightline.storage.fs.OpenFile;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.storage.simulated.Fault.Operation;
import dev.sightline.testkit.Seeds;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The simulated disk is as bad as it says, and not worse.
class SimulatedFileSystemTest {
  private static final Path DIRECTORY = Path.of("/there");
  private static final Path FILE = DIRECTORY.resolve("file");

  @Test
  void powerCutKeepsWhatWasSyncedAndAnyPartOfTheRest() {
    Set<String> outcomes = new HashSet<>();
    Seeds.check(
        200,
        seed -> {
          SimulatedFileSystem disk = withSyncedFile(seed);
          try (OpenFile file = disk.openForWriting(FILE)) {
            file.write(ByteBuffer.wrap(filled(1536, 'b')), 512);
          }
          String found = new String(AtomicReplacement.read(disk.crash(), FILE));
          assertThat(found).startsWith("a".repeat(512));
          outcomes.add(found.substring(512).replaceAll("(.)\\1*", "$1") + found.length());
        });
    assertThat(outcomes).contains("512", "b2048").anyMatch(outcome -> outcome.startsWith("\0b"));
  }

  @Test
  void powerCutMayTakeANameThatWasNotSynced() {
    Set<Boolean> outcomes = new HashSet<>();
    Seeds.check(
        50,
        seed -> {
          SimulatedFileSystem disk = withSyncedFile(seed);
          disk.rename(FILE, DIRECTORY.resolve("other"));
          SimulatedFileSystem found = disk.crash();
          outcomes.add(found.exists(FILE));
          assertThat(found.list(DIRECTORY)).hasSize(1);
        });
    assertThat(outcomes).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void killLosesNothing() {
    SimulatedFileSystem disk = withSyncedFile(1);
    disk.create(DIRECTORY.resolve("unsynced")).append(ByteBuffer.wrap(filled(10, 'b')));
    SimulatedFileSystem found = disk.kill();
    assertThat(found.sizeBytes(DIRECTORY.resolve("unsynced"))).isEqualTo(10);
    assertThatThrownBy(() -> disk.list(DIRECTORY)).hasMessageContaining("the power has failed");
  }

  @Test
  void syncAfterAFailedSyncSucceedsWithoutTheData() {
    Set<Long> sizes = new HashSet<>();
    Seeds.check(
        50,
        seed -> {
          SimulatedFileSystem disk = withSyncedFile(seed);
          try (OpenFile file = disk.openForWriting(FILE)) {
            file.append(ByteBuffer.wrap(filled(512, 'b')));
            disk.fail(Fault.once(1, Operation.SYNC));
            assertThatThrownBy(file::sync).hasMessageContaining("Input/output error");
            file.sync();
          }
          sizes.add(disk.crash().sizeBytes(FILE));
        });
    assertThat(sizes).containsExactlyInAnyOrder(512L, 1024L);
  }

  @Test
  void fullDiskTakesWhatFits() {
    SimulatedFileSystem disk = withSyncedFile(1);
    disk.limitBytes(600);
    try (OpenFile file = disk.openForWriting(FILE)) {
      assertThatThrownBy(() -> file.append(ByteBuffer.wrap(filled(100, 'b'))))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("No space left on device");
      assertThat(file.sizeBytes()).isEqualTo(600);
      file.write(ByteBuffer.wrap(filled(100, 'c')), 0);
    }
  }

  @Test
  void callsFailWhenTheirTurnComes() {
    SimulatedFileSystem disk = withSyncedFile(1);
    disk.fail(Fault.once(2, Operation.LIST));
    assertThat(disk.list(DIRECTORY)).hasSize(1);
    assertThatThrownBy(() -> disk.list(DIRECTORY)).isInstanceOf(StorageException.class);
    assertThat(disk.list(DIRECTORY)).hasSize(1);
    disk.fail(Fault.forEver(1, Operation.LIST));
    assertThatThrownBy(() -> disk.list(DIRECTORY)).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> disk.list(DIRECTORY)).isInstanceOf(StorageException.class);
  }

  private static SimulatedFileSystem withSyncedFile(long seed) {
    SimulatedFileSystem disk = new SimulatedFileSystem(seed);
    disk.createDirectories(DIRECTORY);
    try (OpenFile file = disk.create(FILE)) {
      file.append(ByteBuffer.wrap(filled(512, 'a')));
      file.sync();
    }
    disk.syncDirectory(DIRECTORY);
    return disk;
  }

  private static byte[] filled(int count, char with) {
    return String.valueOf(with).repeat(count).getBytes();
  }
}
