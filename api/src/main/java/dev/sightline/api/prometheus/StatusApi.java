package dev.sightline.api.prometheus;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.CallHandler;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.model.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Says what is running: version, configuration, flags.
public final class StatusApi {
  /// Clients such as Grafana read the version to learn what they may ask for.
  private static final String SPEAKS_LIKE_PROMETHEUS = "3.14.0";

  private final Facts facts;
  private final Clock clock;

  /// @param version of this program
  /// @param revision of its source, or empty
  /// @param startedMs Unix milliseconds
  /// @param config the active configuration as YAML, without its secrets
  /// @param flags of the command line
  public record Facts(
      String version,
      String revision,
      long startedMs,
      Supplier<String> config,
      Map<String, String> flags) {
    public Facts {
      flags = Map.copyOf(flags);
    }
  }

  public StatusApi(Facts facts, Clock clock) {
    this.facts = facts;
    this.clock = clock;
  }

  public void addTo(Routes routes) {
    add(routes, "buildinfo", "Version", _ -> build());
    add(routes, "runtimeinfo", "State of the process", _ -> runtime());
    add(routes, "flags", "Flags of the command line", _ -> flags());
    add(routes, "config", "The active configuration", _ -> config());
  }

  private static void add(Routes routes, String name, String summary, CallHandler handler) {
    PathTemplate path = PathTemplate.of("/api/v1/status/" + name);
    routes.add(new Route("GET", path, Permission.QUERY, summary, List.of(), handler));
  }

  private Reply build() {
    return Envelope.success(
        json ->
            json.beginObject()
                .name("version")
                .value(SPEAKS_LIKE_PROMETHEUS + "+sightline." + facts.version())
                .name("revision")
                .value(facts.revision())
                .name("branch")
                .value("")
                .name("buildUser")
                .value("")
                .name("buildDate")
                .value("")
                .name("goVersion")
                .value("")
                .endObject());
  }

  private Reply runtime() {
    return Envelope.success(
        json ->
            json.beginObject()
                .name("startTime")
                .value(Instant.ofEpochMilli(facts.startedMs()).toString())
                .name("serverTime")
                .value(Instant.ofEpochMilli(clock.nowMs()).toString())
                .endObject());
  }

  private Reply flags() {
    return Envelope.success(
        json -> {
          json.beginObject();
          new TreeMap<>(facts.flags()).forEach((name, value) -> json.name(name).value(value));
          json.endObject();
        });
  }

  private Reply config() {
    String yaml = facts.config().get();
    return Envelope.success(json -> json.beginObject().name("yaml").value(yaml).endObject());
  }
}
