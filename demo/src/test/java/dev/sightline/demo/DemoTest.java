package dev.sightline.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.demo.traffic.FakeStack;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DemoTest {
  @Test
  void servesTheModelThenShowsAPageAndSendsTrafficUntilItIsClosed() throws Exception {
    try (FakeStack stack = new FakeStack();
        HttpClient client = HttpClient.newHttpClient()) {
      Demo demo = Demo.start();
      URI page;
      try (demo) {
        assertThat(status(client, demo.modelUri().resolve("/ping"))).isEqualTo(200);
        assertThat(stack.calls).isEmpty();
        page = demo.watch(stack.gatewayUri(), stack.serverUri(), null);
        assertThat(status(client, page)).isEqualTo(200);
        while (stack.calls.isEmpty()) {
          Thread.onSpinWait();
        }
        assertThat(demo.accuracy().value()).isGreaterThan(0.8);
        assertThat(score(client, demo.modelUri())).isEqualTo(200);
      }
      assertThat(stack.pushes.toString())
          .as("the model server's lines")
          .contains("\"service\":\"demo-model\"", "path=/invocations status=200 rows=1");
      for (URI closed : new URI[] {page, demo.modelUri()}) {
        assertThatThrownBy(() -> status(client, closed)).isInstanceOf(ConnectException.class);
      }
    }
  }

  @Test
  void closesAlsoWhenNobodyWatchedIt() {
    Demo demo = Demo.start();
    demo.close();
    demo.close();
  }

  private static int score(HttpClient client, URI model) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(model.resolve("/invocations"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"inputs\": [\"good\"]}"))
            .build();
    return client.send(request, BodyHandlers.ofString()).statusCode();
  }

  private static int status(HttpClient client, URI uri) throws Exception {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).statusCode();
  }
}
