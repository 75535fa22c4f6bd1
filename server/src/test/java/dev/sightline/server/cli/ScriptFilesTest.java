package dev.sightline.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.logql.script.LogqlSubject;
import dev.sightline.promql.script.PromqlSubject;
import dev.sightline.script.ScriptSubject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptFilesTest {
  private static final String RIGHT =
      """
      load 1m
        calls{model="a"} 0 60

      eval instant at 1m rate(calls[2m])
        {model="a"} 0.5
      """;

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("right.test"), RIGHT);
    Files.writeString(folder.resolve("notes.txt"), "no script");
  }

  private boolean run(ScriptSubject subject, Path... paths) {
    return new ScriptFiles(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(List.of(paths), subject);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8).replace(folder.toString(), "DIR");
  }

  private String complained() {
    return err.toString(StandardCharsets.UTF_8).replace(folder.toString(), "DIR");
  }

  @Test
  void everyScriptOfAFolderIsRun() {
    assertThat(run(new PromqlSubject(), folder)).isTrue();
    assertThat(printed()).isEqualTo("1 passed, 0 failed\n");
  }

  @Test
  void aWrongAnswerIsOneLineWithItsPlace() throws IOException {
    Files.writeString(folder.resolve("wrong.test"), RIGHT.replace("\"a\"} 0.5\n", "\"a\"} 2\n"));
    assertThat(run(new PromqlSubject(), folder)).isFalse();
    assertThat(printed().lines()).hasSize(2).last().isEqualTo("1 passed, 1 failed");
    assertThat(printed()).startsWith("DIR/wrong.test:4: rate(calls[2m]): ").contains("2.0", "0.5");
  }

  @Test
  void whatCannotBeReadIsSaidAndTheRestIsRun() throws IOException {
    Files.writeString(folder.resolve("bad.test"), "eval sometimes x\n");
    Files.writeString(folder.resolve("series.test"), "load 1m\n  a{b=1} 1\n");
    assertThat(run(new PromqlSubject(), folder, folder.resolve("gone.test"))).isFalse();
    assertThat(printed()).isEqualTo("1 passed, 0 failed\n");
    assertThat(complained().lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("DIR/bad.test: line 1: none of"))
        .anyMatch(line -> line.startsWith("DIR/series.test: "))
        .anyMatch(line -> line.equals("DIR/gone.test: there is no such file"));
  }

  @Test
  void scriptsOfLogsAreRunAsWell() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("logs.script"),
            """
            load
              {app="scorer"} 10s level=error msg="no features"

            eval lines from 0 to 1m {app="scorer"} |= "error"
              10s {app="scorer"} level=error msg="no features"
            """);
    assertThat(run(new LogqlSubject(), file)).as(printed()).isTrue();
  }
}
