package dev.sightline.demo.scoring;

import dev.sightline.demo.sentiment.Verdict;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes the bodies of answers.
final class ScoringOutput {
  private static final JsonFactory JSON = new JsonFactory();

  private ScoringOutput() {}

  static byte[] predictions(List<Verdict> verdicts) {
    return written(
        json -> {
          json.writeArrayPropertyStart("predictions");
          verdicts.forEach(verdict -> write(json, verdict));
          json.writeEndArray();
        });
  }

  static byte[] error(ErrorCode code, String message, @Nullable String stackTrace) {
    return written(
        json -> {
          json.writeStringProperty("error_code", code.name());
          json.writeStringProperty("message", message);
          if (stackTrace != null) {
            json.writeStringProperty("stack_trace", stackTrace);
          }
        });
  }

  static byte[] detail(String message) {
    return written(json -> json.writeStringProperty("detail", message));
  }

  private static void write(JsonGenerator json, Verdict verdict) {
    json.writeStartObject();
    json.writeStringProperty("label", verdict.sentiment().label());
    json.writeNumberProperty("confidence", verdict.confidence());
    json.writeObjectPropertyStart("probabilities");
    verdict
        .probabilities()
        .forEach((sentiment, share) -> json.writeNumberProperty(sentiment.label(), share));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static byte[] written(Consumer<JsonGenerator> members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      members.accept(json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
