package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
public final class MlflowProtocol {
  private static final List<String> ROW_KEYS =
      List.of("dataframe_split", "dataframe_records", "instances", "inputs");
  private static final List<String> TEXT_KEYS = List.of("messages", "prompt", "input");

  private MlflowProtocol() {}

  /// @param contentType as in the header; null where there was none, which is taken for JSON
  /// @throws PayloadException if the body is no scoring request
  public static ScoringRequest decodeRequest(@Nullable String contentType, byte[] body) {
    String mediaType = mediaType(contentType);
    if (mediaType.equals("text/csv")) {
      return new ScoringRequest(CsvRows.read(body), Map.of());
    }
    if (!mediaType.isEmpty() && !mediaType.endsWith("json")) {
      throw new PayloadException("the content type is neither application/json nor text/csv");
    }
    if (!(JsonDatum.read(body) instanceof Datum.Fields(Map<String, Datum> request))) {
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

  /// @param rowCount how many rows were sent; negative where that is not known
  /// @return one output for each row
  /// @throws PayloadException if the body is no answer to that many rows
  public static List<ModelOutput> decodeResponse(byte[] body, OutputMapping mapping, int rowCount) {
    Datum answer = JsonDatum.read(body);
    if (answer instanceof Datum.Fields(Map<String, Datum> fields)) {
      answer = fields.getOrDefault("predictions", answer);
    }
    List<Datum> rows = AnswerRows.of(answer, rowCount);
    if (rowCount >= 0 && rows.size() != rowCount) {
      throw new PayloadException(
          rowCount + " rows were sent, " + rows.size() + " predictions came back");
    }
    if (rows.size() > ScoringRequest.MAX_ROWS) {
      throw new PayloadException(
          rows.size()
              + " predictions in one answer; at most "
              + ScoringRequest.MAX_ROWS
              + " are read");
    }
    OutputReader reader = new OutputReader(mapping);
    return rows.stream().map(reader::read).toList();
  }

  private static String mediaType(@Nullable String contentType) {
    if (contentType == null) {
      return "";
    }
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }
}
