package dev.sightline.api.alerting;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.api.json.JsonWriter;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The messages that the demo sent to itself; the route exists in the demo alone.
public final class DemoMessagesApi {
  private final Supplier<List<DemoMessage>> messages;

  /// @param messages newest first
  public DemoMessagesApi(Supplier<List<DemoMessage>> messages) {
    this.messages = messages;
  }

  public void addTo(Routes routes) {
    routes.add(
        new Route(
            "GET",
            PathTemplate.of("/api/demo/v1/messages"),
            Permission.QUERY,
            "The mails and web hooks that the demo sent, newest first",
            List.of(),
            _ -> Reply.json(this::writeTo)));
  }

  private void writeTo(JsonWriter json) {
    json.beginObject().name("messages").beginArray();
    messages.get().forEach(message -> write(json, message));
    json.endArray().endObject();
  }

  private static void write(JsonWriter json, DemoMessage message) {
    json.beginObject();
    json.name("id").value(message.id());
    json.name("time").value(Instant.ofEpochMilli(message.timeMs()).toString());
    json.name("kind").value(message.kind());
    json.name("from").value(message.from());
    json.name("to").beginArray();
    message.to().forEach(json::value);
    json.endArray();
    json.name("subject").value(message.subject());
    optional(json, "text", message.text());
    optional(json, "html", message.html());
    optional(json, "body", message.body());
    json.endObject();
  }

  private static void optional(JsonWriter json, String name, @Nullable String value) {
    if (value != null) {
      json.name(name).value(value);
    }
  }
}
