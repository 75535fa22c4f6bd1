package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a client asked a model to score.
///
/// @param rows one for each prediction asked for, features by name in the order sent
/// @param params of the whole call, by name; empty where the client sent none
/// @param ids how the client names its call, or each row; empty where it does not
public record ScoringRequest(
    List<Map<String, Datum>> rows, Map<String, Datum> params, List<String> ids) {
  /// More rows than this in one call are not read.
  public static final int MAX_ROWS = 10_000;

  public ScoringRequest {
    if (rows.size() > MAX_ROWS) {
      throw new PayloadException(
          rows.size() + " rows in one call; at most " + MAX_ROWS + " are read");
    }
    rows = List.copyOf(rows);
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    ids = List.copyOf(ids);
  }

  ScoringRequest(List<Map<String, Datum>> rows, Map<String, Datum> params) {
    this(rows, params, List.of());
  }
}
