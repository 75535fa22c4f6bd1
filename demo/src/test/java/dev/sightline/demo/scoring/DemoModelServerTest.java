package dev.sightline.demo.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.demo.sentiment.SentimentModel;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineSink;
import dev.sightline.model.time.SystemClock;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The tables hold what MLflow 3.17.2 answers to the same bodies for a model with one column
/// `text`.
class DemoModelServerTest {
  private static final String JSON = "application/json";
  private static final String CSV = "text/csv";
  private static final SentimentModel MODEL = SentimentModel.train();
  private static final Queue<LineSink.Line> LINES = new ConcurrentLinkedQueue<>();
  private static final DemoModelServer SERVER =
      DemoModelServer.start(MODEL, "sentiment", (_, line) -> LINES.add(line), new SystemClock());
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterAll
  static void stop() {
    CLIENT.close();
    SERVER.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | {"dataframe_split": {"columns": ["text"], "data": [["good"]]}}
          2 | {"dataframe_split": {"columns": ["text"], "index": [7, 8], "data": [["a"], ["b"]]}}
          1 | {"dataframe_split": {"columns": ["n", "text"], "data": [[1, "good"]]}}
          0 | {"dataframe_split": {"columns": ["text"], "data": []}}
          1 | {"dataframe_records": [{"text": "good"}]}
          1 | {"dataframe_records": [{"text": 7}]}
          2 | {"dataframe_records": [{"text": "good", "n": 1}, {"text": "bad", "m": []}]}
          2 | {"instances": ["good", "bad"]}
          1 | {"instances": [["good"]]}
          1 | {"instances": [{"text": "good"}]}
          2 | {"inputs": {"text": ["good", "bad"]}}
          1 | {"inputs": {"text": "good"}}
          1 | {"inputs": ["good"]}
          1 | {"inputs": [["good"]]}
          1 | {"inputs": ["good"], "params": {"temperature": 1}}
          1 | {"inputs": ["good"], "else": true}
          """)
  void predictsEveryRowOfEveryForm(int rows, String body) throws Exception {
    HttpResponse<String> response = post(JSON, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains(JSON);
    assertThat(json(response).get("predictions")).hasSize(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | BAD_REQUEST             | {"inputs":
          400 | BAD_REQUEST             | ''
          400 | BAD_REQUEST             | [1]
          400 | BAD_REQUEST             | 7
          400 | BAD_REQUEST             | null
          400 | BAD_REQUEST             | {}
          400 | BAD_REQUEST             | {"else": 1}
          400 | BAD_REQUEST             | {"inputs": ["a"], "instances": ["b"]}
          400 | BAD_REQUEST             | {"inputs": ["a"]} {}
          400 | BAD_REQUEST             | {"dataframe_split": []}
          400 | BAD_REQUEST             | {"dataframe_split": {"columns": ["text"]}}
          400 | BAD_REQUEST             | {"dataframe_split": {"columns": ["text", "n"], "data": [["a"]]}}
          400 | INVALID_PARAMETER_VALUE | {"dataframe_split": {"data": [["a"]]}}
          400 | INVALID_PARAMETER_VALUE | {"dataframe_split": {"columns": ["n"], "data": [["a"]]}}
          400 | BAD_REQUEST             | {"dataframe_records": {"text": "a"}}
          400 | INVALID_PARAMETER_VALUE | {"dataframe_records": []}
          400 | INVALID_PARAMETER_VALUE | {"dataframe_records": ["a"]}
          400 | INVALID_PARAMETER_VALUE | {"dataframe_records": [{"n": 1}]}
          400 | INVALID_PARAMETER_VALUE | {"instances": "good"}
          400 | INVALID_PARAMETER_VALUE | {"inputs": "good"}
          400 | INVALID_PARAMETER_VALUE | {"inputs": {"n": [1]}}
          400 | INVALID_PARAMETER_VALUE | {"inputs": [["a", "b"]]}
          500 | INTERNAL_ERROR          | {"dataframe_records": [{"text": null}]}
          500 | INTERNAL_ERROR          | {"dataframe_records": [{"text": "a"}, {"n": 1}]}
          500 | INTERNAL_ERROR          | {"dataframe_split": {"columns": ["text"], "data": [["a"], [NaN]]}}
          """)
  void refusesWithMlflowsCodes(int status, String code, String body) throws Exception {
    checkError(status, code, post(JSON, body));
  }

