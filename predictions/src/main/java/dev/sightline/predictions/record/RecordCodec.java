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

  /// What a record holds, with no more of a prediction than an index needs.
  public sealed interface Outline {
    record OfPrediction(PredictionKey key) implements Outline {}

    record OfTruth(GroundTruth truth) implements Outline {}
  }

  /// Whether a value in it lies in more than 64 others; such a prediction must not be encoded.
  public static boolean isTooDeep(Prediction prediction) {
    return DatumCodec.isTooDeep(prediction.output())
        || prediction.features().values().stream().anyMatch(DatumCodec::isTooDeep);
  }

  /// As for predictions.
  public static boolean isTooDeep(GroundTruth truth) {
    return DatumCodec.isTooDeep(truth.value());
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
    Beginning begin = begin(from);
    return switch (begin.kind) {
      case PREDICTION -> new Entry.OfPrediction(prediction(from, begin));
      case TRUTH -> new Entry.OfTruth(truth(from, begin));
      default -> throw unknown(begin.kind);
    };
  }

  /// Reads what an index needs; makes sure that [#decode] would read the rest.
  ///
  /// @throws UnreadableRecordException as [#decode]
  public static Outline skim(ByteBuffer record) {
    ByteReader from = new ByteReader(record);
    Beginning begin = begin(from);
    return switch (begin.kind) {
      case PREDICTION -> {
        String version = from.readText();
        skipContent(from);
        yield new Outline.OfPrediction(
            new PredictionKey(begin.model, begin.id, version, begin.timeMs));
      }
      case TRUTH -> new Outline.OfTruth(truth(from, begin));
      default -> throw unknown(begin.kind);
    };
  }

  /// What both kinds of records begin with.
  private record Beginning(int kind, long timeMs, String model, String id) {}

  private static Beginning begin(ByteReader from) {
    int kind = from.readByte();
    int version = from.readByte();
    if (version != VERSION) {
      throw new UnreadableRecordException(
          "written in version " + version + " of the format, this program reads " + VERSION);
    }
    Beginning begin = new Beginning(kind, from.readLong(), from.readText(), from.readText());
    if (begin.model.isEmpty() || begin.id.isEmpty()) {
      throw new UnreadableRecordException("no model or no id");
    }
    return begin;
  }

  private static UnreadableRecordException unknown(int kind) {
    return new UnreadableRecordException("a record of the unknown kind " + kind);
  }

  private static GroundTruth truth(ByteReader from, Beginning begin) {
    return new GroundTruth(begin.model, begin.id, DatumCodec.read(from), begin.timeMs);
  }

  private static void skipContent(ByteReader from) {
    DatumCodec.skipFields(from);
    DatumCodec.skip(from);
    int present = from.readByte();
    from.skip(Integer.bitCount(present & (HAS_CONFIDENCE | HAS_LATENCY)) * Double.BYTES);
    for (int left = from.readCount(); left > 0; left--) {
      from.skipText();
      from.skip(Double.BYTES);
    }
    for (int left = from.readCount(); left > 0; left--) {
      from.skipText();
      from.skipText();
    }
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

  private static Prediction prediction(ByteReader from, Beginning begin) {
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
        begin.id,
        begin.model,
        version,
        begin.timeMs,
        features,
        output,
        confidence,
        probabilities,
        latencyMs,
        tags);
  }
}
