package dev.sightline.collect.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.registry.PollState;
import dev.sightline.model.registry.Stage;
import dev.sightline.model.registry.VersionFacts;
import dev.sightline.testkit.FakeClock;
import dev.sightline.wire.outgoing.Authorization;
import dev.sightline.wire.outgoing.TlsSettings;
import dev.sightline.wire.yaml.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowServiceTest {
  private static final Duration PERIOD = Duration.ofMinutes(1);

  @TempDir Path directory;
  private final FakeClock clock = new FakeClock(1_750_000_000_000L);
  private final MeterRegistry meters = new MeterRegistry();
  private final List<Map<String, Map<String, VersionFacts>>> polled = new ArrayList<>();
  private final MlflowService service =
      new MlflowService(new MlflowService.Parts(polled::add, clock, clock, meters));
  private @Nullable HttpServer stub;

  @AfterEach
  void close() {
    service.close();
    if (stub != null) {
      stub.stop(0);
    }
  }

  private static MlflowJob job(URI uri, Set<String> models, @Nullable Authorization by) {
    return new MlflowJob(uri, PERIOD, models, by, TlsSettings.DEFAULT);
  }

  private PollState poll() {
    clock.advance(PERIOD);
    return service.state();
  }

  /// Says what no healthy server says.
  private URI answering(int status, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, status, body));
    server.start();
    stub = server;
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    String who = exchange.getRequestHeaders().getFirst("Authorization");
    boolean guarded = exchange.getRequestURI().getPath().startsWith("/guarded");
    int code = guarded && !"Basic YWRhOnB3".equals(who) ? 401 : status;
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void aRealServersVersionsAliasesAndStagesAreRead() throws IOException, InterruptedException {
    try (MlflowServer server = MlflowServer.start(directory)) {
      for (String name : List.of("churn", "credit")) {
        server.post("registered-models/create", "{\"name\":\"" + name + "\"}");
        for (int version = 1; version <= 3; version++) {
          server.post(
              "model-versions/create",
              "{\"name\":\""
                  + name
                  + "\",\"source\":\"s3://bucket/model\",\"description\":\"the "
                  + version
                  + "\",\"tags\":[{\"key\":\"team\",\"value\":\"a\"}]}");
        }
      }
      server.post(
          "registered-models/alias",
          "{\"name\":\"churn\",\"alias\":\"champion\",\"version\":\"2\"}");
      server.post(
          "model-versions/transition-stage",
          "{\"name\":\"churn\",\"version\":\"2\",\"stage\":\"Production\"}");
      service.take(job(server.address(), Set.of("churn"), null));
      assertThat(poll().failure()).isEmpty();
      VersionFacts second = polled.getLast().get("churn").get("2");
      assertThat(polled.getLast()).containsOnlyKeys("churn");
      assertThat(polled.getLast().get("churn")).containsOnlyKeys("1", "2", "3");
      assertThat(second.stage()).isEqualTo(Stage.PRODUCTION);
      assertThat(second.aliases()).containsExactly("champion");
      assertThat(second.description()).isEqualTo("the 2");
      assertThat(second.tags()).isEqualTo(Map.of("team", "a"));
      assertThat(second.createdMs()).isGreaterThan(1_600_000_000_000L);
      pagesAreReadToTheirEnd(server);
      server.stop();
      int before = polled.size();
      assertThat(poll().failure()).startsWith("no answer from " + server.address());
      assertThat(polled).hasSize(before);
    }
  }

  private static void pagesAreReadToTheirEnd(MlflowServer server) {
    try (MlflowClient client = new MlflowClient(job(server.address(), Set.of(), null), 1)) {
      Map<String, Map<String, VersionFacts>> all = new MlflowReader(Set.of()).read(client);
      assertThat(all).containsOnlyKeys("churn", "credit");
      assertThat(all.get("credit")).containsOnlyKeys("1", "2", "3");
    } catch (MlflowException bad) {
      throw new AssertionError(bad);
    }
  }

  @Test
  void credentialsAreShown() throws IOException {
    URI guarded = answering(200, "{}").resolve("/guarded");
    service.take(job(guarded, Set.of(), null));
    assertThat(poll().failure()).isEqualTo("registered-models/search answers 401 {}");
    Authorization ada =
        new Authorization.Basic(
            new Authorization.Source.Given(new Secret("ada")),
            new Authorization.Source.Given(new Secret("pw")));
    service.take(job(guarded, Set.of(), ada));
    assertThat(poll().failure()).isEmpty();
    assertThat(polled.getLast()).isEmpty();
  }

  @Test
  void aCallThatFailsChangesNothingAndIsSaid() throws IOException {
    service.take(job(answering(500, "a \n fault"), Set.of(), null));
    PollState state = poll();
    assertThat(state.failure()).isEqualTo("registered-models/search answers 500 a fault");
    assertThat(state.lastSuccessMs()).isNull();
    assertThat(polled).isEmpty();
    assertThat(meters.read().toString()).contains("sightline_mlflow_up");
  }

  @Test
  void whatIsNoAnswerIsSaid() throws IOException {
    service.take(job(answering(200, "<html>"), Set.of(), null));
    assertThat(poll().failure()).startsWith("registered-models/search answers no JSON: ");
    close();
    service.take(job(answering(200, "{\"next_page_token\":\"again\"}"), Set.of(), null));
    assertThat(poll().failure())
        .isEqualTo("registered-models/search answers the same page again and again");
    service.take(null);
    assertThat(service.state()).isNull();
  }
}
