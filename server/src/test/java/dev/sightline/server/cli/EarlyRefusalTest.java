package dev.sightline.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.storage.fs.DirectoryLock;
import dev.sightline.storage.fs.DiskFileSystem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyRefusalTest {
  @TempDir Path data;

  private static void check(String arguments, String directory) {
    List<String> words = arguments.isEmpty() ? List.of() : List.of(arguments.split(" "));
    assertThat(EarlyRefusal.directory(words))
        .as(arguments)
        .isEqualTo(directory == null ? null : Path.of(directory));
  }

  @Test
  void aGlanceAtTheArgumentsTellsTheDirectory() {
    check("", "data");
    check("serve", "data");
    check("demo", "demo-data");
    check("--data d", "d");
    check("--data=d", "d");
    check("serve --listen 127.0.0.1:0 --data d", "d");
    check("--i-know-this-is-open --data d", "d");
    check("demo --config c.yml --data d --gateway 127.0.0.1:0", "d");
  }

  @Test
  void whatItDoesNotTellIsLeftToOthers() {
    check("serve --config c.yml", null);
    check("--config=c.yml", null);
    check("--help", null);
    check("check --data d", null);
    check("--listen 127.0.0.1:0 check", null);
    check("traffic --rate 5", null);
    check("version", null);
    check("serve --data", null);
  }

  @Test
  void aDirectoryThatIsHeldIsRefusedAndAFreeOneIsLeftFree() {
    List<String> arguments = List.of("serve", "--data", data.toString());
    try (DirectoryLock _ = new DiskFileSystem().lock(data)) {
      assertThat(EarlyRefusal.of(arguments))
          .contains(data.toString(), "process " + ProcessHandle.current().pid());
    }
    assertThat(EarlyRefusal.of(arguments)).isNull();
    assertThat(EarlyRefusal.of(arguments)).isNull();
  }

  @Test
  void nothingIsCreatedBeforeTheArgumentsAreUnderstood() {
    Path missing = data.resolve("missing");
    assertThat(EarlyRefusal.of(List.of("--data", missing.toString()))).isNull();
    assertThat(missing).doesNotExist();
  }
}