  @Test
  void readsCsv() throws Exception {
    String body = "n,text\r\n1,\"good, \"\"really\"\" good\"\r\n2,bad\r\n\n3,\"two\nlines\"";
    assertThat(json(post(CSV, body)).get("predictions")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | BAD_REQUEST             | ''
          400 | BAD_REQUEST             | text~"good
          400 | BAD_REQUEST             | text~a,b
          400 | INVALID_PARAMETER_VALUE | words~good
          500 | INTERNAL_ERROR          | text,n~,1
          """)
  void refusesBadCsv(int status, String code, String body) throws Exception {
    checkError(status, code, post(CSV, body.replace('~', '\n')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | application/json
          200 | application/json; charset=utf-8
          200 | Application/JSON; charset="UTF-8"
          415 | application/json; charset=latin-1
          415 | application/json; format=pandas-split
          415 | text/plain
          415 | application/octet-stream
          """)
  void understandsJsonAndCsvInUtf8Only(int status, String contentType) throws Exception {
    HttpResponse<String> response = post(contentType, "{\"inputs\": [\"good\"]}");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .contains(status == 200 ? JSON : "text/plain; charset=utf-8");
  }

  @ParameterizedTest
  @CsvSource({"/ping", "/health", "/version"})
  void answersProbes(String path) throws Exception {
    HttpResponse<String> response = send(HttpRequest.newBuilder(SERVER.uri().resolve(path)));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(path.equals("/version") ? "3.17.2" : "\n");
  }

  @Test
  void refusesOtherPathsAndMethods() throws Exception {
    HttpRequest.Builder elsewhere = HttpRequest.newBuilder(SERVER.uri().resolve("/predict"));
    assertThat(send(elsewhere).statusCode()).isEqualTo(404);
    HttpResponse<String> response =
        send(HttpRequest.newBuilder(SERVER.uri().resolve("/invocations")));
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void refusesBodiesOverTheLimit() throws Exception {
    String text = "a".repeat(DemoModelServer.BODY_LIMIT_BYTES);
    assertThat(post(JSON, "{\"inputs\": [\"" + text + "\"]}").statusCode()).isEqualTo(413);
  }

  @Test
  void answersWhatTheModelSays() throws Exception {
    JsonNode prediction =
        json(post(JSON, "{\"inputs\": [\"I love it\"]}")).get("predictions").get(0);
    assertThat(prediction.get("label").asString()).isEqualTo("positive");
    assertThat(prediction.get("confidence").asDouble())
        .isEqualTo(MODEL.judge("I love it").confidence())
        .isEqualTo(prediction.get("probabilities").get("positive").asDouble());
    assertThat(prediction.get("probabilities").propertyNames())
        .containsExactly("positive", "negative");
  }

  /// What the server said about a call with that id.
  private static String said(String requestId, String body) throws Exception {
    post(JSON, body, "X-Request-Id", requestId);
    return LINES.stream()
        .filter(line -> line.metadata().equals(Labels.of("request_id", requestId)))
        .map(line -> line.stream() + " " + line.text())
        .collect(Collectors.joining("\n---\n"));
  }

  @Test
  void saysALineAboutEachCallWithItsId() throws Exception {
    assertThat(said("fine", "{\"inputs\": [\"good\", \"bad\"]}"))
        .matches(
            "\\{level=\"info\", model=\"sentiment\", service=\"demo-model\"}"
                + " method=POST path=/invocations status=200 rows=2 duration_ms=[0-9.]+");
    assertThat(said("not JSON", "{\"inputs"))
        .startsWith("{level=\"warn\"")
        .contains(" status=400 rows=0 ", " error=\"")
        .doesNotContain("\n");
  }

  @Test
  void saysWhereTheModelRaised() throws Exception {
    assertThat(said("raised", "{\"dataframe_records\": [{\"text\": null}]}"))
        .startsWith("{level=\"error\"")
        .contains(
            " status=500 rows=0 ",
            " error=\"The model raised on row 1: there is no text to judge.\"\n",
            "ScoringException: The model raised",
            "\tat dev.sightline.demo.scoring.DemoModelServer.judge(");
  }

  @Test
  void anIdThatIsNoneIsNotKept() throws Exception {
    String endless = "x".repeat(1_000);
    assertThat(said(endless, "{\"inputs\": [\"good\"]}")).isEmpty();
  }

  private static void checkError(int status, String code, HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains(JSON);
    assertThat(json(response).get("error_code").asString()).isEqualTo(code);
    assertThat(json(response).get("message").asString()).isNotEmpty();
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  private static HttpResponse<String> post(String contentType, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(SERVER.uri().resolve("/invocations"))
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
