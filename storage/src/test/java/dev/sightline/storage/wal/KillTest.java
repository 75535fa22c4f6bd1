package dev.sightline.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.storage.fs.DirectoryInUseException;
import dev.sightline.storage.fs.DiskFileSystem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real processes, killed in the middle of their work.
class KillTest {
  private static final long SEED = 11;
  private static final int KILLED = 137;

  private final DiskFileSystem disk = new DiskFileSystem();
  private final NumberedRecords numbered = new NumberedRecords(SEED);
  @TempDir Path directory;

  @Test
  void killedProcessHasWhatItAcknowledged() throws IOException {
    List<Integer> acknowledged = new ArrayList<>();
    for (int life = 0; life < 3; life++) {
      acknowledged.addAll(live(acknowledged.size() + 1_000 * life, 100, ""));
      assertThat(numbered.read(disk, directory.resolve("log"))).containsAll(acknowledged);
    }
    assertThat(acknowledged).hasSizeGreaterThan(250);
  }

  @Test
  void everyFailpointLeavesALogThatCanBeRead() throws IOException {
    int next = 0;
    List<Integer> acknowledged = new ArrayList<>();
    for (String point :
        List.of(
            "after-create", "before-write", "after-write", "before-sync", "after-sync", "roll")) {
      acknowledged.addAll(live(next, Integer.MAX_VALUE, "wal." + point + ":halt@1"));
      assertThat(numbered.read(disk, directory.resolve("log"))).containsAll(acknowledged);
      next += 10_000;
    }
  }

  private List<Integer> live(int from, int lines, String failpoint) throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-Dsightline.failpoint=" + failpoint,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                KilledWriter.class.getName(),
                directory.toString(),
                Long.toString(SEED),
                Integer.toString(from))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<Integer> acknowledged = new ArrayList<>();
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        acknowledged.add(Integer.valueOf(line));
        if (acknowledged.size() == lines) {
          assertLocked(process);
          process.toHandle().destroyForcibly(); // the process's own method would close its output
        }
      }
    }
    assertThat(process.onExit().join().exitValue()).isEqualTo(KILLED);
    return acknowledged;
  }

  private void assertLocked(Process holder) {
    assertThatThrownBy(() -> disk.lock(directory))
        .isInstanceOf(DirectoryInUseException.class)
        .hasMessage("the directory " + directory + " is in use by process " + holder.pid());
  }
}
