package dev.sightline.api.alerting;

import dev.sightline.alerting.notify.journal.Entry;
import dev.sightline.alerting.notify.journal.Journal;
import dev.sightline.alerting.notify.journal.Outcome;
import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.api.json.JsonWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who was told of what, and what became of it: the journal of notifications.
public final class NotificationsApi {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  private final Journal journal;

  public NotificationsApi(Journal journal) {
    this.journal = journal;
  }

  public void addTo(Routes routes) {
    Parameter limit =
        Parameter.optional("limit", Parameter.Type.INTEGER, "From 1 to 1000; 100 where absent");
    routes.add(
        new Route(
            "GET",
            PathTemplate.of("/api/alerting/v1/notifications"),
            Permission.QUERY,
            "What receivers were told, newest first",
            List.of(limit),
            this::newest));
  }

  private Reply newest(Call call) {
    List<Entry> entries = journal.newest(limit(call.parameter("limit")));
    return Reply.json(
        json -> {
          json.beginObject().name("notifications").beginArray();
          entries.forEach(entry -> write(json, entry));
          json.endArray().endObject();
        });
  }

  private static int limit(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return DEFAULT_LIMIT;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new ApiException(ApiError.badData("limit must be a number from 1 to " + MAX_LIMIT));
  }

  private static void write(JsonWriter json, Entry entry) {
    json.beginObject();
    json.name("id").value(entry.id());
    json.name("time").value(Instant.ofEpochMilli(entry.timeMs()).toString());
    json.name("receiver").value(entry.receiver());
    json.name("integration").value(entry.integration());
    json.name("status").value(entry.status());
    json.name("group_labels");
    LabelsJson.write(json, entry.groupLabels());
    json.name("alerts").beginArray();
    for (Entry.Told told : entry.alerts()) {
      json.beginObject().name("labels");
      LabelsJson.write(json, told.labels());
      json.name("status").value(told.resolved() ? "resolved" : "firing").endObject();
    }
    json.endArray();
    json.name("outcome").value(word(entry.outcome()));
    if (!entry.error().isEmpty()) {
      json.name("error").value(entry.error());
    }
    json.name("attempts").value(entry.attempts());
    json.endObject();
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case PENDING -> "pending";
      case SENT -> "sent";
      case FAILED, WITHDRAWN -> "failed";
      case UNKNOWN -> "unknown";
    };
  }
}
