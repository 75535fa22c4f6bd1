package dev.sightline.api.http;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The description of every route as an OpenAPI 3.1 document, made from the routes themselves.
public final class OpenApi {
  private final Routes routes;
  private final String version;

  /// @param version of the program
  public OpenApi(Routes routes, String version) {
    this.routes = routes;
    this.version = version;
  }

  public void addTo(Routes routes) {
    routes.add(
        new Route(
            "GET",
            PathTemplate.of("/api/openapi.json"),
            Permission.QUERY,
            "This document",
            List.of(),
            _ -> Reply.json(this::writeTo)));
    // JSON is YAML: one document under the name that Prometheus's clients ask for, too.
    routes.add(
        new Route(
            "GET",
            PathTemplate.of("/api/v1/openapi.yaml"),
            Permission.QUERY,
            "The same document as YAML",
            List.of(),
            _ -> {
              Reply json = Reply.json(this::writeTo);
              return Reply.of(200, "application/yaml", json.body());
            }));
  }

  private void writeTo(JsonWriter json) {
    json.beginObject().name("openapi").value("3.1.0");
    json.name("info").beginObject().name("title").value("Sightline");
    json.name("version").value(version).endObject();
    json.name("paths").beginObject();
    byPath()
        .forEach(
            (path, here) -> {
              json.name(path).beginObject();
              here.forEach(route -> operation(json, route));
              json.endObject();
            });
    json.endObject();
    components(json);
    json.endObject();
  }

  private Map<String, List<Route>> byPath() {
    Map<String, List<Route>> byPath = new TreeMap<>();
    for (Route route : routes.list()) {
      byPath.computeIfAbsent(route.path().toString(), _ -> new ArrayList<>()).add(route);
    }
    return byPath;
  }

  private static void operation(JsonWriter json, Route route) {
    json.name(route.method().toLowerCase(Locale.ROOT)).beginObject();
    json.name("summary").value(route.summary());
    json.name("x-permission").value(route.permission().name().toLowerCase(Locale.ROOT));
    json.name("parameters").beginArray();
    route.parameters().forEach(parameter -> parameter(json, parameter));
    json.endArray();
    json.name("security").beginArray();
    if (route.permission() != Permission.NONE) {
      json.beginObject().name("token").beginArray().endArray().endObject();
      json.beginObject().name("password").beginArray().endArray().endObject();
    }
    json.endArray();
    json.name("responses").beginObject();
    response(json, "2XX", "The answer.");
    response(json, "4XX", "What was wrong with the call, where, and the limit.");
    response(json, "5XX", "There is no answer now.");
    json.endObject().endObject();
  }

  private static void response(JsonWriter json, String status, String description) {
    json.name(status).beginObject().name("description").value(description).endObject();
  }

  private static void parameter(JsonWriter json, Parameter parameter) {
    json.beginObject().name("name").value(parameter.name());
    json.name("in").value(parameter.in().name().toLowerCase(Locale.ROOT));
    json.name("required").value(parameter.required());
    json.name("description").value(parameter.description());
    json.name("schema").beginObject();
    if (parameter.type() == Parameter.Type.LIST) {
      json.name("type").value("array").name("items").beginObject();
      json.name("type").value("string").endObject();
    } else {
      json.name("type").value(parameter.type().name().toLowerCase(Locale.ROOT));
    }
    json.endObject().endObject();
  }

  private static void components(JsonWriter json) {
    json.name("components").beginObject().name("securitySchemes").beginObject();
    json.name("token").beginObject().name("type").value("http");
    json.name("scheme").value("bearer").endObject();
    json.name("password").beginObject().name("type").value("http");
    json.name("scheme").value("basic").endObject();
    json.endObject().endObject();
  }
}
