package dev.sightline.apptest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Clients that send predictions and their truths as fast as they are answered, and write down what
/// they were told. They end when the server does.
final class Pushers {
  private static final int CLIENTS = 3;

  /// What was acknowledged with 200: ids, and the truth of those whose truth was acknowledged too.
  private final Queue<String> predictions = new ConcurrentLinkedQueue<>();

  private final Map<String, String> truths = new ConcurrentHashMap<>();
  private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();

  Queue<String> predictions() {
    return predictions;
  }

  Map<String, String> truths() {
    return truths;
  }

  /// Statuses other than 200.
  Queue<Integer> refusals() {
    return refusals;
  }

  /// @param run goes into the ids, which no other run may use
  /// @return the threads to wait for once the server is gone
  List<Thread> start(URI server, int run) {
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      String prefix = run + "-" + i + "-";
      clients.add(
          Thread.ofVirtual().start(() -> push(server.resolve("/api/models/v1/m/"), prefix)));
    }
    return clients;
  }

  private void push(URI model, String prefix) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int n = 0; ; n++) {
        String id = prefix + n;
        String row = "{\"id\": \"%s\", \"features\": {\"n\": %d}, \"prediction\": \"a\"}";
        if (isStored(client, model.resolve("predictions"), row.formatted(id, n))) {
          predictions.add(id);
        }
        String value = n % 3 == 0 ? "b" : "a";
        String truth = "{\"id\": \"%s\", \"value\": \"%s\"}".formatted(id, value);
        if (isStored(client, model.resolve("ground-truth"), truth)) {
          truths.put(id, value);
        }
      }
    } catch (IOException _) {
      // The server is gone, which ends the run.
    } catch (InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  private boolean isStored(HttpClient client, URI uri, String json)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      refusals.add(status);
    }
    return status == 200;
  }
}
