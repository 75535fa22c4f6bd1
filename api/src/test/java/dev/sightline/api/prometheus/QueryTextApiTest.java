package dev.sightline.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.model.query.RunningQueries;
import dev.sightline.testkit.FakeClock;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueryTextApiTest {
  private final OneQuery one = new OneQuery();
  private final TestServer server = server();

  private TestServer server() {
    Routes routes = new Routes();
    new QueryTextApi(new Words()).addTo(routes);
    new RunningApi(one, new FakeClock(3_500)).addTo(routes);
    return new TestServer(routes);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void formatsAndParses() {
    assertThat(server.get("/api/v1/format_query?query=up").body())
        .isEqualTo("{\"status\":\"success\",\"data\":\"<up>\"}");
    assertThat(server.get("/api/v1/parse_query?query=up").body())
        .isEqualTo(
            "{\"status\":\"success\",\"data\":{\"text\":\"up\",\"size\":2,\"share\":0.5,"
                + "\"good\":true,\"nothing\":null,\"list\":[\"a\",[]]}}");
    HttpResponse<String> bad = server.get("/api/v1/parse_query");
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(bad.body()).contains("invalid parameter \\\"query\\\": 1:1: no query");
  }

  @Test
  void namesWhatTheLanguageKnows() {
    assertThat(server.get("/api/v1/features").body())
        .contains("\"api\":{\"format_query\":true")
        .contains("\"words\":{\"up\":true}");
  }

  @Test
  void listsAndEndsWhatRuns() {
    assertThat(server.get("/api/v1/status/active_queries").body())
        .isEqualTo(
            "{\"status\":\"success\",\"data\":[{\"id\":7,\"query\":\"up\","
                + "\"started\":\"1970-01-01T00:00:01Z\",\"elapsedSeconds\":2.5}]}");
    assertThat(server.send(server.to("/api/v1/status/active_queries/8").DELETE()).statusCode())
        .isEqualTo(404);
    assertThat(server.send(server.to("/api/v1/status/active_queries/x").DELETE()).statusCode())
        .isEqualTo(404);
    assertThat(one.ended).isEmpty();
    assertThat(server.send(server.to("/api/v1/status/active_queries/7").DELETE()).statusCode())
        .isEqualTo(204);
    assertThat(one.ended).containsExactly(7L);
  }

  /// One query that runs.
  private static final class OneQuery implements RunningQueries {
    private final List<Long> ended = new ArrayList<>();

    @Override
    public List<Running> running() {
      return List.of(new Running(7, "up", 1_000));
    }

    @Override
    public boolean end(long id) {
      return id == 7 && ended.add(id);
    }
  }
}
