package dev.sightline.wire.whylogs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sightline.testkit.Seeds;
import dev.sightline.wire.whylogs.WhylogsProfile.Component;
import dev.sightline.wire.whylogs.WhylogsProfile.ScoreMatrix;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.datasketches.common.ArrayOfStringsSerDe;
import org.apache.datasketches.frequencies.FrequentItemsSketch;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.kll.KllFloatsSketch;
import org.junit.jupiter.api.Test;

/// Real profiles, where they lie beside this project; and bytes of our own.
class ProfileReaderTest {
  @Test
  void aProfileOf151ColumnsIsReadWhole() throws IOException {
    WhylogsProfile profile = only("v1-lendingclub.bin");
    assertThat(profile.version()).isEqualTo(1);
    assertThat(profile.columns()).hasSize(151);
    profile.columns().values().forEach(ProfileReaderTest::checkSketches);
    long rows = whole(profile, "loan_amnt", "counts/n");
    assertThat(rows).isPositive();
    KllDoublesSketch amounts = quantiles(profile, "loan_amnt");
    assertThat(amounts.getN() + whole(profile, "loan_amnt", "counts/null")).isEqualTo(rows);
    assertThat(real(profile, "loan_amnt", "distribution/mean"))
        .isBetween(amounts.getMinItem(), amounts.getMaxItem());
  }

  /// Clients since August 2022 write a preamble that the library does not know.
  @Test
  void sixIntegersOfPreambleAreRead() throws IOException {
    WhylogsProfile profile = only("v1-py1.3.18-preints6.bin");
    int numbers = 0;
    for (String column : profile.columns().keySet()) {
      checkSketches(profile.columns().get(column));
      if (profile.columns().get(column).get("distribution/kll") instanceof Component.Quantiles) {
        KllDoublesSketch sketch = quantiles(profile, column);
        if (sketch.getN() > 0) {
          double mean = real(profile, column, "distribution/mean");
          assertThat(mean).isBetween(sketch.getMinItem() - 1e-9, sketch.getMaxItem() + 1e-9);
          numbers++;
        }
      }
    }
    assertThat(numbers).isPositive();
  }

  @Test
  void aSmallProfileIsReadWhole() throws IOException {
    WhylogsProfile profile = only("v1-toydata.bin");
    assertThat(profile.columns()).isNotEmpty();
    profile.columns().values().forEach(ProfileReaderTest::checkSketches);
  }

  @Test
  void scoresOfAClassifierAreCountedByPredictionAndTruth() throws IOException {
    WhylogsProfile profile = only("v0-classification-2labels.bin");
    ScoreMatrix scores = Objects.requireNonNull(profile.scores());
    assertThat(scores.labels()).hasSize(2);
    assertThat(List.of(0, 1, 2, 3).stream().map(at -> scores.cells().get(at).count()).toList())
        .containsExactly(0L, 1L, 32L, 468L);
    for (ScoreMatrix.Cell cell : scores.cells()) {
      if (cell.count() > 0) {
        assertThat(countOf(cell.quantiles())).isEqualTo(cell.count());
        assertThat(cell.mean()).isBetween(0.0, 1.0);
      }
    }
    profile.columns().values().forEach(ProfileReaderTest::checkSketches);
  }

  @Test
  void otherBytesAreRefused() {
    assertThatThrownBy(() -> ProfileReader.read(new byte[0]))
        .isInstanceOf(BadProfileException.class);
    Seeds.check(
        5_000,
        seed -> {
          Random random = new Random(seed);
          byte[] bytes = new byte[1 + random.nextInt(80)];
          random.nextBytes(bytes);
          if (seed % 2 == 0 && bytes.length > 4) {
            System.arraycopy(
                "WHY1".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, bytes, 0, 4);
          }
          try {
            ProfileReader.read(bytes);
          } catch (BadProfileException bad) {
            assertThat(bad.getMessage()).isNotEmpty();
          }
        });
  }

  /// A real profile with bytes changed is a profile or is refused.
  @Test
  void damageIsRefusedOrRead() throws IOException {
    byte[] whole = bytes("v1-toydata.bin");
    Seeds.check(
        3_000,
        seed -> {
          Random random = new Random(seed);
          byte[] bytes = whole.clone();
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
          try {
            ProfileReader.read(bytes);
          } catch (BadProfileException bad) {
            assertThat(bad.getMessage()).isNotEmpty();
          }
        });
  }

  private static void checkSketches(Map<String, Component> metrics) {
    for (Component component : metrics.values()) {
      switch (component) {
        case Component.Quantiles(byte[] sketch) -> assertThat(countOf(sketch)).isNotNegative();
        case Component.Distinct(byte[] sketch) ->
            assertThat(HllSketch.heapify(sketch).getEstimate()).isNotNegative();
        case Component.Frequent(byte[] sketch) -> {
          MemorySegment segment = MemorySegment.ofArray(sketch);
          assertThat(
                  FrequentItemsSketch.getInstance(segment, new ArrayOfStringsSerDe())
                      .getStreamLength())
              .isNotNegative();
        }
        case Component.Whole _, Component.Real _, Component.Other _ -> {}
      }
    }
  }

  /// Old clients wrote floats.
  private static long countOf(byte[] sketch) {
    MemorySegment segment = MemorySegment.ofArray(sketch);
    try {
      return KllDoublesSketch.heapify(segment).getN();
    } catch (RuntimeException _) {
      return KllFloatsSketch.heapify(segment).getN();
    }
  }

  private static KllDoublesSketch quantiles(WhylogsProfile profile, String column) {
    Component component = component(profile, column, "distribution/kll");
    return KllDoublesSketch.heapify(
        MemorySegment.ofArray(((Component.Quantiles) component).sketch()));
  }

  private static long whole(WhylogsProfile profile, String column, String path) {
    return ((Component.Whole) component(profile, column, path)).value();
  }

  private static double real(WhylogsProfile profile, String column, String path) {
    return ((Component.Real) component(profile, column, path)).value();
  }

  private static Component component(WhylogsProfile profile, String column, String path) {
    return Objects.requireNonNull(
        Objects.requireNonNull(profile.columns().get(column), column).get(path), path);
  }

  private static WhylogsProfile only(String name) throws IOException {
    List<WhylogsProfile> profiles = ProfileReader.read(bytes(name));
    assertThat(profiles).hasSize(1);
    return profiles.getFirst();
  }

  private static byte[] bytes(String name) throws IOException {
    String elsewhere = System.getenv("SIGHTLINE_CONFORMANCE");
    Path folder =
        elsewhere == null
            ? Path.of(System.getProperty("sightline.root", ".."), "..", "shared", "conformance")
            : Path.of(elsewhere);
    Path file = folder.resolve("ml").resolve("whylogs").resolve(name);
    assumeTrue(Files.exists(file), "no profile at " + file.toAbsolutePath());
    return Files.readAllBytes(file);
  }
}
