package dev.sightline.api.loki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.model.log.LogDeletions.State;
import dev.sightline.testkit.FakeClock;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeleteApiTest {
  private static final long NOW_MS = 1_700_000_000_000L;
  private static final String PATH = "/loki/api/v1/delete";

  private final FakeLogDeletions deletions = new FakeLogDeletions();
  private final TestServer server = new TestServer(routes());

  private Routes routes() {
    Routes routes = new Routes();
    new DeleteApi(deletions, new FakeClock(NOW_MS)).addTo(routes);
    return routes;
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> call(String method, String query) {
    return server.send(server.to(PATH + query).method(method, BodyPublishers.noBody()));
  }

  private static String query(String text) {
    return "?query=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void aDeletionIsAskedForSeenAndTakenBack() {
    String which = query("{app=\"a\"} |= \"secret\"");
    assertThat(call("POST", which + "&start=1699990000&end=1699995000").statusCode())
        .isEqualTo(204);
    assertThat(call("PUT", query("{app=\"b\"}") + "&start=1699990000").statusCode()).isEqualTo(204);
    assertThat(server.get(PATH).body())
        .isEqualTo(
            """
            [{"request_id":"000","start_time":1699990000,"end_time":1699995000,\
            "query":"{app=\\"a\\"} |= \\"secret\\"","status":"received","created_at":1700000000},\
            {"request_id":"001","start_time":1699990000,"end_time":1700000000,\
            "query":"{app=\\"b\\"}","status":"received","created_at":1700000000}]""");
    assertThat(call("DELETE", "?request_id=000").statusCode()).isEqualTo(204);
    assertThat(call("DELETE", "?request_id=000").statusCode()).isEqualTo(404);
    deletions.become(State.RUNNING);
    assertThat(server.get(PATH).body()).contains("\"25% Complete\"");
    assertThat(call("DELETE", "?request_id=001").statusCode()).isEqualTo(400);
    assertThat(call("DELETE", "?request_id=001&force=true").statusCode()).isEqualTo(204);
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThat(call("POST", "?start=1").body()).isEqualTo("query not set");
    assertThat(call("POST", query("{app=\"a\"}")).body()).isEqualTo("start time not set");
    assertThat(call("POST", query("{app=\"a\"}") + "&start=1700000001").body())
        .isEqualTo("start time can't be greater than end time");
    assertThat(call("POST", query("{app=\"a\"}") + "&start=1&end=1700000001").body())
        .isEqualTo("deletes in the future are not allowed");
    assertThat(call("DELETE", "").body()).isEqualTo("request_id not set");
  }
}
