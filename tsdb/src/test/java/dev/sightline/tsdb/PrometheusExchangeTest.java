package dev.sightline.tsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.SeriesSink.Durability;
import dev.sightline.model.series.SeriesSource.SelectedSeries;
import dev.sightline.model.series.SeriesSource.Selection;
import dev.sightline.storage.fs.DiskFileSystem;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.RemoteWriteBytes;
import dev.sightline.testkit.RemoteWriteBytes.Series;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Directories go from here to Prometheus and back. Needs `prometheus` and `promtool` on the path;
/// without them the tests are left out.
class PrometheusExchangeTest {
  private static final long START_MS = 1_699_999_200_000L;
  private static final int MINUTES = 12 * 60;

  @TempDir Path data;
  private final FakeClock clock = new FakeClock(START_MS);
  private Process prometheus;
  private URI address;

  @AfterEach
  void stop() throws InterruptedException {
    if (prometheus != null) {
      prometheus.destroyForcibly();
      assertThat(prometheus.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void prometheusAnswersAsWeDo() throws Exception {
    String program = onPath("prometheus");
    Map<String, String> ours;
    try (TimeSeriesStore store = open()) {
      fill(store);
      ours = contents(store);
    }
    start(program, data.resolve("metrics"));
    assertThat(contentsOfPrometheus()).hasSize(20).isEqualTo(ours);
  }

  @Test
  void weAnswerAsARunningPrometheusThatWasKilled() throws Exception {
    start(onPath("prometheus"), data.resolve("metrics"));
    for (int minute = 0; minute < 200; minute += 20) {
      write(minute, minute + 20);
    }
    Map<String, String> theirs = contentsOfPrometheus();
    stop();
    clock.advance(Duration.ofMinutes(200));
    try (TimeSeriesStore store = open()) {
      assertThat(contents(store)).hasSize(20).isEqualTo(theirs);
    }
  }

  @Test
  void weReadBlocksThatPromtoolMade() throws Exception {
    String promtool = onPath("promtool");
    StringBuilder text = new StringBuilder("# TYPE m gauge\n");
    for (int i = 0; i < 20; i++) {
      for (int minute = 0; minute < MINUTES; minute++) {
        text.append(
            "m{host=\"h%d\"} %s %d\n".formatted(i, value(i, minute), timeMs(i, minute) / 1000));
      }
    }
    Path input = Files.writeString(data.resolve("in.om"), text.append("# EOF\n"));
    Path blocks = data.resolve("metrics");
    run(promtool, "tsdb", "create-blocks-from", "openmetrics", input.toString(), blocks.toString());
    clock.advance(Duration.ofMinutes(MINUTES));
    try (TimeSeriesStore store = open()) {
      assertThat(store.keeping().blocks()).hasSizeGreaterThan(5);
      Map<String, String> read = contents(store);
      assertThat(read).hasSize(20);
      StringBuilder expected = new StringBuilder();
      for (int minute = 0; minute < MINUTES; minute++) {
        expected
            .append(timeMs(3, minute) / 1000 * 1000)
            .append('=')
            .append(value(3, minute))
            .append(' ');
      }
      assertThat(read.get("{__name__=\"m\", host=\"h3\"}")).isEqualTo(expected.toString());
    }
  }

  private static Labels labels(int i) {
    return Labels.of("__name__", "m" + i % 3, "host", "ü-" + i);
  }

  private static double value(int i, int minute) {
    return i % 3 == 0 ? minute * (double) i : i + minute % 10 / 8.0;
  }

  private static long timeMs(int i, int minute) {
    return START_MS + minute * 60_000L + i;
  }

  private TimeSeriesStore open() {
    return TimeSeriesStore.open(
        new DiskFileSystem(),
        TsdbDirectories.below(data),
        TsdbOptions.DEFAULT,
        clock,
        clock,
        new MeterRegistry());
  }

  private void fill(TimeSeriesStore store) {
    for (int minute = 0; minute < MINUTES; minute++) {
      SampleBatch batch = new SampleBatch();
      for (int i = 0; i < 20; i++) {
        batch.add(labels(i), timeMs(i, minute), value(i, minute));
      }
      store.append(batch, Durability.WITHIN_A_SECOND);
      clock.advance(Duration.ofMinutes(1));
    }
  }

  private void write(int fromMinute, int toMinute) throws Exception {
    RemoteWriteBytes message = new RemoteWriteBytes();
    for (int i = 0; i < 20; i++) {
      Series series = new Series().labels(labels(i));
      for (int minute = fromMinute; minute < toMinute; minute++) {
        series.sample(value(i, minute), timeMs(i, minute));
      }
      message.series(series);
    }
    HttpURLConnection call = connect("/api/v1/write");
    call.setDoOutput(true);
    call.setRequestProperty("Content-Encoding", "snappy");
    try (OutputStream out = call.getOutputStream()) {
      out.write(message.snappy());
    }
    assertThat(call.getResponseCode()).isEqualTo(204);
  }

  private static Map<String, String> contents(TimeSeriesStore store) {
    Map<String, String> contents = new TreeMap<>();
    try (Selection selection = store.select(List.of(), 0, Long.MAX_VALUE)) {
      for (SelectedSeries series : selection.series()) {
        SampleColumns columns = new SampleColumns();
        series.read(columns);
        StringBuilder samples = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
          samples.append(columns.timestampMs(i)).append('=').append(columns.value(i)).append(' ');
        }
        contents.put(series.labels().toString(), samples.toString());
      }
    }
    return contents;
  }

  private Map<String, String> contentsOfPrometheus() throws Exception {
    String query = URLEncoder.encode("{__name__=~\".+\"}[13h]", StandardCharsets.UTF_8);
    long endS = START_MS / 1000 + MINUTES * 60;
    byte[] reply;
    try (InputStream in =
        connect("/api/v1/query?time=" + endS + "&query=" + query).getInputStream()) {
      reply = in.readAllBytes();
    }
    Map<String, String> contents = new TreeMap<>();
    for (JsonNode series : new JsonMapper().readTree(reply).path("data").path("result")) {
      Map<String, String> labels = new TreeMap<>();
      series
          .path("metric")
          .properties()
          .forEach(l -> labels.put(l.getKey(), l.getValue().asString()));
      StringBuilder samples = new StringBuilder();
      for (JsonNode sample : series.path("values")) {
        long timestampMs = Math.round(sample.get(0).asDouble() * 1000);
        double value = Double.parseDouble(sample.get(1).asString());
        samples.append(timestampMs).append('=').append(value).append(' ');
      }
      contents.put(Labels.of(labels).toString(), samples.toString());
    }
    return contents;
  }

  private void start(String program, Path directory) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path config = Files.writeString(data.resolve("prometheus.yml"), "");
    prometheus =
        new ProcessBuilder(
                program,
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory,
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver")
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("prometheus.log").toFile())
            .start();
    address = URI.create("http://127.0.0.1:" + port);
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(this::isReady);
  }

  private boolean isReady() {
    try {
      return connect("/-/ready").getResponseCode() == 200;
    } catch (IOException _) {
      return false; // it does not listen yet
    }
  }

  private HttpURLConnection connect(String pathAndQuery) throws IOException {
    return (HttpURLConnection) address.resolve(pathAndQuery).toURL().openConnection();
  }

  private static String onPath(String program) {
    for (String directory : System.getenv("PATH").split(":")) {
      Path path = Path.of(directory, program);
      if (Files.isExecutable(path)) {
        return path.toString();
      }
    }
    assumeTrue(false, program + " is not installed");
    return "";
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s", said).isZero();
  }
}
