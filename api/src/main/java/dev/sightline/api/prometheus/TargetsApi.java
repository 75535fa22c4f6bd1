package dev.sightline.api.prometheus;

import static dev.sightline.api.http.Parameter.optional;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.CallHandler;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.api.json.JsonWriter;
import dev.sightline.collect.scrape.DroppedTarget;
import dev.sightline.collect.scrape.FamilyMetadata;
import dev.sightline.collect.scrape.ScrapeService;
import dev.sightline.collect.scrape.Target;
import dev.sightline.collect.scrape.TargetMetadata;
import dev.sightline.collect.scrape.TargetStatus;
import dev.sightline.wire.yaml.DurationText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Prometheus's API about what is scraped: `targets`, `scrape_pools`, and the metadata that targets
/// sent.
public final class TargetsApi {
  private static final Parameter POOL =
      optional("scrapePool", Parameter.Type.STRING, "Only the targets of this job");
  private static final Parameter METRIC =
      optional("metric", Parameter.Type.STRING, "Only this metric");
  private static final Parameter LIMIT =
      optional("limit", Parameter.Type.INTEGER, "How many to return; 0 for all");
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final ScrapeService scrapes;

  public TargetsApi(ScrapeService scrapes) {
    this.scrapes = scrapes;
  }

  public void addTo(Routes routes) {
    Parameter state =
        optional("state", Parameter.Type.STRING, "active, dropped or any, which is the default");
    add(routes, "targets", "What is scraped, and how it went", List.of(state, POOL), this::targets);
    add(routes, "scrape_pools", "The names of the scrape jobs", List.of(), _ -> pools());
    add(
        routes,
        "targets/metadata",
        "What each target says of its metrics",
        List.of(METRIC, LIMIT),
        this::metadataByTarget);
    add(
        routes,
        "metadata",
        "Type, help and unit of metrics",
        List.of(METRIC, LIMIT),
        this::metadataByMetric);
  }

  private static void add(
      Routes routes, String name, String summary, List<Parameter> parameters, CallHandler handler) {
    PathTemplate path = PathTemplate.of("/api/v1/" + name);
    routes.add(new Route("GET", path, Permission.QUERY, summary, parameters, handler));
  }

  private Reply targets(Call call) {
    String state = call.parameter("state");
    String pool = call.parameter("scrapePool");
    boolean active = state == null || !state.equals("dropped");
    boolean dropped = state == null || !state.equals("active");
    List<TargetStatus> up = active ? scrapes.targets() : List.of();
    List<DroppedTarget> down = scrapes.dropped();
    Map<String, Long> droppedCounts =
        down.stream()
            .collect(
                Collectors.groupingBy(DroppedTarget::job, TreeMap::new, Collectors.counting()));
    return Envelope.success(
        json -> {
          json.beginObject().name("activeTargets").beginArray();
          up.stream()
              .filter(status -> isOf(pool, status.target().job()))
              .forEach(s -> write(json, s));
          json.endArray().name("droppedTargets").beginArray();
          if (dropped) {
            down.stream().filter(target -> isOf(pool, target.job())).forEach(t -> write(json, t));
          }
          json.endArray().name("droppedTargetCounts").beginObject();
          droppedCounts.forEach((job, count) -> json.name(job).value(count));
          json.endObject().endObject();
        });
  }

  private static boolean isOf(@Nullable String pool, String job) {
    return pool == null || pool.isEmpty() || pool.equals(job);
  }

  private static void write(JsonWriter json, TargetStatus status) {
    Target target = status.target();
    TargetStatus.LastScrape last = status.lastScrape();
    json.beginObject().name("discoveredLabels");
    Envelope.labels(json, target.discovered());
    json.name("labels");
    Envelope.labels(json, target.labels());
    json.name("scrapePool").value(target.job());
    json.name("scrapeUrl").value(target.url()).name("globalUrl").value(target.url());
    json.name("lastError").value(last.error());
    json.name("lastScrape")
        .value(last.atMs() == 0 ? NEVER : Instant.ofEpochMilli(last.atMs()).toString());
    json.name("lastScrapeDuration").value(last.durationSeconds());
    json.name("health").value(last.health().name().toLowerCase(Locale.ROOT));
    json.name("scrapeInterval").value(DurationText.format(target.timing().interval()));
    json.name("scrapeTimeout").value(DurationText.format(target.timing().timeout()));
    json.endObject();
  }

  private static void write(JsonWriter json, DroppedTarget target) {
    json.beginObject().name("discoveredLabels");
    Envelope.labels(json, target.discovered());
    json.name("scrapePool").value(target.job()).endObject();
  }

  private Reply pools() {
    return Envelope.success(
        json -> {
          json.beginObject().name("scrapePools").beginArray();
          scrapes.jobs().forEach(json::value);
          json.endArray().endObject();
        });
  }

  private Reply metadataByTarget(Call call) {
    List<TargetMetadata> found = metadata(call);
    int limit = Parameters.limit(call);
    return Envelope.success(
        json -> {
          json.beginArray();
          for (TargetMetadata one : Envelope.limited(found, limit)) {
            json.beginObject().name("target");
            Envelope.labels(json, one.target().labels());
            json.name("metric").value(one.metric());
            write(json, one.metadata());
            json.endObject();
          }
          json.endArray();
        });
  }

  private Reply metadataByMetric(Call call) {
    Map<String, List<FamilyMetadata>> byMetric = new TreeMap<>();
    for (TargetMetadata one : metadata(call)) {
      List<FamilyMetadata> known = byMetric.computeIfAbsent(one.metric(), _ -> new ArrayList<>());
      if (!known.contains(one.metadata())) {
        known.add(one.metadata());
      }
    }
    int limit = Parameters.limit(call);
    return Envelope.success(
        json -> {
          json.beginObject();
          byMetric.entrySet().stream()
              .limit(limit == 0 ? Long.MAX_VALUE : limit)
              .forEach(metric -> write(json, metric.getKey(), metric.getValue()));
          json.endObject();
        });
  }

  private static void write(JsonWriter json, String metric, List<FamilyMetadata> all) {
    json.name(metric).beginArray();
    for (FamilyMetadata metadata : all) {
      json.beginObject();
      write(json, metadata);
      json.endObject();
    }
    json.endArray();
  }

  private static void write(JsonWriter json, FamilyMetadata metadata) {
    json.name("type").value(metadata.type());
    json.name("help").value(metadata.help());
    json.name("unit").value(metadata.unit());
  }

  private List<TargetMetadata> metadata(Call call) {
    String metric = call.parameter("metric");
    return scrapes.metadata().stream()
        .filter(one -> metric == null || metric.isEmpty() || metric.equals(one.metric()))
        .toList();
  }
}
