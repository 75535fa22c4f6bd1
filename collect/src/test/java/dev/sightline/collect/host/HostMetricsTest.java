package dev.sightline.collect.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.collect.host.FilesystemSource.Space;
import dev.sightline.model.meter.MeterFamily;
import dev.sightline.model.meter.MeterSample;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.Golden;
import dev.sightline.wire.exposition.ExpositionWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMetricsTest {
  private static final Path FIXTURE = Path.of("src/test/resources/host");

  private final FakeClock clock = new FakeClock(1_700_000_100_500L);

  private static @Nullable Space space(Path mountPoint) {
    return switch (mountPoint.toString()) {
      case "/" -> new Space(1000, 400, 300);
      case "/run" -> new Space(64, 64, 64);
      default -> null;
    };
  }

  private HostMetrics at(Path proc) {
    return new HostMetrics(
        proc, FIXTURE.resolve("sys"), Path.of("/"), clock, HostMetricsTest::space);
  }

  private static double value(List<MeterFamily> families, String name) {
    return families.stream()
        .filter(family -> family.name().equals(name))
        .flatMap(family -> family.samples().stream())
        .mapToDouble(MeterSample::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  @Test
  void namesNumbersAsNodeExporterDoes() {
    Golden.check("host.prom", ExpositionWriter.write(at(FIXTURE.resolve("proc")).read()));
  }

  @Test
  void comparesProcessorTimeWithTheReadingBefore(@TempDir Path proc) throws IOException {
    HostMetrics host = at(proc);
    Files.writeString(proc.resolve("stat"), "cpu0 1000 0 0 9000 0 0 0 0 0 0\n");
    assertThat(value(host.read(), "system_cpu_usage")).isNaN();
    Files.writeString(proc.resolve("stat"), "cpu0 1300 0 0 9500 200 0 0 0 0 0\n");
    assertThat(value(host.read(), "system_cpu_usage")).isCloseTo(30, within(1e-9));
    Files.writeString(proc.resolve("stat"), "cpu0 1310 0 0 9500 200 0 0 0 0 0\n");
    assertThat(value(host.read(), "system_cpu_usage"))
        .as("too short to compare")
        .isCloseTo(30, within(1e-9));
  }

  @Test
  void leavesOutWhatIsNotThere(@TempDir Path empty) {
    assertThat(at(empty).read())
        .extracting(MeterFamily::name)
        .containsExactly("node_time_seconds", "system_disk_usage");
  }

  @Test
  void readsThisMachine() {
    HostMetrics host = new HostMetrics(Path.of("/proc"), Path.of("/sys"), Path.of("/"), clock);
    assertThat(value(host.read(), "system_disk_usage")).isBetween(0.0, 100.0);
  }
}
