package dev.sightline.api.loki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.logql.eval.LogQueryEngine;
import dev.sightline.logql.eval.LogQueryLimits;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.log.LogSink;
import dev.sightline.script.memory.MemoryLogs;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.Golden;
import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LokiApiTest {
  private static final String PUSH = "/loki/api/v1/push";
  private static final long NOW_MS = 1_700_000_000_000L;

  private final MemoryLogs logs = new MemoryLogs();
  private final QueryPool pool = new QueryPool(QueryPool.Limits.DEFAULT);
  private TestServer server;

  @BeforeEach
  void open() {
    FakeClock clock = new FakeClock(NOW_MS);
    LogQueryEngine queries = new LogQueryEngine(logs, LogQueryLimits.DEFAULT, clock);
    Routes routes = new Routes();
    new PushApi(this::append, queries).addTo(routes);
    new LogQueryApi(queries, pool, clock).addTo(routes);
    new ExportApi(queries, clock).addTo(routes);
    new StreamsApi(logs, queries, pool, clock, "0.1.0").addTo(routes);
    new DetectionApi(logs, queries, pool, clock).addTo(routes);
    server = new TestServer(routes);
  }

  @AfterEach
  void close() {
    server.close();
    pool.close();
  }

  /// A store that takes no lines of 1970.
  private LogSink.Outcome append(LogBatch batch) {
    LogBatch kept = new LogBatch();
    List<LogSink.Refusal> refused = new java.util.ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      if (batch.timestampNs(i) < 1_000) {
        refused.add(new LogSink.Refusal(i, "entry for stream '" + batch.stream(i) + "' is old"));
      } else {
        kept.add(batch.stream(i), batch.timestampNs(i), batch.line(i), batch.metadata(i));
      }
    }
    logs.append(kept);
    return new LogSink.Outcome(kept.size(), refused, refused.size());
  }

  private static String entry(long secondsAgo, String line, String metadata) {
    long timeNs = (NOW_MS / 1_000 - secondsAgo) * 1_000_000_000L;
    return "[\"" + timeNs + "\",\"" + line + '"' + (metadata.isEmpty() ? "" : "," + metadata) + ']';
  }

  private static String stream(String labels, String... entries) {
    return "{\"stream\":" + labels + ",\"values\":[" + String.join(",", entries) + "]}";
  }

  private static String push(String... streams) {
    return "{\"streams\":[" + String.join(",", streams) + "]}";
  }

  private void pushSome() {
    String scorer =
        stream(
            "{\"app\":\"scorer\",\"model\":\"sentiment\"}",
            entry(30, "level=error msg=\\\"no features\\\"", "{\"request_id\":\"r1\"}"),
            entry(20, "level=info took=12ms", ""));
    String trainer = stream("{\"app\":\"trainer\"}", entry(10, "{\\\"epoch\\\": 1}", ""));
    assertThat(server.post(PUSH, "application/json", push(scorer, trainer)).statusCode())
        .isEqualTo(204);
  }

  private static String url(String path, String query) {
    return "/loki/api/v1/" + path + "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  private void golden(String file, String path) {
    HttpResponse<String> reply = server.get(path);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    Golden.check("loki/" + file, reply.body() + "\n");
  }

  @Test
  void pagesShowEachLineOnceAndExportsAllOfThem() throws IOException {
    // Many lines of few moments, so that pages end within one.
    List<String> entries = new java.util.ArrayList<>();
    for (int i = 0; i < 40; i++) {
      entries.add(entry(30 - i / 15, "line " + i, ""));
    }
    String pushed = push(stream("{\"app\":\"a\"}", entries.toArray(String[]::new)));
    assertThat(server.post(PUSH, "application/json", pushed).statusCode()).isEqualTo(204);
    for (String direction : List.of("forward", "backward")) {
      List<String> seen = new java.util.ArrayList<>();
      String cursor = "";
      do {
        String path = "query_range?limit=7&direction=" + direction + "&cursor=" + cursor + "&";
        String body = server.get(url(path, "{app=\"a\"}")).body();
        seen.addAll(found(body, "\"(line \\d+)\""));
        List<String> next = found(body, "\"cursor\":\"([^\"]*)\"");
        cursor = next.isEmpty() ? "" : next.getFirst();
      } while (!cursor.isEmpty());
      assertThat(seen).as(direction).hasSize(40).doesNotHaveDuplicates();
    }
    HttpResponse<String> all = server.get(url("export?", "{app=\"a\"}"));
    assertThat(all.body().lines()).hasSize(40);
    assertThat(all.body())
        .startsWith(
            "{\"timestamp\":\"1699999970000000000\",\"labels\":{\"app\":\"a\",\"detected_level\":"
                + "\"unknown\"},\"line\":\"line 0\"}\n");
    assertThat(server.get(url("query_range?cursor=x&", "{app=\"a\"}")).statusCode()).isEqualTo(400);
  }

  private static List<String> found(String text, String pattern) {
    return java.util.regex.Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  @Test
  void answersAsTheGoldenFilesSay() {
    pushSome();
    golden("streams.json", url("query_range?", "{app=~\".+\"} | logfmt took"));
    golden("forward.json", url("query_range?direction=forward&limit=1&", "{app=\"scorer\"}"));
    golden(
        "matrix.json",
        url(
            "query_range?since=1m&step=30&",
            "sum by (detected_level) (count_over_time({app=~\".+\"}[30s]))"));
    golden("vector.json", url("query?", "sum by (app) (rate({app=~\".+\"}[1m]))"));
    golden("scalar.json", url("query?time=1700000000.5&", "1+1"));
    golden("probe.json", url("query?", "vector(1)+vector(1)"));
    golden("labels.json", "/loki/api/v1/labels");
    golden("label.json", "/loki/api/v1/label?start=1699999995");
    golden("values.json", "/loki/api/v1/label/app/values");
    golden("values-narrowed.json", url("label/app/values?", "{model=\"sentiment\"}"));
    golden("series.json", "/loki/api/v1/series");
    golden("series-matched.json", "/loki/api/v1/series?match[]=%7Bapp%3D%22trainer%22%7D");
    golden("stats.json", url("index/stats?", "{app=\"scorer\"}"));
    golden("volume.json", url("index/volume?", "{app=~\".+\"}"));
    golden("volume-range.json", url("index/volume_range?since=1m&step=30&", "{app=~\".+\"}"));
    golden("format.json", url("format_query?", "{ app = `a` }|=`x`"));
    golden("detected-labels.json", "/loki/api/v1/detected_labels");
    golden("detected-fields.json", url("detected_fields?", "{app=~\".+\"}"));
    golden("detected-values.json", url("detected_field/took/values?", "{app=~\".+\"}"));
    golden("patterns.json", url("patterns?since=1m&step=30&", "{app=~\".+\"}"));
    golden("buildinfo.json", "/loki/api/v1/status/buildinfo");
  }

  @Test
  void putsTheLabelsOfSingleLinesBesideThemWhenAsked() {
    pushSome();
    HttpResponse<String> reply =
        server.send(
            server
                .to(url("query_range?", "{app=\"scorer\"} | logfmt took"))
                .header("X-Loki-Response-Encoding-Flags", "categorize-labels"));
    Golden.check("loki/categorized.json", reply.body() + "\n");
  }

  @Test
  void readsFormsToo() {
    pushSome();
    String form = url("?", "{app=\"trainer\"}").substring("/loki/api/v1/?".length());
    HttpResponse<String> reply =
        server.post("/loki/api/v1/query_range", "application/x-www-form-urlencoded", form);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    assertThat(reply.body()).contains("epoch");
  }

  private void refused(String path, int status, String message) {
    HttpResponse<String> reply = server.get(path);
    assertThat(reply.body()).as(path).isEqualTo(message);
    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(reply.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
  }

  @Test
  void saysWhatIsWrongInPlainText() {
    refused(
        url("query_range?", "{app="),
        400,
        "parse error at line 1, col 6: syntax error: unexpected $end, expecting STRING");
    refused(
        url("query?", "{app=\"x\"}"),
        400,
        "log queries are not supported as an instant query type, please change your query to a"
            + " range query type");
    refused(
        url("query_range?start=2&end=1&", "{app=\"x\"}"),
        400,
        "end timestamp must not be before or equal to start time");
    refused(
        url("query_range?limit=5001&", "{app=\"x\"}"),
        400,
        "max entries limit per query exceeded, limit > max_entries_limit_per_query (5001 > 5000)");
    refused(url("query_range?limit=0&", "{app=\"x\"}"), 400, "limit must be a positive value");
    refused(url("query_range?direction=up&", "{app=\"x\"}"), 400, "invalid direction 'up'");
    refused(
        url("query_range?start=yesterday&", "{app=\"x\"}"),
        400,
        "could not parse 'start' parameter: \"yesterday\" is neither Unix nanoseconds, seconds nor"
            + " RFC 3339");
    refused(
        url("query_range?step=0&", "vector(1)"),
        400,
        "zero or negative query resolution step widths are not accepted. Try a positive integer");
    refused(
        url("query_range?step=0.1&", "vector(1)"),
        400,
        "exceeded maximum resolution of 11,000 points per time series. Try increasing the value of"
            + " the step parameter");
    refused(
        url("query_range?since=722h&", "{app=\"x\"}"),
        400,
        "the query time range exceeds the limit (query length: 30d2h, limit: 30d1h)");
  }

  private void pushed(byte[] body, String type, String encoding, int status, String message) {
    var request = server.to(PUSH).header("Content-Type", type);
    if (!encoding.isEmpty()) {
      request.header("Content-Encoding", encoding);
    }
    HttpResponse<String> reply = server.send(request.POST(BodyPublishers.ofByteArray(body)));
    assertThat(reply.body()).isEqualTo(message);
    assertThat(reply.statusCode()).isEqualTo(status);
  }

  private int lines() {
    String body = server.get(url("query_range?limit=5000&", "{app=~\".+\"}")).body();
    return body.split("\\[\"", -1).length - 1;
  }

  @Test
  void takesEveryFormOfPush() throws IOException {
    byte[] json =
        push(stream("{\"app\":\"x\"}", entry(5, "a", ""))).getBytes(StandardCharsets.UTF_8);
    pushed(json, "application/json; charset=utf-8", "", 204, "");
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(json);
    }
    pushed(zipped.toByteArray(), "application/json", "gzip", 204, "");
    // streams { labels: {app="x"}, entries { timestamp { seconds: 1699999999 }, line: "a" } }
    byte[] labels = "{app=\"x\"}".getBytes(StandardCharsets.UTF_8);
    byte[] head = {0x0A, 0x18, 0x0A, 9};
    byte[] entry = {
      0x12, 0x0B, 0x0A, 6, 0x08, (byte) 0xFF, (byte) 0xE1, (byte) 0xCF, (byte) 0xAA, 6, 0x12, 1, 'a'
    };
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(head);
    message.writeBytes(labels);
    message.writeBytes(entry);
    byte[] plain = message.toByteArray();
    SnappyJavaCompressor snappy = new SnappyJavaCompressor();
    byte[] compressed = new byte[snappy.maxCompressedLength(plain.length)];
    int size = snappy.compress(plain, 0, plain.length, compressed, 0, compressed.length);
    pushed(Arrays.copyOf(compressed, size), "application/x-protobuf", "", 204, "");
    assertThat(lines()).isEqualTo(3);
  }

  @Test
  void storesWhatCanBeStoredAndNamesTheOthers() {
    String mixed =
        push(
            stream("{\"app\":\"x\"}", "[\"5\",\"old\"]", entry(5, "new", "")),
            stream("{\"app\":\"y\"}", "[\"6\",\"old\"]"));
    pushed(
        mixed.getBytes(StandardCharsets.UTF_8),
        "application/json",
        "",
        400,
        "entry for stream '{app=\"x\"}' is old\nentry for stream '{app=\"y\"}' is old\n"
            + "total ignored: 2 out of 3");
    assertThat(lines()).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNoPush() {
    pushed(
        "{\"streams\":[]}".getBytes(StandardCharsets.UTF_8),
        "application/json",
        "",
        422,
        "error at least one valid stream is required for ingestion");
    pushed(
        "{\"streams\":[{\"stream\":{\"a\":\"b\"},\"values\":[[5,\"x\"]]}]}"
            .getBytes(StandardCharsets.UTF_8),
        "application/json",
        "",
        400,
        "expected the time of an entry as a text, in line 1, column 45");
    HttpResponse<String> nonsense = server.post(PUSH, "application/x-protobuf", "nonsense!");
    assertThat(nonsense.statusCode()).isEqualTo(400);
    assertThat(nonsense.body()).startsWith("the push is no ");
  }
}
