package dev.sightline.apptest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Killed or asked to end in the middle of writing, the server keeps what it acknowledged.
class KilledUnderLoadTest {
  private static final int ROUNDS = 2;
  private static final int WRITTEN_EACH_ROUND = 60;

  @TempDir Path data;
  private final Pushers pushers = new Pushers();

  @Test
  void everythingAcknowledgedIsThere() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      try (ServerProcess server = ServerProcess.start(data, 0, "serve")) {
        List<Thread> clients = load(server, round);
        server.kill();
        join(clients);
      }
    }
    try (ServerProcess server = ServerProcess.start(data, 0, "serve")) {
      List<Thread> clients = load(server, ROUNDS);
      assertThat(server.terminate()).isZero();
      join(clients);
    }
    // While it starts and ends, it may ask to come again, and nothing else.
    assertThat(pushers.refusals()).allMatch(status -> status == 503);
    try (ServerProcess server = ServerProcess.start(data, 0, "serve")) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> server.get("/-/ready").statusCode() == 200);
      Map<String, String> found = found(server);
      assertThat(found.keySet()).containsAll(pushers.predictions());
      assertThat(found).containsAllEntriesOf(pushers.truths());
      List<String> lines = lines(server);
      assertThat(lines).doesNotHaveDuplicates();
      assertThat(lines).containsAll(pushers.lines());
    }
  }

  private List<Thread> load(ServerProcess server, int round) {
    int before = pushers.predictions().size();
    List<Thread> clients = pushers.start(server.server(), round);
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> pushers.predictions().size() >= before + WRITTEN_EACH_ROUND);
    return clients;
  }

  private static void join(List<Thread> clients) throws InterruptedException {
    for (Thread client : clients) {
      client.join();
    }
  }

  /// The ids in all stored lines, as often as they are there.
  private static List<String> lines(ServerProcess server) {
    List<String> lines = new ArrayList<>();
    for (int run = 0; run <= ROUNDS; run++) {
      List<ServerProcess.StoredLine> found = server.lines("{app=\"m\", run=\"" + run + "\"}");
      assertThat(found.size()).as("all lines of a run in one answer").isBetween(1, 4_999);
      found.forEach(line -> lines.add(line.text().split(" ")[2]));
    }
    return lines;
  }

  /// Every stored id with its truth, which is empty where none came.
  private static Map<String, String> found(ServerProcess server) {
    Map<String, String> found = new HashMap<>();
    String cursor = "";
    do {
      JsonNode page = server.json("/api/models/v1/m/predictions?limit=1000&order=asc" + cursor);
      for (JsonNode row : page.path("predictions")) {
        String truth = row.path("ground_truth").path("value").asString("");
        found.put(row.path("id").asString(), truth);
      }
      cursor = page.has("cursor") ? "&cursor=" + page.path("cursor").asString() : "";
    } while (!cursor.isEmpty());
    return found;
  }
}
