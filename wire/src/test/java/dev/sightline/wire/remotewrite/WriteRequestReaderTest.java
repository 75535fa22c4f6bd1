package dev.sightline.wire.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.label.Labels;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.Staleness;
import dev.sightline.testkit.RemoteWriteBytes;
import dev.sightline.testkit.RemoteWriteBytes.Series;
import dev.sightline.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WriteRequestReaderTest {
  private static final int MAX_BYTES = 1 << 20;
  private static final Labels UP = Labels.of("__name__", "up", "job", "ü");

  private final LabelCache cache = new LabelCache(1 << 20);

  private WriteRequest read(RemoteWriteBytes message) {
    return WriteRequestReader.read(message.snappy(), MAX_BYTES, cache);
  }

  @Test
  void readsSamplesExemplarsAndMetadata() {
    WriteRequest request =
        read(
            new RemoteWriteBytes()
                .series(
                    new Series()
                        .labels(UP)
                        .sample(Staleness.MARKER, 1_700_000_000_000L)
                        .sample(-0.5, -1)
                        .exemplar(Labels.of("trace_id", "abc"), 0.25, 17))
                .metadata(1, "up", "Whether it is up.", "seconds"));
    assertThat(text(request.samples()))
        .containsExactly(UP + " 1700000000000 stale", UP + " -1 -0.5");
    assertThat(request.exemplars())
        .containsExactly(new WriteRequest.Exemplar(UP, Labels.of("trace_id", "abc"), 17, 0.25));
    assertThat(request.metadata())
        .containsExactly(
            new WriteRequest.Metadata("up", "counter", "Whether it is up.", "seconds"));
    assertThat(request.problem()).isNull();
  }

  @Test
  void takesLabelsInAnyOrderAndPlace() {
    WriteRequest request =
        read(
            new RemoteWriteBytes()
                .series(new Series().label("job", "ü").label("__name__", "up").sample(1, 1))
                .series(new Series().label("__name__", "up").sample(2, 2).label("job", "ü")));
    assertThat(text(request.samples())).containsExactly(UP + " 1 1.0", UP + " 2 2.0");
  }

  @Test
  void findsLabelsAgainThatTheStoreHolds() {
    RemoteWriteBytes message =
        new RemoteWriteBytes()
            .series(new Series().labels(UP).sample(1, 1))
            .series(new Series().label("__name__", "lost").sample(1, 1));
    Labels own = Labels.of("__name__", "up", "job", "ü");
    read(message).remember(labels -> labels.equals(own) ? own : null);
    SampleBatch again = read(message).samples();
    assertThat(again.labels(0)).isSameAs(own);
    assertThat(again.labels(1)).isEqualTo(Labels.of("__name__", "lost"));
  }

  @Test
  void keepsTheCacheWithinItsRoom() {
    LabelCache small = new LabelCache(4_000);
    for (int i = 0; i < 1_000; i++) {
      byte[] key = ("series-" + i).getBytes(StandardCharsets.UTF_8);
      small.put(key, 0, key.length, UP);
      assertThat(small.find(key, 0, key.length)).isSameAs(UP);
    }
    byte[] first = "series-0".getBytes(StandardCharsets.UTF_8);
    assertThat(small.find(first, 0, first.length)).isNull();
  }

  @Test
  void refusesSeriesWhoseLabelsMakeNoSense() {
    WriteRequest request =
        read(
            new RemoteWriteBytes()
                .series(new Series().label("a", "1").label("a", "2").sample(1, 1).sample(2, 2))
                .series(new Series().label("__name__", new byte[] {(byte) 0xff}).sample(1, 1))
                .series(new Series().labels(UP).sample(1, 1)));
    assertThat(request.badSamples()).isEqualTo(3);
    assertThat(request.problem()).isEqualTo("label name \"a\" is not unique");
    assertThat(request.samples().size()).isEqualTo(1);
  }

  @Test
  void refusesNativeHistogramsAloud() {
    WriteRequest request =
        read(
            new RemoteWriteBytes()
                .series(new Series().labels(UP).histogram(0.5, 1).sample(1, 2).histogram(0.5, 3)));
    assertThat(request.badSamples()).isEqualTo(2);
    assertThat(request.problem()).isEqualTo("native histograms are not stored: " + UP);
    assertThat(text(request.samples())).containsExactly(UP + " 2 1.0");
  }

  @Test
  void refusesWhatIsNoRemoteWrite() {
    check(new byte[0], "the body is no snappy block");
    check("hello, this is text".getBytes(StandardCharsets.US_ASCII), "snappy");
    check(new byte[] {-1, -1, -1, -1, 7, 0}, "decompressed");
    check(new byte[] {-1, -1, 63, 0, 0, 0}, "6 bytes that announce 1048575 decompressed");
    check(RemoteWriteBytes.snappy(new byte[] {0x0b}), "wire type 3");
    check(RemoteWriteBytes.snappy(new byte[] {0x0a, 5, 1}), "ends early");
  }

  private void check(byte[] body, String message) {
    assertThatThrownBy(() -> WriteRequestReader.read(body, MAX_BYTES, cache))
        .isInstanceOf(WriteException.class)
        .hasMessageContaining(message);
  }

  @Test
  void readsOrRefusesWhateverComes() {
    Seeds.check(
        500,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          RemoteWriteBytes message = new RemoteWriteBytes();
          List<String> sent = new ArrayList<>();
          for (int i = random.nextInt(20); i >= 0; i--) {
            Labels labels =
                Labels.of(
                    "__name__", "m" + random.nextInt(5), "i", "x".repeat(random.nextInt(200)));
            double value = random.nextDouble();
            long timeMs = random.nextLong(1L << 42);
            message.series(new Series().labels(labels).sample(value, timeMs));
            sent.add(labels + " " + timeMs + " " + value);
          }
          WriteRequest request = read(message);
          request.remember(labels -> labels);
          assertThat(text(request.samples())).isEqualTo(sent);
          byte[] damaged = message.plain();
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
          try {
            WriteRequestReader.read(RemoteWriteBytes.snappy(damaged), MAX_BYTES, cache);
          } catch (WriteException _) {
            // the one declared way to refuse
          }
        });
  }

  private static List<String> text(SampleBatch batch) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      String value = Staleness.isMarker(batch.value(i)) ? "stale" : String.valueOf(batch.value(i));
      lines.add(batch.labels(i) + " " + batch.timestampMs(i) + " " + value);
    }
    return lines;
  }
}
