package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.util.List;
import java.util.Map;

/// What is said over MLflow's scoring protocol: rows to score, and what the model answers.
///
/// | Request body                                           | Rows                                 |
/// |--------------------------------------------------------|--------------------------------------|
/// | `{"dataframe_split": {"columns": […], "data": [[…]]}}` | one for each list in `data`          |
/// | `{"dataframe_records": [{…}]}`                         | one for each object                  |
/// | `{"instances": […]}`, `{"inputs": […]}`                | one for each item                    |
/// | `{"inputs": {"a": […], "b": […]}}`                     | one for each position in the lists   |
/// | `{"messages": …}`, `{"prompt": …}`, `{"input": …}`     | one, its features are the body's     |
/// | `text/csv` with a line of names                        | one for each further line            |
///
/// Values without a name are called by their position: `0`, `1` …, and `input` where a row is one
/// value alone.
final class MlflowProtocol {
  private static final List<String> ROW_KEYS =
      List.of("dataframe_split", "dataframe_records", "instances", "inputs");
  private static final List<String> TEXT_KEYS = List.of("messages", "prompt", "input");

  private MlflowProtocol() {}

  /// A body without a content type is taken for JSON.
  static ScoringRequest decodeRequest(Payload payload) {
    if (payload.mediaType().equals("text/csv")) {
      return new ScoringRequest(CsvRows.read(payload.body()), Map.of());
    }
    if (!payload.mayBeJson()) {
      throw new PayloadException("the content type is neither application/json nor text/csv");
    }
    if (!(JsonDatum.read(payload.body()) instanceof Datum.Fields(Map<String, Datum> request))) {
      throw new PayloadException("a scoring request must be an object with one of " + ROW_KEYS);
    }
    return decodeRequest(request);
  }

  private static ScoringRequest decodeRequest(Map<String, Datum> request) {
    List<String> keys = ROW_KEYS.stream().filter(request::containsKey).toList();
    if (keys.size() > 1) {
      throw new PayloadException("a scoring request must have only one of " + keys);
    }
    Map<String, Datum> params =
        request.get("params") instanceof Datum.Fields(Map<String, Datum> given) ? given : Map.of();
    if (keys.isEmpty()) {
      if (TEXT_KEYS.stream().noneMatch(request::containsKey)) {
        throw new PayloadException("a scoring request must have one of " + ROW_KEYS);
      }
      return new ScoringRequest(List.of(request), Map.of());
    }
    String key = keys.getFirst();
    Datum rows = request.getOrDefault(key, new Datum.Missing());
    return new ScoringRequest(
        switch (key) {
          case "dataframe_split" -> RequestRows.split(rows);
          case "dataframe_records" -> RequestRows.records(rows);
          default -> RequestRows.tensor(key, rows);
        },
        params);
  }

  static ScoringAnswer decodeResponse(Payload payload, OutputMapping mapping, int rowCount) {
    Datum answer = JsonDatum.read(payload.body());
    if (answer instanceof Datum.Fields(Map<String, Datum> fields)) {
      answer = fields.getOrDefault("predictions", answer);
    }
    return ScoringAnswer.of(AnswerRows.outputs(AnswerRows.of(answer, rowCount), mapping, rowCount));
  }
}
