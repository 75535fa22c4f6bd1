package dev.sightline.alerting.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Plays the scenes of `src/test/scripts`.
class ScenesTest {
  static List<Scene> routing() throws IOException {
    return Scene.read(Files.readString(Path.of("src/test/scripts/routing.test")));
  }

  static List<Scene> failures() throws IOException {
    return Scene.read(Files.readString(Path.of("src/test/scripts/failures.test")));
  }

  static List<Scene> inhibitions() throws IOException {
    return Scene.read(Files.readString(Path.of("src/test/scripts/inhibitions.test")));
  }

  @ParameterizedTest
  @MethodSource({"routing", "failures", "inhibitions"})
  void isTold(Scene scene) {
    assertThat(String.join("\n", scene.play())).isEqualTo(String.join("\n", scene.told()));
  }
}
