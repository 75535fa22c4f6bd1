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
import java.util.concurrent.TimeUnit;

/// Clients that send predictions, their truths and log lines as fast as they are answered, and
/// write down what they were told. They end when the server does. A line that was not answered is
/// sent again by the next run, as clients of logs do.
final class Pushers {
  private static final int CLIENTS = 3;

  /// What was acknowledged with 200: ids, and the truth of those whose truth was acknowledged too.
  private final Queue<String> predictions = new ConcurrentLinkedQueue<>();

  private final Map<String, String> truths = new ConcurrentHashMap<>();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();

  Queue<String> predictions() {
    return predictions;
  }

  Map<String, String> truths() {
    return truths;
  }

  /// Log lines that were acknowledged; their stream is `{app="m", run="…"}`.
  Queue<String> lines() {
    return lines;
  }

  /// Statuses other than success.
  Queue<Integer> refusals() {
    return refusals;
  }

  /// @param run goes into the ids, which no other run may use
  /// @return the threads to wait for once the server is gone
  List<Thread> start(URI server, int run) {
    List<Thread> clients = new ArrayList<>();
    List<String> again = List.copyOf(unanswered);
    unanswered.clear();
    clients.add(Thread.ofVirtual().start(() -> pushAgain(server, again)));
    for (int i = 0; i < CLIENTS; i++) {
      String prefix = run + "-" + i + "-";
      clients.add(Thread.ofVirtual().start(() -> push(server, run, prefix)));
    }
    return clients;
  }

  private void push(URI server, int run, String prefix) {
    URI model = server.resolve("/api/models/v1/m/");
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
        pushLine(client, server, line(run, id));
      }
    } catch (IOException _) {
      // The server is gone, which ends the run.
    } catch (InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  private void pushAgain(URI server, List<String> again) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String push : again) {
        pushLine(client, server, push);
      }
    } catch (IOException _) {
      // The server is gone, and those that were not answered wait for the next run.
    } catch (InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  private void pushLine(HttpClient client, URI server, String push)
      throws IOException, InterruptedException {
    unanswered.add(push);
    if (isStored(client, server.resolve("/loki/api/v1/push"), push)) {
      unanswered.remove(push);
      lines.add(
          push.substring(push.lastIndexOf(" line ") + " line ".length(), push.lastIndexOf(" end")));
    }
  }

  private static String line(int run, String id) {
    return "{\"streams\": [{\"stream\": {\"app\": \"m\", \"run\": \"%d\"}, \"values\": [[\"%d\", \"a line %s end\"]]}]}"
        .formatted(run, TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()), id);
  }

  private boolean isStored(HttpClient client, URI uri, String json)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    boolean stored = status == 200 || status == 204;
    if (!stored) {
      refusals.add(status);
    }
    return stored;
  }
}
