package dev.sightline.api.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.RowIntake.Result;
import dev.sightline.model.prediction.RowIntake.SentRow;
import dev.sightline.testkit.FakeClock;
import dev.sightline.wire.serving.JsonDatum;
import dev.sightline.wire.serving.PayloadException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentRowsTest {
  private static final Result TAKEN = new Result.Taken();

  private final FakePredictions store = new FakePredictions();
  private final SentRows rows = new SentRows(store, store, new FakeClock(5_000));

  private static List<SentRow> sent(String... texts) throws PayloadException {
    List<SentRow> sent = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      Datum row = JsonDatum.read(texts[i].getBytes(StandardCharsets.UTF_8));
      sent.add(new SentRow(row, "t-" + i, 1_000));
    }
    return sent;
  }

  @Test
  void aRowWithoutIdAndTimeGetsThoseItCameWith() throws PayloadException {
    List<SentRow> sent =
        sent(
            "{\"prediction\":1}",
            "{\"id\":\"\",\"time\":null,\"prediction\":1}",
            "{\"id\":\"own\",\"time\":2000,\"prediction\":1}");
    assertThat(rows.predictions("m", sent)).containsExactly(TAKEN, TAKEN, TAKEN);
    assertThat(rows.predictions("m", sent)).containsOnly(new Result.Known());
    Labelled first = store.find("m", "t-0");
    assertThat(first.prediction().timeMs()).isEqualTo(1_000);
    assertThat(store.find("m", "t-1")).isNotNull();
    assertThat(store.find("m", "own").prediction().timeMs()).isEqualTo(2_000);
  }

  @Test
  void whatIsWrongWithARowIsSaidAtItsPlace() throws PayloadException {
    assertThat(
            rows.predictions(
                "m",
                sent(
                    "{\"bad\":1}",
                    "{\"prediction\":1}",
                    "7",
                    "{\"id\":\"refused\",\"prediction\":1}")))
        .containsExactly(
            new Result.Refused(
                "unknown field \"bad\", known are id, time, version, features, prediction,"
                    + " confidence, probabilities, latency_ms, tags"),
            TAKEN,
            new Result.Refused("must be an object, not a number"),
            new Result.Refused("conflicts with what is stored"));
  }

  @Test
  void truthsComeByIdAndByKey() throws PayloadException {
    rows.predictions(
        "m", sent("{\"id\":\"a\",\"prediction\":1}", "{\"id\":\"b\",\"prediction\":1}"));
    assertThat(
            rows.truths(
                "m",
                sent(
                    "{\"key\":{\"order\":\"b\"},\"value\":2}",
                    "{\"value\":1}",
                    "{\"id\":\"a\",\"value\":1}")))
        .containsExactly(TAKEN, new Result.Refused("id: is missing"), TAKEN);
    assertThat(store.find("m", "a").truth().value()).isEqualTo(new Datum.Amount(1));
    assertThat(store.find("m", "a").truth().timeMs()).isEqualTo(1_000);
    assertThat(store.find("m", "b").truth().value()).isEqualTo(new Datum.Amount(2));
  }
}
