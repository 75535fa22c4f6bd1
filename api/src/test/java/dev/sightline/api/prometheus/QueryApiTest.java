package dev.sightline.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.TestServer;
import dev.sightline.api.auth.AuthConfig;
import dev.sightline.api.http.CallId;
import dev.sightline.api.http.HttpLimits;
import dev.sightline.api.http.Routes;
import dev.sightline.model.histogram.Buckets;
import dev.sightline.model.histogram.CustomBounds;
import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.histogram.ResetHint;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.Answer;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.testkit.FakeClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueryApiTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final FakeMetrics metrics = new FakeMetrics();
  private final QueryPool pool = new QueryPool(new QueryPool.Limits(1, 1, Duration.ofMillis(200)));
  private TestServer server;

  @BeforeEach
  void open() {
    Routes routes = new Routes();
    new QueryApi(metrics, pool, new FakeClock(1_700_000_000_123L)).addTo(routes);
    server = new TestServer(routes);
  }

  @AfterEach
  void close() {
    server.close();
    pool.close();
  }

  private static Answer answer(Answer.Result result) {
    return new Answer(result, List.of(), List.of());
  }

  private static Answer.Vector vector() {
    Labels up = Labels.of("__name__", "up", "job", "a\"b");
    return new Answer.Vector(
        List.of(
            new Answer.Point(up, 1_700_000_000_123L, 1),
            new Answer.Point(Labels.EMPTY, 1_700_000_000_000L, Double.NaN)));
  }

  private void check(String path, int status, String body) {
    HttpResponse<String> reply = server.get(path);
    assertThat(reply.body()).as(path).isEqualTo(body);
    assertThat(reply.statusCode()).as(path).isEqualTo(status);
  }

  private void refused(String path, int status, String type, String message) {
    String text = message.replace("\\", "\\\\").replace("\"", "\\\"");
    check(
        path,
        status,
        "{\"status\":\"error\",\"errorType\":\"" + type + "\",\"error\":\"" + text + "\"}");
  }

  @Test
  void writesEveryTypeOfResultAsPrometheusDoes() {
    metrics.answer("v", () -> answer(vector()));
    check(
        "/api/v1/query?query=v",
        200,
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
            + "{\"metric\":{\"__name__\":\"up\",\"job\":\"a\\\"b\"},"
            + "\"value\":[1700000000.123,\"1\"]},"
            + "{\"metric\":{},\"value\":[1700000000,\"NaN\"]}]}}");
    metrics.answer("1", () -> answer(new Answer.Scalar(1_500, Double.POSITIVE_INFINITY)));
    check(
        "/api/v1/query?query=1",
        200,
        "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1.500,\"+Inf\"]}}");
    metrics.answer("'x'", () -> answer(new Answer.Text(0, "x\n")));
    check(
        "/api/v1/query?query=%27x%27",
        200,
        "{\"status\":\"success\",\"data\":{\"resultType\":\"string\",\"result\":[0,\"x\\n\"]}}");
  }

  @Test
  void writesRangesAsColumnsOfPoints() {
    SampleColumns columns = new SampleColumns();
    columns.add(1_000, 0.25);
    columns.add(16_000, -3e25);
    Answer.Series series = new Answer.Series(Labels.of("job", "a"), columns);
    metrics.answer("m", () -> answer(new Answer.Matrix(List.of(series))));
    check(
        "/api/v1/query_range?query=m&start=1&end=16&step=15s",
        200,
        "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":["
            + "{\"metric\":{\"job\":\"a\"},\"values\":[[1,\"0.25\"],[16,\"-3e+25\"]]}]}}");
    assertThat(metrics.asked()).containsExactly("range m from 1000 to 16000 by 15000");
  }

  @Test
  void aQueryMayTakeLongerThanAConnectionMayBeSilent() {
    Routes routes = new Routes();
    new QueryApi(metrics, pool, new FakeClock(0)).addTo(routes);
    HttpLimits limits = HttpLimits.DEFAULT;
    HttpLimits impatient =
        new HttpLimits(
            limits.connections(),
            limits.headerBytes(),
            limits.headerTime(),
            Duration.ofMillis(400),
            limits.bodyBytes(),
            limits.decompressedBytes(),
            limits.decompressionRatio());
    try (TestServer quick = new TestServer(routes, AuthConfig.OFF, impatient, null)) {
      metrics.answer(
          "slow",
          () -> {
            // Twice another connection is closed for its silence: this one is silent for longer.
            untilClosed(quick.port());
            untilClosed(quick.port());
            return answer(new Answer.Scalar(0, 1));
          });
      HttpResponse<String> reply = quick.get("/api/v1/query?query=slow");
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    }
  }

  private static void untilClosed(int port) {
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String ask = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";
      silent.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
      silent.getInputStream().readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void writesHistogramsWithTheirBuckets() {
    NativeHistogram histogram =
        new NativeHistogram(
            0,
            6.5,
            -1,
            0.001,
            2,
            Buckets.from(1, 3, 0),
            Buckets.from(0, 1.5),
            CustomBounds.NONE,
            ResetHint.UNKNOWN);
    String text =
        "{\"count\":\"6.5\",\"sum\":\"-1\",\"buckets\":[[1,\"-1\",\"-0.5\",\"1.5\"],"
            + "[3,\"-0.001\",\"0.001\",\"2\"],[0,\"1\",\"2\",\"3\"]]}";
    Answer.Point point = new Answer.Point(Labels.of("job", "a"), 1_500, histogram);
    metrics.answer("h", () -> answer(new Answer.Vector(List.of(point))));
    check(
        "/api/v1/query?query=h",
        200,
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
            + "{\"metric\":{\"job\":\"a\"},\"histogram\":[1.500,"
            + text
            + "]}]}}");
    SampleColumns columns = new SampleColumns();
    columns.add(1_000, histogram);
    columns.add(2_000, 7);
    Answer.Series series = new Answer.Series(Labels.of("job", "a"), columns);
    metrics.answer("m", () -> answer(new Answer.Matrix(List.of(series))));
    check(
        "/api/v1/query_range?query=m&start=1&end=2&step=1",
        200,
        "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":["
            + "{\"metric\":{\"job\":\"a\"},\"values\":[[2,\"7\"]],\"histograms\":[[1,"
            + text
            + "]]}]}}");
  }

  @Test
  void showsWarningsAndInfos() {
    metrics.answer("w", () -> new Answer(vector(), List.of("careful"), List.of("by the way")));
    assertThat(server.get("/api/v1/query?query=w").body())
        .endsWith("]},\"warnings\":[\"careful\"],\"infos\":[\"by the way\"]}");
    assertThat(server.get("/api/v1/query?query=w&limit=1").body())
        .contains("\"result\":[{\"metric\":{\"__name__\"")
        .doesNotContain("NaN")
        .contains("\"warnings\":[\"careful\",\"results truncated due to limit\"]");
    assertThat(server.get("/api/v1/query?query=w&limit=2").body()).doesNotContain("truncated");
  }

  @Test
  void takesTimesAndOptionsInEveryForm() {
    metrics.answer("v", () -> answer(vector()));
    server.get("/api/v1/query?query=v");
    server.get("/api/v1/query?query=v&time=1.5&timeout=5s&lookback_delta=1m");
    server.get("/api/v1/query?query=v&time=2023-11-14T22:13:20.5%2B01:00&timeout=0.5");
    server.post("/api/v1/query", FORM, "query=v&time=2023-11-14T22:13:20Z&timeout=1h");
    server.get("/api/v1/query?query=v&time=-292273086-05-16T16:47:06Z");
    assertThat(metrics.asked())
        .containsExactly(
            "instant v at 1700000000123 Options[timeout=PT2M, lookback=PT5M]",
            "instant v at 1500 Options[timeout=PT5S, lookback=PT1M]",
            "instant v at 1699996400500 Options[timeout=PT0.5S, lookback=PT5M]",
            "instant v at 1700000000000 Options[timeout=PT2M, lookback=PT5M]",
            "instant v at " + Parameters.EARLIEST_MS + " Options[timeout=PT2M, lookback=PT5M]");
  }

  @Test
  void refusesBadParametersInPrometheusWords() {
    String query = "/api/v1/query?query=v&";
    refused(
        query + "time=foo",
        400,
        "bad_data",
        "invalid parameter \"time\": invalid time value for 'time': cannot parse \"foo\" to a"
            + " valid timestamp");
    refused(
        query + "timeout=foo",
        400,
        "bad_data",
        "invalid parameter \"timeout\": cannot parse \"foo\" to a valid duration");
    refused(
        query + "limit=-1",
        400,
        "bad_data",
        "invalid parameter \"limit\": limit must be non-negative");
    refused(
        query + "limit=x",
        400,
        "bad_data",
        "invalid parameter \"limit\": strconv.Atoi: parsing \"x\": invalid syntax");
    refused(
        query + "lookback_delta=x",
        400,
        "bad_data",
        "error parsing lookback delta duration: cannot parse \"x\" to a valid duration");
    refused(
        "/api/v1/query?query=",
        400,
        "bad_data",
        "invalid parameter \"query\": 1:1: parse error: no expression found in input");
  }

  @Test
  void refusesBadRangesInPrometheusWords() {
    String range = "/api/v1/query_range?query=v&";
    refused(
        range + "end=2&step=1",
        400,
        "bad_data",
        "invalid parameter \"start\": cannot parse \"\" to a valid timestamp");
    refused(
        range + "start=2&end=1&step=1",
        400,
        "bad_data",
        "invalid parameter \"end\": end timestamp must not be before start time");
    refused(
        range + "start=1&end=2&step=0",
        400,
        "bad_data",
        "invalid parameter \"step\": zero or negative query resolution step widths are not"
            + " accepted. Try a positive integer");
    refused(
        range + "start=0&end=11001&step=1",
        400,
        "bad_data",
        "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query"
            + " resolution (?step=XX)");
    refused(
        range + "start=1&end=2&step=1e300",
        400,
        "bad_data",
        "invalid parameter \"step\": cannot parse \"1e300\" to a valid duration. It overflows"
            + " int64");
  }

  @Test
  void eachFailureOfAQueryHasItsPlace() {
    metrics.answer("f", failing(new QueryException.Failed("many-to-many")));
    refused("/api/v1/query?query=f", 422, "execution", "many-to-many");
    metrics.answer("l", failing(new QueryException.LimitExceeded("too many samples")));
    refused("/api/v1/query?query=l", 422, "execution", "too many samples");
    metrics.answer("t", failing(new QueryException.TimedOut("query timed out")));
    refused("/api/v1/query?query=t", 503, "timeout", "query timed out");
    metrics.answer("c", failing(new QueryException.Canceled("query was canceled")));
    refused("/api/v1/query?query=c", 503, "canceled", "query was canceled");
  }

  private static Supplier<Answer> failing(QueryException failure) {
    return () -> {
      throw failure;
    };
  }

  @Test
  void tooManyQueriesAreTurnedAwayAndNothingElseIs() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    metrics.answer(
        "slow",
        () -> {
          running.countDown();
          try {
            end.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          return answer(vector());
        });
    metrics.answer("v", () -> answer(vector()));
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> slow =
          clients.submit(() -> server.get("/api/v1/query?query=slow").statusCode());
      running.await();
      HttpResponse<String> late = server.get("/api/v1/query?query=v");
      assertThat(late.statusCode()).isEqualTo(503);
      assertThat(late.headers().firstValue("Retry-After")).isPresent();
      assertThat(late.body()).contains("too many queries");
      end.countDown();
      assertThat(slow.get()).isEqualTo(200);
    }
    assertThat(server.get("/api/v1/query?query=v").statusCode()).isEqualTo(200);
  }

  @Test
  void aQueryThatNobodyWaitsForIsInterrupted() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    metrics.answer(
        "endless",
        () -> {
          running.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException _) {
            interrupted.countDown();
          }
          return answer(vector());
        });
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      client
          .getOutputStream()
          .write(
              "GET /api/v1/query?query=endless HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      running.await();
      assertThat(interrupted.getCount()).as("while the client waits").isOne();
    }
    interrupted.await();
  }

  @Test
  void aQueryRunsUnderTheIdOfItsCall() {
    try (CallId.Work _ = CallId.workFor("call-1")) {
      assertThat(pool.run(() -> String.valueOf(CallId.current()))).isEqualTo("call-1");
    }
    assertThat(pool.run(() -> String.valueOf(CallId.current()))).isEqualTo("null");
  }
}
