package dev.sightline.collect.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.collect.RecordingSink;
import dev.sightline.collect.discover.TargetGroup;
import dev.sightline.collect.scrape.ScrapeJob.Discovery;
import dev.sightline.collect.scrape.ScrapeJob.Limits;
import dev.sightline.collect.scrape.ScrapeJob.Timing;
import dev.sightline.collect.scrape.TargetStatus.Health;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.time.SystemClock;
import dev.sightline.model.time.ThreadScheduler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// One good target among many bad ones, on real sockets, threads and time.
class BadTargetsTest {
  private static final Timing TIMING = new Timing(Duration.ofMillis(200), Duration.ofMillis(100));
  private static final int GOOD_SCRAPES = 5;

  private static String repeated(String head, String body, int times) {
    return head + body.repeat(times);
  }

  private static Map<String, FaultyTarget.Answer> sins() {
    Map<String, FaultyTarget.Answer> sins = new TreeMap<>();
    String ok = "HTTP/1.1 200 OK\r\n";
    sins.put("silent", (socket, _) -> socket.getInputStream().read());
    sins.put("reset", (socket, _) -> socket.setSoLinger(true, 0));
    sins.put("hangup", (socket, _) -> socket.close());
    write(sins, "status", "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
    write(sins, "html", FaultyTarget.ok("<html><body>login</body></html>"));
    write(sins, "json", FaultyTarget.ok("{\"a\": 1}"));
    write(sins, "loop", "HTTP/1.1 302 F\r\nContent-Length: 0\r\nLocation: /loop\r\n\r\n");
    write(sins, "length", ok + "Content-Length: 2147483648\r\n\r\na 1\n");
    write(sins, "chunks", ok + "Transfer-Encoding: chunked\r\n\r\nffffffffffffff\r\na 1\n");
    write(sins, "gzip", ok + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\na 1\n");
    write(sins, "large", repeated(ok + "Content-Length: 4000000\r\n\r\n", "a 1\n", 1_000_000));
    write(sins, "samples", FaultyTarget.ok(numbered(200)));
    write(sins, "nul", FaultyTarget.ok("a 1\n\0\n"));
    write(sins, "crlf", FaultyTarget.ok("a 1\r\n"));
    write(sins, "quote", FaultyTarget.ok("a{b=\"" + "x".repeat(50_000)));
    sins.put("endless", (_, out) -> endless(out));
    return sins;
  }

  private static void write(Map<String, FaultyTarget.Answer> sins, String name, String answer) {
    sins.put(name, (_, out) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static void endless(OutputStream out) throws IOException {
    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    byte[] block = "# more\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
    while (true) {
      out.write(block);
    }
  }

  private static String numbered(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("a").append(i).append(" 1\n");
    }
    return text.toString();
  }

  /// Each target at a path of its own, which its instance is named by.
  private static ScrapeJob job(FaultyTarget server, List<String> paths) {
    List<TargetGroup> groups = new ArrayList<>();
    for (String path : paths) {
      Labels labels = Labels.of("__metrics_path__", "/" + path, "instance", path);
      groups.add(new TargetGroup(List.of(server.address()), labels));
    }
    return new ScrapeJob(
        "j",
        ScrapeJob.Endpoint.DEFAULT,
        TIMING,
        ScrapeJob.Reading.DEFAULT,
        new Limits(1 << 20, 100, 0, 0, 0, 0),
        ScrapeJob.Relabelling.NONE,
        new Discovery(groups, List.of()));
  }

  @Test
  void onlyTheBadTargetsAreDown() throws Exception {
    RecordingSink sink = new RecordingSink();
    Map<String, FaultyTarget.Answer> sins = sins();
    try (FaultyTarget server = new FaultyTarget()) {
      sins.forEach((name, answer) -> server.on("/" + name, answer));
      server.on("/good", FaultyTarget.ok("fine 1\n"));
      List<String> paths = new ArrayList<>(sins.keySet());
      paths.add("good");
      try (ScrapeService service =
          ScrapeService.start(
              List.of(job(server, paths)),
              sink,
              new SystemClock(),
              new ThreadScheduler(),
              new MeterRegistry())) {
        sink.awaitSamples("fine", GOOD_SCRAPES, Duration.ofSeconds(20));
        sink.awaitSeries("up", paths.size(), Duration.ofSeconds(20));
        for (TargetStatus status : service.targets()) {
          boolean good = status.target().labels().get("instance").equals("good");
          assertThat(status.lastScrape().health())
              .as(status.toString())
              .isEqualTo(good ? Health.UP : Health.DOWN);
          assertThat(status.lastScrape().error().isEmpty()).as(status.toString()).isEqualTo(good);
        }
      }
    }
    assertThat(sink.of("fine").getFirst()).doesNotContain("stale");
  }
}
