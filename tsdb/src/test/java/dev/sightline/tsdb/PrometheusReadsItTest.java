package dev.sightline.tsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SeriesSink.Durability;
import dev.sightline.storage.fs.DiskFileSystem;
import dev.sightline.testkit.FakeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Needs Prometheus's `promtool` on the path or in `-Dpromtool`; without it the test is left out.
class PrometheusReadsItTest {
  private static final long START_MS = 1_699_999_200_000L;
  private static final int STEPS = 12 * 60;

  @TempDir Path data;

  @Test
  void promtoolDumpsWhatWasAppended() throws Exception {
    String promtool = promtool();
    assumeTrue(!promtool.isEmpty(), "promtool is not installed");
    List<String> expected = fill();
    String metrics = data.resolve("metrics").toString();

    assertThat(run(promtool, "tsdb", "list", metrics)).as("header, 2 + 6 + 2 hours").hasSize(4);
    List<String> dumped = new ArrayList<>(run(promtool, "tsdb", "dump", metrics));
    dumped.removeIf(line -> line.startsWith("ts=") || line.isBlank());
    Collections.sort(dumped);
    Collections.sort(expected);
    assertThat(dumped).isEqualTo(expected);
    assertThat(run(promtool, "tsdb", "analyze", metrics)).contains("Series: 20");
    try (Stream<Path> log = Files.list(data.resolve("metrics/wal"))) {
      assertThat(log).anyMatch(path -> path.getFileName().toString().startsWith("checkpoint."));
    }
  }

  /// Twelve hours of a minute's step: three blocks, one of them joined of three, the rest in the
  /// log, a checkpoint among it.
  private List<String> fill() {
    List<String> lines = new ArrayList<>();
    FakeClock clock = new FakeClock(START_MS);
    try (TimeSeriesStore store =
        TimeSeriesStore.open(
            new DiskFileSystem(),
            TsdbDirectories.below(data),
            TsdbOptions.DEFAULT.withLogFileBytes(32 * 1024),
            clock,
            clock,
            new MeterRegistry())) {
      for (int step = 0; step < STEPS; step++) {
        SampleBatch batch = new SampleBatch();
        for (int i = 0; i < 20; i++) {
          Labels labels = Labels.of("__name__", "m" + i % 3, "host", "ü-" + i);
          long timestampMs = START_MS + step * 60_000L + i;
          double value = i % 3 == 0 ? step * (double) i : i + step % 10;
          batch.add(labels, timestampMs, value);
          lines.add(
              "{__name__=\"m%d\", host=\"ü-%d\"} %d %d"
                  .formatted(i % 3, i, (long) value, timestampMs));
        }
        store.append(batch, Durability.WITHIN_A_SECOND);
        clock.advance(Duration.ofMinutes(1));
      }
    }
    return lines;
  }

  private static String promtool() {
    return Arrays.stream(
            (System.getProperty("promtool", "")
                    + ":"
                    + System.getenv("PATH").replace(":", "/promtool:")
                    + "/promtool")
                .split(":"))
        .filter(path -> !path.isEmpty() && Files.isExecutable(Path.of(path)))
        .findFirst()
        .orElse("");
  }

  private static List<String> run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).as("%s", lines).isZero();
    return lines;
  }
}
