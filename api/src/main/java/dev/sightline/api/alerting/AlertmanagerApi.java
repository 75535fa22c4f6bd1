package dev.sightline.api.alerting;

import static dev.sightline.api.http.Parameter.optional;

import dev.sightline.alerting.Fingerprint;
import dev.sightline.alerting.dispatch.AlertView;
import dev.sightline.alerting.dispatch.Dispatcher;
import dev.sightline.alerting.dispatch.GroupView;
import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.CallHandler;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.api.json.JsonWriter;
import dev.sightline.model.label.Labels;
import dev.sightline.model.time.Clock;
import dev.sightline.wire.serving.PayloadException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Alertmanager's API, version 2, as far as it is about alerts; for amtool, and for a Prometheus
/// that sends its alerts here. Also below `/alertmanager`.
public final class AlertmanagerApi {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final Parameter FILTER =
      optional("filter", Parameter.Type.LIST, "Matchers such as severity=\"page\"; all must match");
  private static final Parameter RECEIVER =
      optional("receiver", Parameter.Type.STRING, "A regular expression for names of receivers");

  private final Dispatcher dispatcher;
  private final Clock clock;
  private final Supplier<Duration> resolveTimeout;
  private final String version;
  private final long startedMs;

  /// @param resolveTimeout until when an alert fires whose sender names no end
  /// @param version of the program
  public AlertmanagerApi(
      Dispatcher dispatcher, Clock clock, Supplier<Duration> resolveTimeout, String version) {
    this.dispatcher = dispatcher;
    this.clock = clock;
    this.resolveTimeout = resolveTimeout;
    this.version = version;
    this.startedMs = clock.nowMs();
  }

  public void addTo(Routes routes) {
    List<Parameter> which =
        List.of(
            FILTER,
            RECEIVER,
            flag("active"),
            flag("silenced"),
            flag("inhibited"),
            flag("unprocessed"),
            flag("muted"));
    for (String root : List.of("/api/v2/", "/alertmanager/api/v2/")) {
      add(routes, "GET", root + "alerts", "Alerts that fire", which, this::alerts);
      add(routes, "GET", root + "alerts/groups", "Alerts in their groups", which, this::groups);
      add(routes, "POST", root + "alerts", "Say that alerts fire or ended", List.of(), this::post);
      add(routes, "GET", root + "receivers", "The names of receivers", List.of(), this::receivers);
      add(routes, "GET", root + "status", "This server", List.of(), _ -> Reply.json(this::status));
    }
  }

  private static Parameter flag(String name) {
    return optional(name, Parameter.Type.BOOLEAN, "Whether " + name + " alerts are shown");
  }

  private static void add(
      Routes routes,
      String method,
      String path,
      String summary,
      List<Parameter> parameters,
      CallHandler handler) {
    Permission permission = method.equals("GET") ? Permission.QUERY : Permission.WRITE;
    routes.add(new Route(method, PathTemplate.of(path), permission, summary, parameters, handler));
  }

  private Reply alerts(Call call) {
    AlertFilter filter = AlertFilter.of(call);
    List<AlertView> found =
        dispatcher.alerts().stream()
            .filter(filter::admits)
            .sorted(Comparator.comparing(view -> Fingerprint.text(view.alert().labels())))
            .toList();
    return Reply.json(
        json -> {
          json.beginArray();
          found.forEach(view -> write(json, view));
          json.endArray();
        });
  }

  private Reply groups(Call call) {
    AlertFilter filter = AlertFilter.of(call);
    List<GroupView> found =
        dispatcher.groups().stream()
            .filter(group -> filter.admitsReceiver(group.receiver()))
            .map(
                group ->
                    new GroupView(
                        group.labels(),
                        group.receiver(),
                        group.alerts().stream().filter(filter::admits).toList()))
            .filter(group -> !group.alerts().isEmpty())
            .toList();
    return Reply.json(
        json -> {
          json.beginArray();
          for (GroupView group : found) {
            json.beginObject().name("alerts").beginArray();
            group.alerts().forEach(view -> write(json, view));
            json.endArray().name("labels");
            LabelsJson.write(json, group.labels());
            json.name("receiver");
            receiver(json, group.receiver());
            json.endObject();
          }
          json.endArray();
        });
  }

  private static void write(JsonWriter json, AlertView view) {
    json.beginObject().name("annotations");
    LabelsJson.write(json, view.alert().annotations());
    json.name("endsAt").value(time(view.alert().endsAtMs()));
    json.name("fingerprint").value(Fingerprint.text(view.alert().labels()));
    json.name("receivers").beginArray();
    view.receivers().forEach(name -> receiver(json, name));
    json.endArray();
    json.name("startsAt").value(time(view.alert().startsAtMs()));
    writeStatus(json, view.inhibitedBy());
    json.name("updatedAt").value(time(view.updatedMs()));
    if (!view.alert().generatorUrl().isEmpty()) {
      json.name("generatorURL").value(view.alert().generatorUrl());
    }
    json.name("labels");
    LabelsJson.write(json, view.alert().labels());
    json.endObject();
  }

  private static void writeStatus(JsonWriter json, @Nullable Labels inhibitedBy) {
    json.name("status").beginObject().name("inhibitedBy").beginArray();
    if (inhibitedBy != null) {
      json.value(Fingerprint.text(inhibitedBy));
    }
    json.endArray().name("silencedBy").beginArray().endArray();
    json.name("state").value(inhibitedBy == null ? "active" : "suppressed").endObject();
  }

  private static void receiver(JsonWriter json, String name) {
    json.beginObject().name("name").value(name).endObject();
  }

  private static String time(long ms) {
    return MILLIS.format(Instant.ofEpochMilli(ms));
  }

  /// What is right is taken, also beside what is wrong, as Alertmanager does.
  private Reply post(Call call) {
    PostedAlerts posted;
    try {
      posted = PostedAlerts.read(call.body(), clock.nowMs(), resolveTimeout.get());
    } catch (PayloadException bad) {
      return error(String.valueOf(bad.getMessage()));
    }
    dispatcher.accept(posted.alerts());
    return posted.faults().isEmpty() ? Reply.empty(200) : error(String.join("; ", posted.faults()));
  }

  private static Reply error(String message) {
    return Reply.json(400, json -> json.value(message));
  }

  private Reply receivers(Call call) {
    List<String> names = dispatcher.receivers();
    return Reply.json(
        json -> {
          json.beginArray();
          names.forEach(name -> receiver(json, name));
          json.endArray();
        });
  }

  private void status(JsonWriter json) {
    json.beginObject().name("cluster").beginObject();
    json.name("peers").beginArray().endArray().name("status").value("disabled").endObject();
    // The configuration may hold secrets, so its text is not shown.
    json.name("config").beginObject().name("original").value("").endObject();
    json.name("uptime").value(time(startedMs));
    json.name("versionInfo").beginObject().name("branch").value("");
    json.name("buildDate").value("").name("buildUser").value("").name("goVersion").value("");
    json.name("revision").value("").name("version").value(version).endObject();
    json.endObject();
  }
}
