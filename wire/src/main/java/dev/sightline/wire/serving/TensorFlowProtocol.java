package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is said to TensorFlow Serving, and in KServe's first protocol, which is the same.
///
/// | Call        | Request                                              | Answer                            |
/// |-------------|------------------------------------------------------|-----------------------------------|
/// | `:predict`  | `{"instances": […]}`, a row for each item            | `{"predictions": […]}`            |
/// | `:predict`  | `{"inputs": {"a": […]}}` or `{"inputs": […]}`, by column | `{"outputs": …}`, by column   |
/// | `:classify` | `{"examples": [{…}], "context": {…}}`                | `{"result": [[[label, score], …]]}` |
/// | `:regress`  | as `:classify`                                       | `{"result": [number, …]}`         |
///
/// The `context` of a request belongs to each of its examples. A value `{"b64": …}` is bytes, and
/// stays as it was sent.
final class TensorFlowProtocol {
  private TensorFlowProtocol() {}

  static ScoringRequest decodeRequest(Operation operation, Payload payload) {
    if (!(JsonDatum.read(payload.body()) instanceof Datum.Fields(Map<String, Datum> request))) {
      throw new PayloadException("a request must be an object");
    }
    return switch (operation) {
      case CLASSIFY, REGRESS -> new ScoringRequest(examples(request), Map.of());
      default -> new ScoringRequest(predict(request), signature(request));
    };
  }

  private static List<Map<String, Datum>> predict(Map<String, Datum> request) {
    Datum instances = request.get("instances");
    Datum inputs = request.get("inputs");
    if ((instances == null) == (inputs == null)) {
      throw new PayloadException("a request must have either instances or inputs");
    }
    return instances != null
        ? RequestRows.tensor("instances", instances)
        : RequestRows.tensor("inputs", bytes(inputs) ? list(inputs) : inputs);
  }

  /// One value of bytes is an object, too, but no column.
  private static boolean bytes(@Nullable Datum value) {
    return value instanceof Datum.Fields(Map<String, Datum> fields)
        && fields.size() == 1
        && fields.get("b64") instanceof Datum.Text;
  }

  private static Datum list(Datum value) {
    return new Datum.Items(List.of(value));
  }

  private static Map<String, Datum> signature(Map<String, Datum> request) {
    Datum signature = request.get("signature_name");
    return signature == null ? Map.of() : Map.of("signature_name", signature);
  }

  private static List<Map<String, Datum>> examples(Map<String, Datum> request) {
    if (!(request.get("examples") instanceof Datum.Items(List<Datum> examples))) {
      throw new PayloadException("a request must have examples, a list");
    }
    Map<String, Datum> context =
        request.get("context") instanceof Datum.Fields(Map<String, Datum> shared)
            ? shared
            : Map.of();
    List<Map<String, Datum>> rows = new ArrayList<>(examples.size());
    for (Datum example : examples) {
      if (!(example instanceof Datum.Fields(Map<String, Datum> features))) {
        throw new PayloadException("examples[" + rows.size() + "] must be an object of features");
      }
      Map<String, Datum> row = new LinkedHashMap<>(context);
      row.putAll(features);
      rows.add(row);
    }
    return rows;
  }

  static ScoringAnswer decodeResponse(
      Operation operation, Payload payload, OutputMapping mapping, int rowCount) {
    if (!(JsonDatum.read(payload.body()) instanceof Datum.Fields(Map<String, Datum> answer))) {
      throw new PayloadException("an answer must be an object");
    }
    String key =
        switch (operation) {
          case CLASSIFY, REGRESS -> "result";
          default -> answer.containsKey("outputs") ? "outputs" : "predictions";
        };
    Datum rows = answer.get(key);
    if (rows == null) {
      throw new PayloadException("the answer has no " + key);
    }
    return ScoringAnswer.of(AnswerRows.outputs(AnswerRows.of(rows, rowCount), mapping, rowCount));
  }
}
