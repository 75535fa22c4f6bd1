package dev.sightline.api.cloudevents;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.wire.serving.JsonDatum;
import dev.sightline.wire.serving.ModelOutput;
import dev.sightline.wire.serving.Operation;
import dev.sightline.wire.serving.Payload;
import dev.sightline.wire.serving.PayloadException;
import dev.sightline.wire.serving.Protocol;
import dev.sightline.wire.serving.ScoringAnswer;
import dev.sightline.wire.serving.ScoringRequest;
import dev.sightline.wire.serving.ServingReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads request and response of a call as predictions, one for each row: with the call's id, and
/// `-N` behind it where there are several.
final class EventReader {
  private EventReader() {}

  /// @param configured null for a model about which nothing is; then its request says what it
  ///   speaks
  /// @throws PayloadException if the bodies are no call of that kind
  static List<Prediction> read(
      CloudEvent request, CloudEvent response, @Nullable ServedModel configured) {
    ServingReader reader =
        configured == null ? ServingReader.of(spoken(request.body())) : configured.reader();
    Operation operation = operation(reader.protocol(), request.body());
    ScoringRequest asked = reader.request(operation, payload(request));
    ScoringAnswer answer = reader.answer(operation, payload(response), asked.rows().size());
    List<ModelOutput> outputs = answer.outputs();
    String version =
        configured == null || configured.version().isEmpty()
            ? answer.version()
            : configured.version();
    List<Prediction> predictions = new ArrayList<>(outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      ModelOutput output = outputs.get(i);
      predictions.add(
          new Prediction(
              id(request, asked.ids(), i, outputs.size()),
              request.model(),
              version,
              request.timeMs(),
              asked.rows().get(i),
              output.value(),
              output.confidence(),
              output.probabilities(),
              null,
              Map.of()));
    }
    return predictions;
  }

  private static String id(CloudEvent request, List<String> ids, int row, int rows) {
    if (ids.size() == rows) {
      return ids.get(row);
    }
    String ofCall = ids.size() == 1 ? ids.getFirst() : request.id();
    return rows == 1 ? ofCall : ofCall + "-" + row;
  }

  private static Payload payload(CloudEvent event) {
    return new Payload(event.body(), event.contentType(), -1, false);
  }

  /// KServe passes version 1 (`instances`) and 2 (`inputs`) of its protocol.
  private static Protocol spoken(byte[] request) {
    Map<String, Datum> fields = fields(request);
    if (fields.get("inputs") instanceof Datum.Items) {
      return Protocol.OPEN_INFERENCE;
    }
    if (fields.containsKey("instances")) {
      return Protocol.TENSORFLOW;
    }
    if (fields.containsKey("messages") || fields.containsKey("prompt")) {
      return Protocol.OPENAI;
    }
    boolean ofMlflow =
        fields.containsKey("dataframe_split") || fields.containsKey("dataframe_records");
    return ofMlflow ? Protocol.MLFLOW : Protocol.JSON;
  }

  private static Operation operation(Protocol protocol, byte[] request) {
    return switch (protocol) {
      case MLFLOW -> Operation.INVOCATIONS;
      case OPEN_INFERENCE -> Operation.INFER;
      case TENSORFLOW -> Operation.PREDICT;
      case TORCHSERVE, JSON -> Operation.ANY_JSON;
      case OPENAI ->
          fields(request).containsKey("messages") ? Operation.CHAT : Operation.COMPLETION;
    };
  }

  private static Map<String, Datum> fields(byte[] json) {
    return JsonDatum.read(json) instanceof Datum.Fields(Map<String, Datum> fields)
        ? fields
        : Map.of();
  }
}
