package dev.sightline.predictions.record;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
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
/// | 0 | 1 | `kind` | 1 prediction, 2 ground truth, 3 cut |
/// | 1 | 1 | `version` | 1 |
/// | 2 | 8 | `timeMs` | Unix milliseconds, big-endian |
/// | 10 | var | `model` | text: varint length, UTF-8 |
/// | | var | `id` | text, of the prediction |
///
/// A cut has its number in the place of `timeMs` and ends there: everything before it is in files.
/// A ground truth goes on with one datum. A prediction goes on with the text `version`, the fields
/// `features`, the datum `output`, a byte with bit 0 for `confidence` and bit 1 for `latencyMs`,
/// those that are there as doubles, and two counted lists of pairs: `probabilities` (text, double)
/// and `tags` (text, text).
public final class RecordCodec {
  private static final int PREDICTION = 1;
  private static final int TRUTH = 2;
  private static final int CUT = 3;
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

    record OfCut(long number) implements Outline {}
  }

  /// Whether a value in it lies in more than 64 others; such a prediction must not be encoded.
  public static boolean isTooDeep(Prediction prediction) {
    if (DatumCodec.isTooDeep(prediction.output())) {
      return true;
    }
    for (Datum feature : prediction.features().values()) {
      if (DatumCodec.isTooDeep(feature)) {
        return true;
      }
    }
    return false;
  }

  /// As for predictions.
  public static boolean isTooDeep(GroundTruth truth) {
    return DatumCodec.isTooDeep(truth.value());
  }

  public static byte[] encode(Prediction prediction) {
    return encode(prediction, new ByteSink());
  }

  /// @param into emptied first; to be used for the next row again
  public static byte[] encode(Prediction prediction, ByteSink into) {
    into.clear();
    head(PREDICTION, prediction.timeMs(), prediction.model(), prediction.id(), into);
    into.text(prediction.version());
    DatumCodec.writeFields(prediction.features(), into);
    DatumCodec.write(prediction.output(), into);
    Double confidence = prediction.confidence();
    Double latencyMs = prediction.latencyMs();
    into.u8((confidence == null ? 0 : HAS_CONFIDENCE) | (latencyMs == null ? 0 : HAS_LATENCY));
    if (confidence != null) {
      into.f64(confidence);
    }
    if (latencyMs != null) {
      into.f64(latencyMs);
    }
    into.uvarint(prediction.probabilities().size());
    prediction
        .probabilities()
        .forEach(
            (name, value) -> {
              into.text(name);
              into.f64(value);
            });
    into.uvarint(prediction.tags().size());
    prediction
        .tags()
        .forEach(
            (name, value) -> {
              into.text(name);
              into.text(value);
            });
    return into.toArray();
  }

  public static byte[] encode(GroundTruth truth) {
    ByteSink into = new ByteSink();
    head(TRUTH, truth.timeMs(), truth.model(), truth.predictionId(), into);
    DatumCodec.write(truth.value(), into);
    return into.toArray();
  }

  /// A mark in the log: what stands before it has been written to files by the cut of this number.
  public static byte[] encodeCut(long number) {
    ByteSink into = new ByteSink();
    into.u8(CUT);
    into.u8(VERSION);
    into.u64(number);
    return into.toArray();
  }

  /// The number of the cut that a record marks; -1 if it is another record.
  public static long cutNumber(ByteBuffer record) {
    ByteSource from = ByteSource.of(record);
    boolean isCut = from.remaining() == CONTENT_OFFSET && from.u8() == CUT && from.u8() == VERSION;
    return isCut ? from.u64() : -1;
  }

  /// When the prediction or truth of a record was made.
  public static long timeMs(byte[] record) {
    return new ByteSource(record).skip(TIME_OFFSET).u64();
  }

  /// What an index has to know of an encoded prediction that is known to be whole.
  public static PredictionKey key(byte[] prediction) {
    ByteSource from = new ByteSource(prediction);
    Beginning begin = begin(from);
    return new PredictionKey(begin.model, begin.id, from.text(), begin.timeMs);
  }

  /// Reads one value of a record.
  ///
  /// @throws BadBytesException if it is damaged
  public static Datum decodeDatum(ByteSource from) {
    return DatumCodec.read(from);
  }

  /// Writes one value as [#decodeDatum] reads it; it must not be too deep.
  public static void encodeDatum(Datum datum, ByteSink into) {
    DatumCodec.write(datum, into);
  }

  /// @throws BadBytesException if it is none, or damaged
  public static Prediction decodePrediction(byte[] record) {
    return switch (decode(ByteBuffer.wrap(record))) {
      case Entry.OfPrediction(Prediction prediction) -> prediction;
      case Entry.OfTruth _ -> throw new BadBytesException("a truth instead of a prediction");
    };
  }

  /// @throws BadBytesException if it is none, or damaged
  public static GroundTruth decodeTruth(byte[] record) {
    return switch (decode(ByteBuffer.wrap(record))) {
      case Entry.OfTruth(GroundTruth truth) -> truth;
      case Entry.OfPrediction _ -> throw new BadBytesException("a prediction instead of a truth");
    };
  }

  /// @throws BadBytesException if the record is of another version, or damaged in a way that its
  ///   checksum does not show
  public static Entry decode(ByteBuffer record) {
    ByteSource from = ByteSource.of(record);
    Beginning begin = begin(from);
    return switch (begin.kind) {
      case PREDICTION -> new Entry.OfPrediction(prediction(from, begin));
      case TRUTH -> new Entry.OfTruth(truth(from, begin));
      default -> throw unknown(begin.kind);
    };
  }

  /// Reads what an index needs; makes sure that [#decode] would read the rest.
  ///
  /// @throws BadBytesException as [#decode]
  public static Outline skim(ByteBuffer record) {
    long cut = cutNumber(record);
    if (cut >= 0) {
      return new Outline.OfCut(cut);
    }
    ByteSource from = ByteSource.of(record);
    Beginning begin = begin(from);
    return switch (begin.kind) {
      case PREDICTION -> {
        String version = from.text();
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

  private static Beginning begin(ByteSource from) {
    int kind = from.u8();
    int version = from.u8();
    if (version != VERSION) {
      throw new BadBytesException(
          "written in version " + version + " of the format, this program reads " + VERSION);
    }
    Beginning begin = new Beginning(kind, from.u64(), from.text(), from.text());
    if (begin.model.isEmpty() || begin.id.isEmpty()) {
      throw new BadBytesException("no model or no id");
    }
    return begin;
  }

  private static BadBytesException unknown(int kind) {
    return new BadBytesException("a record of the unknown kind " + kind);
  }

  private static GroundTruth truth(ByteSource from, Beginning begin) {
    return new GroundTruth(begin.model, begin.id, DatumCodec.read(from), begin.timeMs);
  }

  private static void skipContent(ByteSource from) {
    DatumCodec.skipFields(from);
    DatumCodec.skip(from);
    int present = from.u8();
    from.skip(Integer.bitCount(present & (HAS_CONFIDENCE | HAS_LATENCY)) * Double.BYTES);
    for (int left = from.length(); left > 0; left--) {
      from.skip(from.length());
      from.skip(Double.BYTES);
    }
    for (int left = from.length(); left > 0; left--) {
      from.skip(from.length());
      from.skip(from.length());
    }
  }

  /// Whether two encoded predictions differ in nothing but their time, which the server gives to
  /// those that come without one.
  public static boolean sameContent(byte[] left, byte[] right) {
    return Arrays.equals(left, 0, TIME_OFFSET, right, 0, TIME_OFFSET)
        && Arrays.equals(left, CONTENT_OFFSET, left.length, right, CONTENT_OFFSET, right.length);
  }

  private static void head(int kind, long timeMs, String model, String id, ByteSink into) {
    into.u8(kind);
    into.u8(VERSION);
    into.u64(timeMs);
    into.text(model);
    into.text(id);
  }

  private static Prediction prediction(ByteSource from, Beginning begin) {
    String version = from.text();
    Map<String, Datum> features = DatumCodec.readFields(from);
    Datum output = DatumCodec.read(from);
    int present = from.u8();
    @Nullable Double confidence = (present & HAS_CONFIDENCE) == 0 ? null : (Double) from.f64();
    @Nullable Double latencyMs = (present & HAS_LATENCY) == 0 ? null : (Double) from.f64();
    Map<String, Double> probabilities = new LinkedHashMap<>();
    int classes = from.length();
    for (int i = 0; i < classes; i++) {
      probabilities.put(from.text(), from.f64());
    }
    Map<String, String> tags = new LinkedHashMap<>();
    int tagCount = from.length();
    for (int i = 0; i < tagCount; i++) {
      tags.put(from.text(), from.text());
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
