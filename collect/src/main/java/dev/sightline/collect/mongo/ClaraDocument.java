package dev.sightline.collect.mongo;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/// Reads documents as CLARA's labeller writes them: `filename`, `output_confidence`,
/// `output_prediction`, `output_validated` (the true class, or null until someone has looked),
/// `timestamp`, `timestamp_validated`.
///
/// `trained` and `logged` say what became of a document elsewhere, change later, and are left out.
record ClaraDocument(MongoJob job) {
  private static final double FIRST_MILLISECONDS = 1e11;

  /// Why a document is no prediction.
  static final class UnreadableException extends RuntimeException {
    UnreadableException(String message) {
      super(message, null, false, false);
    }
  }

  /// @throws UnreadableException in the user's words
  Prediction prediction(Document document, long nowMs) {
    Map<String, Datum> features = new LinkedHashMap<>();
    Object filename = document.get("filename");
    if (filename != null) {
      features.put("filename", datum("filename", filename));
    }
    Object output = document.get("output_prediction");
    if (output == null) {
      throw new UnreadableException("output_prediction is missing");
    }
    Long madeMs = timeMs("timestamp", document);
    return new Prediction(
        id(document),
        job.model(),
        "",
        madeMs == null ? birthMs(document, nowMs) : madeMs,
        features,
        className("output_prediction", output),
        confidence(document),
        Map.of(),
        null,
        Map.of());
  }

  /// @return null as long as nobody has looked
  /// @throws UnreadableException in the user's words
  @Nullable GroundTruth truth(Document document, long nowMs) {
    Object validated = document.get("output_validated");
    if (validated == null) {
      return null;
    }
    Long timeMs = timeMs("timestamp_validated", document);
    return new GroundTruth(
        job.model(),
        id(document),
        className("output_validated", validated),
        timeMs == null ? nowMs : timeMs);
  }

  static String id(Document document) {
    Object id = document.get("_id");
    return id instanceof ObjectId known ? known.toHexString() : String.valueOf(id);
  }

  /// When it was made, as far as its id says.
  private static long birthMs(Document document, long nowMs) {
    return document.get("_id") instanceof ObjectId id ? id.getTimestamp() * 1_000L : nowMs;
  }

  private @Nullable Double confidence(Document document) {
    Object value = document.get("output_confidence");
    if (value == null) {
      return null;
    }
    if (datum("output_confidence", value) instanceof Datum.Amount(double number)
        && number >= 0
        && number <= job.scale()) {
      return number / job.scale();
    }
    throw new UnreadableException(
        "output_confidence must be a number from 0 to %s, not %s".formatted(job.scale(), value));
  }

  /// A number that is the place of a class is that class.
  private Datum className(String field, Object value) {
    Datum datum = datum(field, value);
    List<String> classes = job.classes();
    return datum instanceof Datum.Amount(double number)
            && number == Math.rint(number)
            && number >= 0
            && number < classes.size()
        ? new Datum.Text(classes.get((int) number))
        : datum;
  }

  private static Datum datum(String field, Object value) {
    return switch (value) {
      case String text -> new Datum.Text(text);
      case Boolean flag -> new Datum.Flag(flag);
      case Decimal128 number -> new Datum.Amount(number.doubleValue());
      case Number number -> new Datum.Amount(number.doubleValue());
      case ObjectId id -> new Datum.Text(id.toHexString());
      default ->
          throw new UnreadableException(
              field + " must be a text or a number, not " + value.getClass().getSimpleName());
    };
  }

  /// @return null where there is none
  private @Nullable Long timeMs(String field, Document document) {
    return switch (document.get(field)) {
      case null -> null;
      case Date date -> (Long) date.toInstant().toEpochMilli();
      case Number number when Math.abs(number.doubleValue()) < FIRST_MILLISECONDS ->
          (Long) Math.round(number.doubleValue() * 1_000);
      case Number number -> (Long) number.longValue();
      case String text -> (Long) timeMs(field, text);
      default -> throw noTime(field);
    };
  }

  /// As Python writes it, with `T` or a space, with or without a zone.
  private long timeMs(String field, String text) {
    String iso = text.strip().replace(' ', 'T');
    try {
      return OffsetDateTime.parse(iso).toInstant().toEpochMilli();
    } catch (DateTimeException _) {
      // Then it has no zone, or is no time at all.
    }
    try {
      return LocalDateTime.parse(iso).atZone(job.zone()).toInstant().toEpochMilli();
    } catch (DateTimeException _) {
      throw noTime(field);
    }
  }

  private static UnreadableException noTime(String field) {
    return new UnreadableException(
        field + " must be a date, a text such as 2024-05-08T12:00:00 or seconds since 1970");
  }
}
