package dev.sightline.api.models;

import dev.sightline.api.http.Reply;
import dev.sightline.api.json.JsonBody;
import dev.sightline.api.json.JsonWriter;

/// Tells a client what became of the rows that it sent.
final class Receipts {
  private Receipts() {}

  /// 200 if every row was taken, 207 if some were, 400 if none of them.
  ///
  /// @param counts writes the fields that come before the refusals
  static Reply of(int sent, Refusals refused, JsonBody counts) {
    int status = refused.count() == 0 ? 200 : refused.count() < sent ? 207 : 400;
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

  private static void failure(JsonWriter json, Refusals refused) {
    int row = refused.first().firstKey();
    json.name("status").value("error").name("errorType").value("bad_data");
    json.name("error").value("no row was accepted; row " + row + ": " + refused.first().get(row));
  }

  private static void rejected(JsonWriter json, Refusals refused) {
    json.name("rejected").beginArray();
    refused
        .first()
        .forEach(
            (index, message) ->
                json.beginObject()
                    .name("index")
                    .value(index)
                    .name("error")
                    .value(message)
                    .endObject());
    json.endArray();
    if (refused.count() > refused.first().size()) {
      json.name("rejected_count").value(refused.count());
    }
  }
}
