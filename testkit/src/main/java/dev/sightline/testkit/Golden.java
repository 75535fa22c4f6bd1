package dev.sightline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that say what an output must be. `-Dgolden.update=true` writes them anew; the difference
/// is reviewed.
public final class Golden {
  private Golden() {}

  /// @param file below `src/test/resources/golden` of the module under test
  public static void check(String file, String actual) {
    Path path = Path.of("src/test/resources/golden", file);
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, actual);
      }
      assertThat(actual)
          .as("%s (rewrite with -Dgolden.update=true)", path)
          .isEqualTo(Files.readString(path));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
