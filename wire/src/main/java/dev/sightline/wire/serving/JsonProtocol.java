package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.util.List;
import java.util.Map;

/// What is said to servers that take and answer JSON of a shape of their own; TorchServe among
/// them.
///
/// Where no selector says where the rows are, a list is rows, unless it is one of numbers, and
/// anything else is one row. An object is features by name, a list features by position, and
/// anything else the one feature `input`. A body that is no JSON by its type, such as an image, has
/// no features.
final class JsonProtocol {
  private JsonProtocol() {}

  static ScoringRequest decodeRequest(Payload payload, InputMapping mapping) {
    if (!payload.mayBeJson()) {
      throw new PayloadException("the request is no JSON by its content type");
    }
    Datum request = JsonDatum.read(payload.body());
    Selector rows = mapping.rows();
    if (rows == null) {
      return new ScoringRequest(
          request instanceof Datum.Items(List<Datum> items) && !isRow(items)
              ? items.stream().map(RequestRows::row).toList()
              : List.of(RequestRows.row(request)),
          Map.of());
    }
    List<Datum> selected = rows.all(request);
    if (selected.isEmpty()) {
      throw new PayloadException("input.rows selects nothing in the request");
    }
    return new ScoringRequest(selected.stream().map(RequestRows::row).toList(), Map.of());
  }

  private static boolean isRow(List<Datum> items) {
    return !items.isEmpty()
        && items.stream()
            .allMatch(item -> item instanceof Datum.Amount || item instanceof Datum.Flag);
  }

  static ScoringAnswer decodeResponse(Payload payload, OutputMapping mapping, int rowCount) {
    if (!payload.mayBeJson() && !payload.mediaType().startsWith("text/")) {
      throw new PayloadException("the answer is no JSON by its content type");
    }
    Datum answer = JsonDatum.read(payload.body());
    Selector selector = mapping.rows();
    List<Datum> rows =
        selector == null ? AnswerRows.of(unwrapped(answer), rowCount) : selector.all(answer);
    if (rows.isEmpty() && rowCount != 0) {
      throw new PayloadException("the answer has no rows");
    }
    return ScoringAnswer.of(AnswerRows.outputs(rows, mapping, rowCount));
  }

  /// Many servers put their rows into an object of one field.
  private static Datum unwrapped(Datum answer) {
    return answer instanceof Datum.Fields(Map<String, Datum> fields)
            && fields.get("predictions") instanceof Datum.Items rows
        ? rows
        : answer;
  }
}
