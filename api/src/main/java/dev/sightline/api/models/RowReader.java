package dev.sightline.api.models;

import dev.sightline.api.models.JsonFields.RowException;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.KeyedTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Ulid;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads one row of JSON as a prediction or a ground truth.
final class RowReader {
  static final Set<String> PREDICTION =
      new LinkedHashSet<>(
          List.of(
              "id",
              "time",
              "version",
              "features",
              "prediction",
              "confidence",
              "probabilities",
              "latency_ms",
              "tags"));
  static final Set<String> TRUTH = new LinkedHashSet<>(List.of("id", "key", "value", "time"));
  private static final int MAX_KEY_FIELDS = 8;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  RowReader(Clock clock) {
    this.clock = clock;
  }

  /// @throws RowException if a field is missing, unknown or holds what it may not
  Prediction prediction(String model, Datum row) {
    JsonFields fields = new JsonFields(row, PREDICTION);
    String id = fields.text("id");
    return new Prediction(
        id.isEmpty() ? Ulid.of(clock.nowMs(), random) : id,
        model,
        fields.text("version"),
        fields.timeMs("time", clock.nowMs()),
        fields.object("features"),
        fields.required("prediction"),
        fields.number("confidence", 0, 1, "a number from 0 to 1"),
        fields.shares("probabilities"),
        fields.number("latency_ms", 0, Double.MAX_VALUE, "a number from 0"),
        fields.texts("tags"));
  }

  /// @param window of a truth by key
  /// @throws RowException if a field is missing, unknown or holds what it may not
  TruthRow truth(String model, Duration window, Datum row) {
    JsonFields fields = new JsonFields(row, TRUTH);
    String id = fields.text("id");
    SortedMap<String, String> key = new TreeMap<>(fields.words("key"));
    if (id.isEmpty() == key.isEmpty()) {
      throw new RowException(id.isEmpty() ? "id: is missing" : "key: cannot stand beside id");
    }
    if (key.size() > MAX_KEY_FIELDS) {
      throw new RowException("key: has more than " + MAX_KEY_FIELDS + " fields");
    }
    Datum value = fields.required("value");
    if (key.isEmpty()) {
      long timeMs = fields.timeMs("time", clock.nowMs());
      return new TruthRow.ById(new GroundTruth(model, id, value, timeMs));
    }
    Long timeMs = fields.value("time") == null ? null : (Long) fields.timeMs("time", 0);
    return new TruthRow.ByKey(new KeyedTruth(model, key, value, timeMs, window));
  }
}
