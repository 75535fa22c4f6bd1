package dev.sightline.api.otlp;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.RowIntake.SentRow;
import dev.sightline.wire.otlp.OtlpRecord;
import dev.sightline.wire.serving.JsonDatum;
import dev.sightline.wire.serving.PayloadException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads log records that stand for predictions and truths as rows of the API.
///
/// Such a record is the event `sightline.prediction` or `sightline.ground_truth`, and says its
/// model in the attribute `sightline.model`. Its body is the row: fields, or their JSON. Where
/// there is no body, `sightline.id`, `sightline.feature.NAME` and so on are the fields.
final class OtlpRows {
  static final String PREDICTION = "sightline.prediction";
  static final String TRUTH = "sightline.ground_truth";
  static final String MODEL = "sightline.model";

  private static final String PREFIX = "sightline.";
  private static final Map<String, String> GROUPS =
      Map.of(
          "feature.", "features", "probability.", "probabilities", "tag.", "tags", "key.", "key");
  private static final Set<String> FIELDS =
      Set.of("id", "time", "version", "prediction", "confidence", "latency_ms", "value");
  private static final int ID_BYTES = 16;

  private OtlpRows() {}

  /// Whether a record is meant to be a row; any other is a line of the log.
  static boolean isRow(OtlpRecord record) {
    return record.event().equals(PREDICTION) || record.event().equals(TRUTH);
  }

  /// With an id that is the same whenever the record comes again.
  ///
  /// @param nowMs of a record without a time, Unix milliseconds
  static SentRow read(OtlpRecord record, long nowMs) {
    long timeMs = record.timeNs() > 0 ? record.timeNs() / 1_000_000 : nowMs;
    return new SentRow(row(record), id(record), timeMs);
  }

  private static Datum row(OtlpRecord record) {
    return switch (record.body()) {
      case Datum.Fields fields -> fields;
      case Datum.Text(String text) when !text.isBlank() -> json(text);
      default -> ofAttributes(record.attributes());
    };
  }

  /// What is no JSON is no row, which whoever reads it says.
  private static Datum json(String text) {
    try {
      return JsonDatum.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (PayloadException _) {
      return new Datum.Text(text);
    }
  }

  private static Datum ofAttributes(Map<String, Datum> attributes) {
    Map<String, Datum> row = new LinkedHashMap<>();
    Map<String, Map<String, Datum>> groups = new TreeMap<>();
    attributes.forEach(
        (name, value) -> {
          String field = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
          if (FIELDS.contains(field)) {
            row.put(field, value);
          }
          String group = group(field);
          if (group != null) {
            groups
                .computeIfAbsent(GROUPS.get(group), _ -> new LinkedHashMap<>())
                .put(field.substring(group.length()), value);
          }
        });
    groups.forEach((name, fields) -> row.put(name, new Datum.Fields(fields)));
    return new Datum.Fields(row);
  }

  private static @Nullable String group(String field) {
    return GROUPS.keySet().stream().filter(field::startsWith).findFirst().orElse(null);
  }

  private static String id(OtlpRecord record) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(record.toString().getBytes(StandardCharsets.UTF_8));
      return "otlp-" + HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("BUG: every Java has SHA-256", impossible);
    }
  }
}
