package dev.sightline.quality.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sightline.model.prediction.Datum;
import dev.sightline.quality.baseline.Baseline;
import dev.sightline.quality.profile.Uploads.Sent;
import dev.sightline.stats.sketch.NumberSketch;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.Seeds;
import dev.sightline.wire.whylogs.BadProfileException;
import dev.sightline.wire.whylogs.ProfileReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class UploadsTest {
  private static final long NOW_MS = 1_700_049_600_000L; // 2023-11-15T12:00:00Z

  private final FakeClock clock = new FakeClock(NOW_MS);
  private final ProfileStore store =
      ProfileStore.open(
          new ProfileStore.Parts(
              new SimulatedFileSystem(1),
              Path.of("/profiles"),
              new RowsOnce(),
              Map::of,
              clock,
              clock),
          ProfileOptions.DEFAULT);
  private final Uploads uploads = new Uploads(store);

  private static SliceProfile slice(int rows) {
    SliceProfile slice = new SliceProfile(NumberSketch.DAY);
    for (int row = 0; row < rows; row++) {
      Objects.requireNonNull(slice.feature("x")).add(new Datum.Amount(row / 7.0));
      Objects.requireNonNull(slice.feature("n")).add(new Datum.Amount(row % 5));
      Objects.requireNonNull(slice.feature("w")).add(new Datum.Text("word " + row % 3));
      Objects.requireNonNull(slice.feature("f")).add(new Datum.Flag(row % 2 == 0));
    }
    slice.addRows(rows);
    return slice;
  }

  private static byte[] file(int rows) {
    return WhylogsProfiles.bytes(new WindowProfile(NOW_MS, NOW_MS + 1, slice(rows)), Map.of());
  }

  private SliceProfile kept(String model, String segment) {
    Wanted wanted = new Wanted(null, segment, java.util.Set.of());
    Profile merged = store.days().merged(model, NOW_MS, NOW_MS + HourKey.HOUR_MS, wanted).profile();
    SliceProfile all = new SliceProfile(NumberSketch.DAY);
    merged.slices().values().forEach(slice -> all.merge(slice, _ -> true));
    return all;
  }

  @Test
  void whatWeWriteWeTakeBack() {
    uploads.keep("m", uploads.read(file(5_000), Map.of(), 0));
    SliceProfile back = kept("m", "");
    assertThat(back.rows()).isEqualTo(5_000);
    back.features()
        .forEach(
            (name, feature) -> {
              FeatureProfile sent = Objects.requireNonNull(slice(5_000).features().get(name), name);
              assertThat(feature.n()).as(name).isEqualTo(5_000);
              for (ValueType type : ValueType.values()) {
                assertThat(feature.count(type)).as(name).isEqualTo(sent.count(type));
              }
            });
    NumberSketch x =
        Objects.requireNonNull(Objects.requireNonNull(back.features().get("x")).numbers());
    assertThat(x.mean()).isEqualTo(4_999 / 14.0, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(x.quantile(0.5) * 7 / 5_000)
        .isEqualTo(0.5, org.assertj.core.api.Assertions.within(0.02));
    FeatureProfile n = Objects.requireNonNull(back.features().get("n"));
    assertThat(Objects.requireNonNull(n.wholes()).frequent()).hasSize(5);
    assertThat(Objects.requireNonNull(n.wholes()).frequent().getFirst().text()).hasSize(1);
  }

  @Test
  void whatIsSentTwiceIsTwoProfiles() {
    uploads.keep("m", uploads.read(file(10), Map.of(), 0));
    uploads.keep("m", uploads.read(file(20), Map.of("country", "ES"), 0));
    assertThat(kept("m", "").rows()).isEqualTo(30);
    assertThat(kept("m", "country=\"ES\"").rows()).isEqualTo(20);
  }

  @Test
  void aZipIsManyProfiles() {
    assertThat(uploads.read(zip(3, file(10)), Map.of(), 0).profiles()).hasSize(3);
    assertThatThrownBy(() -> uploads.read(zip(1_001, new byte[] {1}), Map.of(), 0))
        .isInstanceOf(BadProfileException.class);
    assertThatThrownBy(() -> uploads.read(zip(1, new byte[100 << 20]), Map.of(), 0))
        .isInstanceOf(BadProfileException.class)
        .hasMessageContaining("unpacks to more than 64 MB");
  }

  private static byte[] zip(int entries, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int each = 0; each < entries; each++) {
        zip.putNextEntry(new ZipEntry(each + ".bin"));
        zip.write(content);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  @Test
  void aProfileOfAnotherTimeIsRefused() {
    clock.jumpTo(NOW_MS + 6L * 365 * HourKey.DAY_MS);
    assertThatThrownBy(() -> uploads.read(file(1), Map.of(), 0))
        .isInstanceOf(BadProfileException.class)
        .hasMessageContaining("last 5 years");
    clock.jumpTo(NOW_MS - 3 * HourKey.DAY_MS);
    assertThatThrownBy(() -> uploads.read(file(1), Map.of(), 0))
        .isInstanceOf(BadProfileException.class);
  }

  @Test
  void aReferenceIsMadeOfAProfile() {
    Baseline baseline = Uploads.baseline(uploads.read(file(500), Map.of(), 0));
    assertThat(baseline.isFromFile()).isTrue();
    assertThat(baseline.rows()).isEqualTo(500);
    assertThat(baseline.features().keySet()).containsExactlyInAnyOrder("x", "n", "w", "f");
  }

  /// Whatever bytes are changed, cut off or invented: a profile, or a refusal in words.
  @Test
  void hostileFilesAreRefusedOrRead() {
    byte[] whole = file(3_000);
    Seeds.check(
        1_500,
        seed -> {
          Random random = new Random(seed);
          byte[] bytes = whole.clone();
          for (int each = random.nextInt(4); each >= 0; each--) {
            int at = random.nextInt(bytes.length);
            bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) 0xff;
          }
          if (seed % 5 == 0) {
            bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
          }
          try {
            Sent sent = uploads.read(bytes, Map.of(), NOW_MS);
            Uploads.baseline(sent);
          } catch (BadProfileException bad) {
            assertThat(bad.getMessage()).isNotEmpty();
          }
        });
  }

  @Test
  void everyRealProfileIsTaken() throws IOException {
    int taken = 0;
    for (String name :
        new String[] {
          "v0-classification-2labels.bin",
          "v1-lendingclub.bin",
          "v1-py1.3.18-preints6.bin",
          "v1-toydata.bin"
        }) {
      byte[] bytes = real(name);
      clock.jumpTo(ProfileReader.read(bytes).getFirst().datasetMs() + 1);
      Sent sent = uploads.read(bytes, Map.of(), 0);
      uploads.keep("real", sent);
      Baseline baseline = Uploads.baseline(sent);
      assertThat(baseline.rows()).as(name).isPositive();
      taken++;
    }
    assertThat(taken).isEqualTo(4);
  }

  private static byte[] real(String name) throws IOException {
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
