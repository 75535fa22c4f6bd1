package dev.sightline.api.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.model.prediction.Datum;
import dev.sightline.testkit.FakeClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tables sent to the models' API: what each column means, and what an answer says of bad rows.
class TableUploadTest {
  private static final String PREDICTIONS = "/api/models/v1/credit/predictions";
  private static final String TRUTHS = "/api/models/v1/credit/ground-truth";

  private final FakePredictions store = new FakePredictions();
  private TestServer server;

  @BeforeEach
  void open() {
    Routes routes = new Routes();
    ParquetTables parquet =
        new ParquetTables() {
          @Override
          public void read(InputStream file, Consumer<Datum.Fields> rows) {
            lettersAsRows(file, rows);
          }
        };
    new ModelsApi(store.ways(parquet), store, new FakeClock(1_700_000_000_000L)).addTo(routes);
    server = new TestServer(routes);
  }

  /// Each letter of the file is the prediction of a row; an exclamation mark breaks it.
  private static void lettersAsRows(InputStream file, Consumer<Datum.Fields> rows) {
    try {
      byte[] letters = file.readAllBytes();
      for (int i = 0; i < letters.length; i++) {
        if (letters[i] == '!') {
          throw new ParquetTables.UnreadableException("no Parquet at " + i);
        }
        Map<String, Datum> row = new LinkedHashMap<>();
        row.put("id", new Datum.Amount(i));
        row.put("prediction", new Datum.Text(String.valueOf((char) letters[i])));
        row.put("tag.n", new Datum.Amount(i + 0.5));
        row.put("feature.flag", new Datum.Missing());
        rows.accept(new Datum.Fields(row));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> csv(String path, String body) {
    return server.post(path, "text/csv; charset=utf-8", body);
  }

  private static void check(HttpResponse<String> reply, int status, String body) {
    assertThat(reply.body()).isEqualTo(body);
    assertThat(reply.statusCode()).isEqualTo(status);
  }

  private static void fails(HttpResponse<String> reply, int status, String error) {
    check(
        reply,
        status,
        "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\""
            + error.replace("\"", "\\\"")
            + "\"}");
  }

  @Test
  void theNamesOfColumnsSayWhatTheyAre() {
    check(
        csv(
            PREDICTIONS,
            """
            id,time,version,prediction,confidence,probability.yes,feature.age,feature.city,tag.zip,latency_ms
            0042,2023-11-14T22:13:20Z,007,yes,0.75,0.75,31,"Köln, Süd",01234,12.5
            b,1700000001000,,1.5,,,,true,,
            """),
        200,
        "{\"accepted\":2,\"rejected\":[]}");
    check(
        server.get(PREDICTIONS + "/0042"),
        200,
        "{\"id\":\"0042\",\"time\":\"2023-11-14T22:13:20Z\",\"version\":\"007\","
            + "\"features\":{\"age\":31,\"city\":\"Köln, Süd\"},\"prediction\":\"yes\","
            + "\"confidence\":0.75,\"probabilities\":{\"yes\":0.75},\"latency_ms\":12.5,"
            + "\"tags\":{\"zip\":\"01234\"}}");
    check(
        server.get(PREDICTIONS + "/b"),
        200,
        "{\"id\":\"b\",\"time\":\"2023-11-14T22:13:21Z\",\"features\":{\"age\":null,"
            + "\"city\":true},\"prediction\":1.5}");
  }

  @Test
  void anyTableFitsOnceItsColumnsAreMapped() {
    check(
        csv(
            PREDICTIONS + "?map=order:id&map=score:confidence&map=label:prediction&others=feature",
            "order,age,score,label\n7,31,0.5,yes\n"),
        200,
        "{\"accepted\":1,\"rejected\":[]}");
    assertThat(server.get(PREDICTIONS + "/7").body())
        .contains("\"features\":{\"age\":31}")
        .contains("\"confidence\":0.5");
    check(
        csv(PREDICTIONS + "?others=ignore", "id,prediction,noise\n8,yes,x\n"),
        200,
        "{\"accepted\":1,\"rejected\":[]}");
    assertThat(server.get(PREDICTIONS + "/8").body()).contains("\"features\":{}");
  }

  @Test
  void columnsThatMeanNothingAreNamed() {
    String known =
        ", known are id, time, version, features, prediction, confidence, probabilities,"
            + " latency_ms, tags and names that begin with feature., probability., tag.";
    fails(
        csv(PREDICTIONS, "id,age,prediction\n1,2,3\n"),
        400,
        "invalid parameter \"others\": column \"age\" would be \"age\"" + known);
    fails(
        csv(PREDICTIONS + "?map=age:feature", "id,age,prediction\n1,2,3\n"),
        400,
        "invalid parameter \"map\": column \"age\" would be \"feature\"" + known);
    fails(
        csv(PREDICTIONS + "?map=x:id", "id,prediction\n1,2\n"),
        400,
        "invalid parameter \"map\": there is no column \"x\"");
    fails(
        csv(PREDICTIONS + "?map=a:id", "id,a,prediction\n1,2,3\n"),
        400,
        "invalid parameter \"map\": two columns are id, one is a");
    fails(csv(PREDICTIONS, ""), 400, "the body is empty; expected CSV with a line of names");
  }

  @Test
  void aBadRowIsNamedByLineAndColumn() {
    check(
        csv(
            PREDICTIONS,
            """
            id,prediction,confidence
            a,yes,0.5
            b,yes,2
            c,"no
            more",high
            d,,0.5
            e,yes
            refused,yes,0.5
            f,yes,0.5
            """),
        207,
        "{\"accepted\":2,\"rejected\":["
            + "{\"index\":1,\"error\":\"line 3, column confidence: must be a number from 0 to 1, not"
            + " 2.0\"},"
            + "{\"index\":2,\"error\":\"line 4, column confidence: must be a number from 0 to 1, not a"
            + " text\"},"
            + "{\"index\":3,\"error\":\"line 6, column prediction: is missing\"},"
            + "{\"index\":4,\"error\":\"line 7 has 2 cells for 3 columns\"},"
            + "{\"index\":5,\"error\":\"conflicts with what is stored\"}]}");
  }

  @Test
  void aHundredRefusalsAreSpelledOutAndAllAreCounted() {
    String body = "id,prediction\n" + "x,\n".repeat(150) + "ok,1\n";
    String reply = csv(PREDICTIONS, body).body();
    assertThat(reply).startsWith("{\"accepted\":1,").endsWith("],\"rejected_count\":150}");
    assertThat(reply.split("\"index\"", -1)).hasSize(101);
  }

  @Test
  void longTablesGoOnWherePartsAreStored() {
    StringBuilder body = new StringBuilder("id,prediction\n");
    for (int i = 0; i < 25_000; i++) {
      body.append(i).append(",yes\n");
    }
    check(csv(PREDICTIONS, body.toString()), 200, "{\"accepted\":25000,\"rejected\":[]}");
    assertThat(server.get("/api/models/v1").body()).contains("\"predictions\":25000");
    fails(
        csv(PREDICTIONS, body + "x,\"never closed\n"),
        400,
        "the quote that opens on line 25002, in the row that begins on line 25002, is not closed;"
            + " 24000 rows before it are stored");
  }

  @Test
  void tablesMayBeCompressed() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("id,prediction\na,1\n".getBytes(StandardCharsets.UTF_8));
    }
    check(
        server.send(
            server
                .to(PREDICTIONS)
                .header("Content-Type", "text/csv")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(packed.toByteArray()))),
        200,
        "{\"accepted\":1,\"rejected\":[]}");
    fails(
        server.send(
            server
                .to(PREDICTIONS)
                .header("Content-Type", "text/csv")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(packed.toByteArray(), 0, packed.size() - 9))),
        400,
        "body is not the gzip that Content-Encoding announces, or ends early");
  }

  @Test
  void parquetRowsAreReadAlike() {
    String type = "application/vnd.apache.parquet";
    check(server.post(PREDICTIONS, type, "ab"), 200, "{\"accepted\":2,\"rejected\":[]}");
    assertThat(server.get(PREDICTIONS + "/1").body())
        .contains("\"prediction\":\"b\"")
        .contains("\"features\":{\"flag\":null}")
        .contains("\"tags\":{\"n\":\"1.5\"}");
    fails(server.post(PREDICTIONS, type, "cd!"), 400, "no Parquet at 2");
    fails(
        server.post(PREDICTIONS, type, "c".repeat(5_000) + "!"),
        400,
        "no Parquet at 5000; 4000 rows before it are stored");
  }

  @Test
  void truthsComeInTablesByIdOrByKey() {
    csv(PREDICTIONS, "id,prediction\na,1\nb,1\n17,1\n");
    check(
        csv(TRUTHS, "id,value,time\na,1,2023-11-14T22:13:20Z\nnone,0,\n,1,\n"),
        207,
        "{\"joined\":1,\"waiting\":1,\"corrected\":0,\"rejected\":["
            + "{\"index\":2,\"error\":\"line 4, column id: is missing\"}]}");
    check(
        csv(TRUTHS + "?map=order:key.order_id&window=12h", "order,value\n17,1\n"),
        200,
        "{\"joined\":1,\"waiting\":0,\"corrected\":0,\"rejected\":[]}");
    assertThat(server.get(PREDICTIONS + "/17").body())
        .contains("\"ground_truth\":{\"value\":1,\"time\":\"1970-01-01T12:00:00Z\"}");
  }

  @Test
  void keysStandInJsonToo() {
    csv(PREDICTIONS, "id,prediction\n17,1\n");
    check(
        server.post(
            TRUTHS,
            "application/json",
            "[{\"key\":{\"order_id\":17},\"value\":1,\"time\":1700000000000},"
                + "{\"key\":{\"order_id\":\"17\"},\"id\":\"a\",\"value\":1},"
                + "{\"key\":{\"order_id\":1.5},\"value\":1},{\"key\":{},\"value\":1},"
                + "{\"key\":{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1},"
                + "\"value\":1},{\"key\":{\"order_id\":2}}]"),
        207,
        "{\"joined\":1,\"waiting\":0,\"corrected\":0,\"rejected\":["
            + "{\"index\":1,\"error\":\"key: cannot stand beside id\"},"
            + "{\"index\":2,\"error\":\"key.order_id: must be a text, not 1.5\"},"
            + "{\"index\":3,\"error\":\"id: is missing\"},"
            + "{\"index\":4,\"error\":\"key: has more than 8 fields\"},"
            + "{\"index\":5,\"error\":\"value: is missing\"}]}");
    fails(
        server.post(TRUTHS + "?window=soon", "application/json", "[]"),
        400,
        "invalid parameter \"window\": must be a duration above 0 and up to 10y, such as 7d");
  }
}
