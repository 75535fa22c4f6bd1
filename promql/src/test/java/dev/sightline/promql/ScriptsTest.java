package dev.sightline.promql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.promql.script.PromqlSubject;
import dev.sightline.script.Script;
import dev.sightline.script.ScriptRunner;
import dev.sightline.script.ScriptRunner.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScriptsTest {
  static Stream<String> scripts() throws IOException {
    try (var files = Files.list(Path.of("src/test/scripts"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void answersAsTheScriptsSay(String file) throws IOException {
    String text = Files.readString(Path.of("src/test/scripts", file));
    List<Outcome> outcomes = new ScriptRunner(new PromqlSubject()).run(Script.parse(text));
    assertThat(outcomes).isNotEmpty();
    assertThat(outcomes.stream().filter(outcome -> !outcome.passed())).isEmpty();
  }
}
