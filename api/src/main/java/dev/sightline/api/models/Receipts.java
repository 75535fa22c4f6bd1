package dev.sightline.api.models;

import dev.sightline.api.http.Reply;
import dev.sightline.api.json.JsonBody;
import dev.sightline.api.json.JsonWriter;
import java.util.Map;

/// Tells a client what became of the rows that it sent.
final class Receipts {
  /// How many refusals an answer spells out.
  static final int MAX_SPELLED_OUT = 100;

  private Receipts() {}

  /// 200 if every row was taken, 207 if some were, 400 if none of them.
  ///
  /// @param refused by index
  /// @param counts writes the fields that come before the refusals
  static Reply of(int sent, Map<Integer, String> refused, JsonBody counts) {
    int status = refused.isEmpty() ? 200 : refused.size() < sent ? 207 : 400;
    return Reply.json(
        status,
        json -> {
          json.beginObject();
          if (status == 400) {
            failure(json, refused);
          }
          counts.writeTo(json);
          rejected(json, refused);
          json.endObject();
        });
  }

  private static void failure(JsonWriter json, Map<Integer, String> refused) {
    Map.Entry<Integer, String> first = refused.entrySet().iterator().next();
    json.name("status").value("error").name("errorType").value("bad_data");
    json.name("error")
        .value("no row was accepted; row " + first.getKey() + ": " + first.getValue());
  }

  private static void rejected(JsonWriter json, Map<Integer, String> refused) {
    json.name("rejected").beginArray();
    refused.entrySet().stream()
        .limit(MAX_SPELLED_OUT)
        .forEach(
            entry ->
                json.beginObject()
                    .name("index")
                    .value(entry.getKey())
                    .name("error")
                    .value(entry.getValue())
                    .endObject());
    json.endArray();
    if (refused.size() > MAX_SPELLED_OUT) {
      json.name("rejected_count").value(refused.size());
    }
  }
}
