package dev.sightline.api.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.RawConnection;
import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.query.SqlQueries;
import dev.sightline.model.query.SqlQueries.Column;
import dev.sightline.model.query.SqlQueries.Kind;
import dev.sightline.model.query.SqlQueries.Outcome;
import dev.sightline.model.query.SqlQueries.Question;
import dev.sightline.model.query.SqlQueries.Truncation;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The HTTP side of SQL: what comes in, how it goes out, and who has left.
class SqlApiTest {
  private static final String PATH = "/api/models/v1/sql";

  private final BlockingQueue<Question> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> left = new LinkedBlockingQueue<>();
  private final AtomicInteger seen = new AtomicInteger();
  private final TestServer server = open();

  private TestServer open() {
    Routes routes = new Routes();
    new SqlApi(this::answer).addTo(routes);
    return new TestServer(routes);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Outcome answer(Question question, SqlQueries.Rows into) {
    asked.add(question);
    if (question.sql().equals("bad")) {
      throw new QueryException.BadQuery(new Position(0, 0), "1:1: no SELECT");
    }
    if (question.sql().equals("wait")) {
      while (question.isWanted().getAsBoolean()) {
        Thread.onSpinWait();
      }
      left.add(question.sql());
      throw new QueryException.Canceled("gone");
    }
    if (question.sql().equals("look")) {
      while (seen.get() < 1_000 && question.isWanted().getAsBoolean()) {
        seen.incrementAndGet();
      }
    }
    into.columns(
        List.of(
            new Column("n", "DOUBLE", Kind.NUMBER),
            new Column("ok", "BOOLEAN", Kind.FLAG),
            new Column("a,b", "VARCHAR", Kind.TEXT)));
    into.row(Arrays.asList("1.5", "true", "x\"y"));
    into.row(Arrays.asList("NaN", null, ""));
    boolean cut = question.sql().equals("cut");
    return new Outcome(cut ? Truncation.ROWS : Truncation.NONE, cut ? 7 : 0);
  }

  private HttpResponse<String> post(String body, String accept) {
    return server.send(
        server
            .to(PATH)
            .header("Content-Type", "text/plain")
            .header("Accept", accept)
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void answersAsJsonCsvAndLines() {
    assertThat(post("SELECT 1", "*/*").body())
        .isEqualTo(
            "{\"columns\":[{\"name\":\"n\",\"type\":\"DOUBLE\"},{\"name\":\"ok\",\"type\":"
                + "\"BOOLEAN\"},{\"name\":\"a,b\",\"type\":\"VARCHAR\"}],\"rows\":[[1.5,true,"
                + "\"x\\\"y\"],[\"NaN\",null,\"\"]],\"truncated\":false,\"unread\":0}");
    assertThat(post("SELECT 1", "text/csv").body())
        .isEqualTo("n,ok,\"a,b\"\n1.5,true,\"x\"\"y\"\nNaN,,\"\"\n");
    assertThat(post("SELECT 1", "text/html, application/x-ndjson;q=0.5").body())
        .isEqualTo(
            "{\"n\":1.5,\"ok\":true,\"a,b\":\"x\\\"y\"}\n"
                + "{\"n\":\"NaN\",\"ok\":null,\"a,b\":\"\"}\n");
  }

  @Test
  void whatIsMissingIsSaidInEveryForm() {
    HttpResponse<String> csv = post("cut", "text/csv");
    assertThat(csv.headers().firstValue("Sightline-Truncated")).contains("rows");
    assertThat(csv.headers().firstValue("Sightline-Unread")).contains("7");
    assertThat(post("cut", "*/*").body()).endsWith("\"truncated\":\"rows\",\"unread\":7}");
  }

  @Test
  void takesAStatementAsItIsOrInJson() throws InterruptedException {
    HttpResponse<String> answer =
        server.post(PATH + "?limit=5&timeout=2s", "application/json", "{\"sql\": \"SELECT 'é'\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    Question question = asked.take();
    assertThat(question.sql()).isEqualTo("SELECT 'é'");
    assertThat(question.maxRows()).isEqualTo(5);
    assertThat(question.timeout()).isEqualTo(Duration.ofSeconds(2));
    String form = "application/x-www-form-urlencoded";
    assertThat(server.post(PATH, form, "limit=7&sql=SELECT+1").statusCode()).isEqualTo(200);
    assertThat(asked.take().sql()).isEqualTo("SELECT 1");
    assertThat(server.post(PATH, form, "SELECT 1").body()).contains("the field sql");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(post("bad", "*/*").body()).contains("1:1: no SELECT");
    assertThat(post("bad", "*/*").statusCode()).isEqualTo(400);
    assertThat(post(" ", "*/*").body()).contains("the body is empty");
    assertThat(server.post(PATH, "application/json", "[]").body()).contains("{\\\"sql\\\"");
    assertThat(server.post(PATH + "?limit=0", "text/plain", "x").body()).contains("1 to 100000");
    assertThat(server.post(PATH + "?timeout=1h", "text/plain", "x").body()).contains("up to 2m");
    assertThat(asked).hasSize(2);
  }

  @Test
  void whoLeavesIsNoticedWhileTheStatementRuns() throws Exception {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(
          "POST " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\n\r\nwait");
      asked.take();
    }
    assertThat(left.poll(30, TimeUnit.SECONDS)).isEqualTo("wait");
  }

  @Test
  void whatIsSentEarlyMeanwhileIsNotLost() {
    String call = "POST " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\n";
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(call + "\r\nlook" + call + "Connection: close\r\n\r\nlast");
      assertThat(connection.readToEnd().split("HTTP/1.1 200", -1)).hasSize(3);
    }
    assertThat(seen).hasValue(1_000);
    assertThat(asked.stream().map(Question::sql)).containsExactly("look", "last");
  }
}
