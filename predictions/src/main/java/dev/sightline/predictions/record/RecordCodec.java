package dev.sightline.predictions.record;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bytes of one record of the prediction log. `RecordCodecTest` holds these tables against
/// golden bytes.
///
/// | Offset | Size | Field | Meaning |
/// |-------:|-----:|-------|---------|
/// | 0 | 1 | `kind` | 1 prediction, 2 ground truth |
/// | 1 | 1 | `version` | 1 |
/// | 2 | 8 | `timeMs` | Unix milliseconds, big-endian |
/// | 10 | var | `model` | text: varint length, UTF-8 |
/// | | var | `id` | text, of the prediction |
///
/// A ground truth goes on with one datum. A prediction goes on with the text `version`, the fields
/// `features`, the datum `output`, a byte with bit 0 for `confidence` and bit 1 for `latencyMs`,
/// those that are there as doubles, and two counted lists of pairs: `probabilities` (text, double)
/// and `tags` (text, text).
public final class RecordCodec {
  private static final int PREDICTION = 1;
  private static final int TRUTH = 2;
  private static final int VERSION = 1;
  private static final int TIME_OFFSET = 2;
  private static final int CONTENT_OFFSET = 10;
  private static final int HAS_CONFIDENCE = 1;
  private static final int HAS_LATENCY = 2;

  private RecordCodec() {}

  /// What a record holds.
  public sealed interface Entry {
    record OfPrediction(Prediction prediction) implements Entry {}

    record OfTruth(GroundTruth truth) implements Entry {}
  }

  public static byte[] encode(Prediction prediction) {
    ByteWriter into = head(PREDICTION, prediction.timeMs(), prediction.model(), prediction.id());
    into.writeText(prediction.version());
    DatumCodec.writeFields(prediction.features(), into);
    DatumCodec.write(prediction.output(), into);
    Double confidence = prediction.confidence();
    Double latencyMs = prediction.latencyMs();
    into.writeByte(
        (confidence == null ? 0 : HAS_CONFIDENCE) | (latencyMs == null ? 0 : HAS_LATENCY));
    if (confidence != null) {
      into.writeDouble(confidence);
    }
    if (latencyMs != null) {
      into.writeDouble(latencyMs);
    }
    into.writeUnsigned(prediction.probabilities().size());
    prediction
        .probabilities()
        .forEach(
            (name, value) -> {
              into.writeText(name);
              into.writeDouble(value);
            });
    into.writeUnsigned(prediction.tags().size());
    prediction
        .tags()
        .forEach(
            (name, value) -> {
              into.writeText(name);
              into.writeText(value);
            });
    return into.toBytes();
  }

  public static byte[] encode(GroundTruth truth) {
    ByteWriter into = head(TRUTH, truth.timeMs(), truth.model(), truth.predictionId());
    DatumCodec.write(truth.value(), into);
    return into.toBytes();
  }

  /// @throws UnreadableRecordException if the record is of another version, or damaged in a way
  ///   that its checksum does not show
  public static Entry decode(ByteBuffer record) {
    ByteReader from = new ByteReader(record);
    int kind = from.readByte();
    int version = from.readByte();
    if (version != VERSION) {
      throw new UnreadableRecordException(
          "written in version " + version + " of the format, this program reads " + VERSION);
    }
    long timeMs = from.readLong();
    String model = from.readText();
    String id = from.readText();
    if (model.isEmpty() || id.isEmpty()) {
      throw new UnreadableRecordException("no model or no id");
    }
    return switch (kind) {
      case PREDICTION -> new Entry.OfPrediction(prediction(from, timeMs, model, id));
      case TRUTH -> new Entry.OfTruth(new GroundTruth(model, id, DatumCodec.read(from), timeMs));
      default -> throw new UnreadableRecordException("a record of the unknown kind " + kind);
    };
  }

  /// Whether two encoded predictions differ in nothing but their time, which the server gives to
  /// those that come without one.
  public static boolean sameContent(byte[] left, byte[] right) {
    return Arrays.equals(left, 0, TIME_OFFSET, right, 0, TIME_OFFSET)
        && Arrays.equals(left, CONTENT_OFFSET, left.length, right, CONTENT_OFFSET, right.length);
  }

  private static ByteWriter head(int kind, long timeMs, String model, String id) {
    ByteWriter into = new ByteWriter();
    into.writeByte(kind);
    into.writeByte(VERSION);
    into.writeLong(timeMs);
    into.writeText(model);
    into.writeText(id);
    return into;
  }

  private static Prediction prediction(ByteReader from, long timeMs, String model, String id) {
    String version = from.readText();
    Map<String, Datum> features = DatumCodec.readFields(from);
    Datum output = DatumCodec.read(from);
    int present = from.readByte();
    @Nullable Double confidence =
        (present & HAS_CONFIDENCE) == 0 ? null : (Double) from.readDouble();
    @Nullable Double latencyMs = (present & HAS_LATENCY) == 0 ? null : (Double) from.readDouble();
    Map<String, Double> probabilities = new LinkedHashMap<>();
    int classes = from.readCount();
    for (int i = 0; i < classes; i++) {
      probabilities.put(from.readText(), from.readDouble());
    }
    Map<String, String> tags = new LinkedHashMap<>();
    int tagCount = from.readCount();
    for (int i = 0; i < tagCount; i++) {
      tags.put(from.readText(), from.readText());
    }
    return new Prediction(
        id, model, version, timeMs, features, output, confidence, probabilities, latencyMs, tags);
  }
}
