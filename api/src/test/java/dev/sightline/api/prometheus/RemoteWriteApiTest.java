package dev.sightline.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.model.label.Labels;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SeriesSink.Durability;
import dev.sightline.model.series.SeriesSink.Outcome;
import dev.sightline.model.series.SeriesSink.Reason;
import dev.sightline.model.series.SeriesSink.Refusal;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.testkit.RemoteWriteBytes;
import dev.sightline.testkit.RemoteWriteBytes.Series;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteWriteApiTest {
  private static final Labels UP = Labels.of("__name__", "up", "job", "a");

  private final List<String> stored = new ArrayList<>();
  private boolean full;
  private TestServer server;

  @BeforeEach
  void open() {
    Routes routes = new Routes();
    new RemoteWriteApi(this::append, 1 << 20).addTo(routes);
    server = new TestServer(routes);
  }

  @AfterEach
  void close() {
    server.close();
  }

  /// A store that has a sample at 1 already.
  private Outcome append(SampleBatch batch, Durability durability) {
    if (full) {
      throw new StoreUnavailableException("the disk is full", new IOException("no space"));
    }
    assertThat(durability).isEqualTo(Durability.ON_DISK);
    List<Refusal> refused = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      if (batch.timestampMs(i) == 1) {
        refused.add(new Refusal(i, Reason.DUPLICATE_TIMESTAMP, "sample of x at 1: stored already"));
      } else {
        stored.add(batch.labels(i) + " " + batch.timestampMs(i) + " " + batch.value(i));
      }
    }
    return new Outcome(batch.size() - refused.size(), refused, refused.size());
  }

  private HttpResponse<String> write(byte[] body, String... headers) {
    return server.send(
        server
            .to("/api/v1/write")
            .headers(headers)
            .header("X-Prometheus-Remote-Write-Version", "0.1.0")
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private HttpResponse<String> write(RemoteWriteBytes message) {
    return write(
        message.snappy(), "Content-Encoding", "snappy", "Content-Type", "application/x-protobuf");
  }

  @Test
  void storesSamplesOfSeriesOldAndNew() {
    RemoteWriteBytes first = new RemoteWriteBytes().series(new Series().labels(UP).sample(1, 10));
    assertThat(write(first).statusCode()).isEqualTo(204);
    assertThat(write(new RemoteWriteBytes()).statusCode()).as("nothing to store").isEqualTo(204);
    RemoteWriteBytes second = new RemoteWriteBytes().series(new Series().labels(UP).sample(2, 20));
    assertThat(write(second).statusCode()).isEqualTo(204);
    assertThat(stored).containsExactly(UP + " 10 1.0", UP + " 20 2.0");
  }

  @Test
  void storesTheOthersAndNamesTheFirstRefusedInOneLine() {
    HttpResponse<String> reply =
        write(
            new RemoteWriteBytes()
                .series(new Series().labels(UP).sample(1, 10).sample(7, 1))
                .series(new Series().label("a", "1").label("a", "2").sample(1, 1)));
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body())
        .isEqualTo(
            "duplicate sample for timestamp: sample of x at 1: stored already"
                + " (2 of 3 samples were refused)\n");
    assertThat(stored).containsExactly(UP + " 10 1.0");
  }

  @Test
  void saysWhenItCannotStoreAnything() {
    full = true;
    HttpResponse<String> reply =
        write(new RemoteWriteBytes().series(new Series().labels(UP).sample(1, 10)));
    assertThat(reply.statusCode()).isEqualTo(503);
    assertThat(reply.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void refusesWhatItDoesNotSpeak() {
    byte[] body = new RemoteWriteBytes().snappy();
    assertThat(write(body, "Content-Encoding", "gzip").statusCode()).isEqualTo(415);
    assertThat(write(body, "Content-Type", "application/json").statusCode()).isEqualTo(415);
    String version2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";
    assertThat(write(body, "Content-Type", version2).statusCode()).isEqualTo(415);
    byte[] text = "up 1".getBytes(StandardCharsets.US_ASCII);
    assertThat(write(text, "Content-Encoding", "snappy").statusCode()).isEqualTo(400);
    byte[] bomb = {-1, -1, -1, -1, 7, 0};
    assertThat(write(bomb, "Content-Encoding", "snappy").statusCode()).isEqualTo(400);
  }
}
