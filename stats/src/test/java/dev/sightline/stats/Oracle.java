package dev.sightline.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sightline.stats.measure.Measured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Reads tables of expected values, and compares with them.
public final class Oracle {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Oracle() {}

  /// A table of `src/test/oracle`.
  public static JsonNode committed(String name) {
    try (InputStream stream = Oracle.class.getResourceAsStream("/oracle/" + name)) {
      return JSON.readTree(Objects.requireNonNull(stream, name));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The numbers of other products that may lie beside this project; without them the test is left
  /// out.
  public static JsonNode shared() {
    String elsewhere = System.getenv("SIGHTLINE_CONFORMANCE");
    Path folder =
        elsewhere == null
            ? Path.of(System.getProperty("sightline.root", "."), "..", "shared", "conformance")
            : Path.of(elsewhere);
    Path file = folder.resolve("ml").resolve("oracle.json");
    assumeTrue(Files.exists(file), "no expected values at " + file.toAbsolutePath());
    try {
      return JSON.readTree(Files.readString(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// @param tolerance absolute for small numbers, relative above 1
  public static void check(String what, double got, double want, double tolerance) {
    assertThat(got).as(what).isCloseTo(want, within(tolerance * Math.max(1, Math.abs(want))));
  }

  public static double value(Measured measured) {
    assertThat(measured).isInstanceOf(Measured.Known.class);
    return ((Measured.Known) measured).value();
  }
}
