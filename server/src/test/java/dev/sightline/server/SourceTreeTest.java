package dev.sightline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds what may lie in the source tree: text, and the few pictures that documents show. Anything
/// built or fetched is made again by the build.
class SourceTreeTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Set<String> MADE_BY_THE_BUILD =
      Set.of(".git", "target", "node_modules", "dist", "data", "demo-data", "__pycache__", ".idea");
  private static final Set<String> BINARY_BY_NATURE = Set.of("png", "gz", "bin");

  /// Git's own measure of what is no text.
  private static final int LOOKED_AT = 8_000;

  @Test
  void nothingBuiltOrFetchedLiesAmongTheSources() {
    assertThat(sources().filter(SourceTreeTest::isBinary))
        .as("files that are no text")
        .allMatch(file -> BINARY_BY_NATURE.contains(extension(file)));
  }

  @Test
  void foldersOfJavaHoldJavaAlone() {
    assertThat(sources().filter(file -> file.toString().contains("/java/dev/")))
        .as("files in folders of Java")
        .isNotEmpty()
        .allMatch(file -> extension(file).equals("java"));
  }

  private static Stream<Path> sources() {
    return below(ROOT);
  }

  private static Stream<Path> below(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.toList().stream()
          .filter(path -> !MADE_BY_THE_BUILD.contains(path.getFileName().toString()))
          .flatMap(path -> Files.isDirectory(path) ? below(path) : Stream.of(path));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean isBinary(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      for (byte b : in.readNBytes(LOOKED_AT)) {
        if (b == 0) {
          return true;
        }
      }
      return false;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
