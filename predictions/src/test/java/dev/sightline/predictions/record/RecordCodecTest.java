package dev.sightline.predictions.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.predictions.record.RecordCodec.Entry;
import dev.sightline.predictions.record.RecordCodec.Outline;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.testkit.Seeds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
  @Test
  void aTruthIsItsGoldenBytes() {
    byte[] record = RecordCodec.encode(new GroundTruth("m", "id-1", new Datum.Text("yes"), 1000));
    assertThat(HexFormat.of().formatHex(record))
        .isEqualTo("0201" + "00000000000003e8" + "016d" + "0469642d31" + "0303796573");
  }

  @Test
  void aPredictionIsItsGoldenBytes() {
    Map<String, Datum> features = new LinkedHashMap<>();
    features.put("age", new Datum.Amount(42));
    features.put("score", new Datum.Amount(0.5));
    Prediction prediction =
        new Prediction(
            "p",
            "m",
            "2",
            1000,
            features,
            new Datum.Flag(true),
            0.75,
            Map.of("yes", 0.75),
            null,
            Map.of("k", "v"));
    assertThat(HexFormat.of().formatHex(RecordCodec.encode(prediction)))
        .isEqualTo(
            "0101"
                + "00000000000003e8"
                + "016d"
                + "0170"
                + "0132"
                + "02"
                + "03616765"
                + "0254"
                + "0573636f7265"
                + "013fe0000000000000"
                + "05"
                + "01"
                + "3fe8000000000000"
                + "01"
                + "03796573"
                + "3fe8000000000000"
                + "01"
                + "016b"
                + "0176");
  }

  @Test
  void whatIsWrittenIsRead() {
    Seeds.check(
        500,
        seed -> {
          Random random = new Random(seed);
          Prediction prediction = prediction(random);
          assertThat(RecordCodec.decode(ByteBuffer.wrap(RecordCodec.encode(prediction))))
              .isEqualTo(new Entry.OfPrediction(prediction));
          assertThat(RecordCodec.skim(ByteBuffer.wrap(RecordCodec.encode(prediction))))
              .isEqualTo(new Outline.OfPrediction(PredictionKey.of(prediction)));
        });
  }

  @Test
  void damagedRecordsAreRefusedAndNeverMore() {
    Seeds.check(
        2_000,
        seed -> {
          Random random = new Random(seed);
          byte[] record = RecordCodec.encode(prediction(random));
          record[random.nextInt(record.length)] ^= (byte) (1 << random.nextInt(8));
          ByteBuffer cut = ByteBuffer.wrap(record, 0, random.nextInt(record.length) + 1);
          assertThat(isRead(() -> RecordCodec.skim(cut)))
              .isEqualTo(isRead(() -> RecordCodec.decode(cut)));
        });
  }

  private static boolean isRead(Runnable read) {
    try {
      read.run();
      return true;
    } catch (BadBytesException _) {
      return false;
    }
  }

  @Test
  void aLaterVersionIsNamed() {
    assertThatThrownBy(() -> RecordCodec.decode(ByteBuffer.wrap(new byte[] {1, 9, 0})))
        .hasMessage("written in version 9 of the format, this program reads 1");
  }

  @Test
  void timeIsNoContent() {
    GroundTruth truth = new GroundTruth("m", "a", new Datum.Amount(1), 1);
    byte[] later = RecordCodec.encode(new GroundTruth("m", "a", new Datum.Amount(1), 2));
    byte[] other = RecordCodec.encode(new GroundTruth("m", "a", new Datum.Amount(2), 1));
    assertThat(RecordCodec.sameContent(RecordCodec.encode(truth), later)).isTrue();
    assertThat(RecordCodec.sameContent(RecordCodec.encode(truth), other)).isFalse();
  }

  private static Prediction prediction(Random random) {
    Map<String, Datum> features = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      features.put("feature " + i, datum(random, 0));
    }
    return new Prediction(
        "id-" + random.nextInt(),
        "model",
        random.nextBoolean() ? "" : "v" + random.nextInt(3),
        random.nextLong(),
        features,
        datum(random, 0),
        random.nextBoolean() ? null : random.nextDouble(),
        random.nextBoolean() ? Map.of() : Map.of("a", 0.25, "b", 0.75),
        random.nextBoolean() ? null : random.nextDouble(),
        random.nextBoolean() ? Map.of() : Map.of("traceparent", "00-é"));
  }

  private static Datum datum(Random random, int depth) {
    return switch (random.nextInt(depth < 3 ? 7 : 5)) {
      case 0 -> new Datum.Missing();
      case 1 -> new Datum.Amount(random.nextInt());
      case 2 -> new Datum.Amount(oddDouble(random));
      case 3 -> new Datum.Text("naïve ☃ " + random.nextInt());
      case 4 -> new Datum.Flag(random.nextBoolean());
      case 5 -> {
        List<Datum> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(datum(random, depth + 1));
        }
        yield new Datum.Items(items);
      }
      default -> new Datum.Fields(Map.of("x", datum(random, depth + 1)));
    };
  }

  private static double oddDouble(Random random) {
    return List.of(-0.0, Double.NaN, Double.POSITIVE_INFINITY, 1e300, random.nextDouble())
        .get(random.nextInt(5));
  }
}
