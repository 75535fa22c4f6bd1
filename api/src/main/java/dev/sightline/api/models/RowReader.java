package dev.sightline.api.models;

import dev.sightline.api.models.JsonFields.RowException;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Ulid;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Reads one row of JSON as a prediction or a ground truth.
final class RowReader {
  private static final Set<String> PREDICTION =
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
  private static final Set<String> TRUTH = new LinkedHashSet<>(List.of("id", "value", "time"));

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

  /// @throws RowException if a field is missing, unknown or holds what it may not
  GroundTruth truth(String model, Datum row) {
    JsonFields fields = new JsonFields(row, TRUTH);
    String id = fields.text("id");
    if (id.isEmpty()) {
      throw new RowException("id: is missing");
    }
    return new GroundTruth(
        model, id, fields.required("value"), fields.timeMs("time", clock.nowMs()));
  }
}
