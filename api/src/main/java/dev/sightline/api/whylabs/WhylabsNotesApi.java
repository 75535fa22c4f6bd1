package dev.sightline.api.whylabs;

import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Routes;
import dev.sightline.quality.profile.SentNotes;
import java.nio.charset.StandardCharsets;

/// What whylogs clients say of features beside profiles, and read back as they said it: weights,
/// and what columns are.
public final class WhylabsNotesApi {
  private static final String ORG = "/v0/organizations/{org}";
  private static final String WEIGHTS = ORG + "/dataset/{model}/weights";
  private static final String SCHEMA = ORG + "/models/{model}/schema";

  private static final String UNKNOWN =
      "{\"classifier\":\"input\",\"dataType\":\"unknown\",\"discreteness\":\"unknown\"}";

  private final SentNotes notes;

  public WhylabsNotesApi(SentNotes notes) {
    this.notes = notes;
  }

  public void addTo(Routes routes) {
    String weights = "Weights of features, as a client of whylogs said them";
    WhylabsApi.add(routes, "GET " + WEIGHTS, weights, this::weights);
    WhylabsApi.add(routes, "PUT " + WEIGHTS, weights, call -> put(call, "weights"));
    String column = "What a column is, as a client of whylogs said it";
    WhylabsApi.add(routes, "GET " + SCHEMA + "/column/{column}", column, this::column);
    WhylabsApi.add(
        routes,
        "PUT " + SCHEMA + "/column/{column}",
        column,
        call -> put(call, "column " + call.path("column")));
    WhylabsApi.add(
        routes,
        "PUT " + SCHEMA + "/metric",
        "Which column is a measure, as a client of whylogs said it",
        call -> put(call, "metric"));
  }

  /// With the metadata that clients insist on.
  private Reply weights(Call call) {
    String found = found(call, "weights");
    int end = found.lastIndexOf('}');
    boolean whole = end < 0 || found.contains("\"metadata\"");
    String metadata = ",\"metadata\":{\"version\":1,\"updatedTimestamp\":0,\"author\":\"user\"}}";
    return json(whole ? found : found.substring(0, end) + metadata);
  }

  /// Clients read what a column is before they say it, and break where nothing was said.
  private Reply column(Call call) {
    String found = notes.find(call.path("model"), "column " + call.path("column"));
    return json(found == null ? UNKNOWN : found);
  }

  private static Reply json(String text) {
    return Reply.of(
        200, "application/json", out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private String found(Call call, String what) {
    String found = notes.find(call.path("model"), what);
    if (found == null) {
      throw new ApiException(ApiError.notFound("nothing was said of " + what));
    }
    return found;
  }

  private Reply put(Call call, String what) {
    String model = call.path("model");
    byte[] body = call.body();
    WhylabsBody read = WhylabsBody.of(body);
    String key = what.equals("metric") ? "metric " + read.text("label") : what;
    try {
      notes.put(model, key, new String(body, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException tooMuch) {
      throw WhylabsApi.bad(String.valueOf(tooMuch.getMessage()));
    }
    return WhylabsApi.done();
  }
}
