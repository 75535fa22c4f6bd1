package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the scoring calls to one model, and reads their bodies.
///
/// @param paths that ask for predictions beside those of the protocol
/// @param input how to read what clients send
/// @param output how to read what the model answers
public record ServingReader(
    Protocol protocol, List<String> paths, InputMapping input, OutputMapping output) {
  private static final int MAX_ID_LENGTH = 200;

  public ServingReader {
    paths = List.copyOf(paths);
  }

  /// For a model about which only its protocol is known.
  public static ServingReader of(Protocol protocol) {
    return new ServingReader(protocol, List.of(), InputMapping.DEFAULT, OutputMapping.DEFAULT);
  }

  /// @param path begins with a slash, without a query
  /// @return null if a `POST` to it asks for no predictions
  public @Nullable ScoringPath scoringPath(String path) {
    return ScoringPath.of(protocol, path, paths);
  }

  /// @throws PayloadException if the body is no scoring request
  public ScoringRequest request(Operation operation, Payload payload) {
    ScoringRequest request = decoded(operation, payload);
    return input.id() == null
        ? request
        : new ScoringRequest(request.rows(), request.params(), ids(input.id(), payload));
  }

  private static List<String> ids(Selector selector, Payload payload) {
    List<String> ids = new ArrayList<>();
    for (Datum selected : selector.all(JsonDatum.read(payload.json()))) {
      String id = ModelOutput.className(selected);
      if (id == null || id.isEmpty() || id.length() > MAX_ID_LENGTH) {
        return List.of();
      }
      ids.add(id);
    }
    return ids;
  }

  private ScoringRequest decoded(Operation operation, Payload payload) {
    return switch (operation) {
      case INVOCATIONS -> MlflowProtocol.decodeRequest(payload);
      case INFER -> OpenInferenceProtocol.decodeRequest(payload);
      case PREDICT, CLASSIFY, REGRESS -> TensorFlowProtocol.decodeRequest(operation, payload);
      case ANY_JSON -> JsonProtocol.decodeRequest(payload, input);
      case CHAT, COMPLETION, EMBEDDING -> OpenAiProtocol.decodeRequest(payload, input.keepText());
    };
  }

  /// @param rowCount how many rows were sent; negative where that is not known
  /// @throws PayloadException if the body is no answer to that many rows
  public ScoringAnswer answer(Operation operation, Payload payload, int rowCount) {
    return switch (operation) {
      case INVOCATIONS -> MlflowProtocol.decodeResponse(payload, output, rowCount);
      case INFER -> OpenInferenceProtocol.decodeResponse(payload, output, rowCount);
      case PREDICT, CLASSIFY, REGRESS ->
          TensorFlowProtocol.decodeResponse(operation, payload, output, rowCount);
      case ANY_JSON -> JsonProtocol.decodeResponse(payload, output, rowCount);
      case CHAT, COMPLETION, EMBEDDING ->
          OpenAiProtocol.decodeResponse(operation, payload, input.keepText());
    };
  }
}
