package dev.sightline.wire.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.prediction.Datum;
import dev.sightline.testkit.Golden;
import dev.sightline.testkit.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MlflowProtocolTest {
  @Test
  void readsEveryShapeOfRequest() {
    StringBuilder read = new StringBuilder();
    for (CaseFile.Case test : CaseFile.read("requests.txt")) {
      read.append("=== ").append(test.name()).append('\n');
      try {
        ScoringRequest request =
            MlflowProtocol.decodeRequest(
                Payload.of(
                    test.input().getBytes(UTF_8),
                    test.setting().isEmpty() ? "application/json" : test.setting()));
        request.rows().forEach(row -> read.append(DatumText.of(row)).append('\n'));
        if (!request.params().isEmpty()) {
          read.append("params ").append(DatumText.of(request.params())).append('\n');
        }
      } catch (PayloadException failure) {
        read.append("fails: ").append(failure.getMessage()).append('\n');
      }
    }
    Golden.check("serving-requests.txt", read.toString());
  }

  @Test
  void readsEveryShapeOfResponse() {
    StringBuilder read = new StringBuilder();
    for (CaseFile.Case test : CaseFile.read("responses.txt")) {
      read.append("=== ").append(test.name()).append('\n');
      Map<String, String> settings = Settings.parse(test.setting());
      try {
        for (ModelOutput output :
            MlflowProtocol.decodeResponse(
                    Payload.of(test.input().getBytes(UTF_8), null),
                    Settings.mapping(settings),
                    Settings.rows(settings))
                .outputs()) {
          read.append(DatumText.of(output.value()))
              .append(" confidence ")
              .append(output.confidence())
              .append(" probabilities ")
              .append(output.probabilities())
              .append('\n');
        }
      } catch (PayloadException failure) {
        read.append("fails: ").append(failure.getMessage()).append('\n');
      }
    }
    Golden.check("serving-responses.txt", read.toString());
  }

  @Test
  void namesClasses() {
    assertThat(className(new Datum.Text("spam"))).isEqualTo("spam");
    assertThat(className(new Datum.Amount(1))).isEqualTo("1");
    assertThat(className(new Datum.Amount(-3))).isEqualTo("-3");
    assertThat(className(new Datum.Flag(true))).isEqualTo("true");
    assertThat(className(new Datum.Amount(0.5))).isNull();
    assertThat(className(new Datum.Amount(Double.NaN))).isNull();
    assertThat(className(new Datum.Amount(Double.POSITIVE_INFINITY))).isNull();
    assertThat(className(new Datum.Items(List.of()))).isNull();
  }

  @Test
  void refusesWhatIsTooDeepOrTooMany() {
    assertThatThrownBy(() -> request("[".repeat(65) + "]".repeat(65)))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("64");
    assertThatThrownBy(() -> request("{\"instances\": [[1" + "0".repeat(101) + "]]}"))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("100");
    String rows = "[1],".repeat(10_000);
    assertThat(request("{\"instances\": [" + rows.substring(0, rows.length() - 1) + "]}").rows())
        .hasSize(10_000);
    assertThatThrownBy(() -> request("{\"instances\": [" + rows + "[1]]}"))
        .isInstanceOf(PayloadException.class)
        .hasMessage("10001 rows in one call; at most 10000 are read");
    assertThatThrownBy(
            () ->
                MlflowProtocol.decodeRequest(
                    Payload.of("a\n1\n".repeat(10_002).getBytes(UTF_8), "text/csv")))
        .isInstanceOf(PayloadException.class);
  }

  @Test
  void damagedPayloadsFailWithAPayloadExceptionOnly() {
    List<byte[]> bodies =
        CaseFile.read("requests.txt").stream().map(test -> test.input().getBytes(UTF_8)).toList();
    Seeds.check(
        3_000,
        seed -> {
          Random random = new Random(seed);
          byte[] body = bodies.get(random.nextInt(bodies.size())).clone();
          for (int i = random.nextInt(4); i >= 0 && body.length > 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
          }
          readsOrRefuses(Arrays.copyOf(body, random.nextInt(body.length + 1)));
          readsOrRefuses(body);
        });
  }

  private static void readsOrRefuses(byte[] body) {
    for (String type : List.of("application/json", "text/csv")) {
      try {
        MlflowProtocol.decodeRequest(Payload.of(body, type));
      } catch (PayloadException _) {
        // the one failure that is declared
      }
    }
    try {
      MlflowProtocol.decodeResponse(Payload.of(body, null), OutputMapping.DEFAULT, 1);
    } catch (PayloadException _) {
      // the one failure that is declared
    }
  }

  private static ScoringRequest request(String json) {
    return MlflowProtocol.decodeRequest(Payload.of(json.getBytes(UTF_8), null));
  }

  private static @Nullable String className(Datum value) {
    return new ModelOutput(value, null, Map.of()).className();
  }
}
