package dev.sightline.api.whylabs;

import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.model.prediction.Datum;
import dev.sightline.wire.serving.JsonDatum;
import dev.sightline.wire.serving.PayloadException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON object that a client sends; what it does not say is empty or 0.
record WhylabsBody(Map<String, Datum> fields) {
  /// @throws ApiException 400
  static WhylabsBody read(Call call) {
    return of(call.body());
  }

  /// @throws ApiException 400
  static WhylabsBody of(byte[] body) {
    if (body.length == 0) {
      return new WhylabsBody(Map.of());
    }
    try {
      if (JsonDatum.read(body) instanceof Datum.Fields(Map<String, Datum> fields)) {
        return new WhylabsBody(fields);
      }
    } catch (PayloadException bad) {
      throw new ApiException(ApiError.badData(String.valueOf(bad.getMessage())));
    }
    throw new ApiException(ApiError.badData("the body must be a JSON object"));
  }

  String text(String name) {
    return fields.get(name) instanceof Datum.Text(String text) ? text : "";
  }

  long number(String name) {
    return fields.get(name) instanceof Datum.Amount(double number) ? (long) number : 0;
  }

  int size(String name) {
    return fields.get(name) instanceof Datum.Items(List<Datum> items) ? items.size() : 0;
  }

  /// A list of `{key, value}`.
  Map<String, String> tags(String name) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (fields.get(name) instanceof Datum.Items(List<Datum> items)) {
      for (Datum item : items) {
        if (item instanceof Datum.Fields(Map<String, Datum> tag)) {
          WhylabsBody one = new WhylabsBody(tag);
          tags.put(one.text("key"), one.text("value"));
        }
      }
    }
    return tags;
  }
}
