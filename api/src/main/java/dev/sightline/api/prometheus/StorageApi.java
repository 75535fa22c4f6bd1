package dev.sightline.api.prometheus;

import static dev.sightline.api.http.Parameter.optional;
import static dev.sightline.api.http.Parameter.required;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.CallHandler;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.api.json.JsonWriter;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.series.SeriesKeeping;
import dev.sightline.model.series.SeriesKeeping.Amount;
import dev.sightline.model.series.SeriesKeeping.BlockFacts;
import dev.sightline.model.series.SeriesKeeping.HeadFacts;
import dev.sightline.model.series.SeriesKeeping.LogReplay;
import java.util.List;

/// Prometheus's API about the store itself: what is in it (`status/tsdb`, its blocks, the reading
/// of its log), deletion and copies (`admin/tsdb`).
public final class StorageApi {
  private static final int USUAL_LIMIT = 10;
  private static final int HIGHEST_LIMIT = 10_000;

  private final SeriesKeeping keeping;
  private final SelectorReader selectors;
  private final QueryPool pool;

  public StorageApi(SeriesKeeping keeping, SelectorReader selectors, QueryPool pool) {
    this.keeping = keeping;
    this.selectors = selectors;
    this.pool = pool;
  }

  public void addTo(Routes routes) {
    Parameter limit =
        optional("limit", Parameter.Type.INTEGER, "Of each list, 10 unless said otherwise");
    status(
        routes, "tsdb", "What is in memory, and what takes most of it", List.of(limit), this::tsdb);
    status(routes, "tsdb/blocks", "Blocks on disk", List.of(), this::blocks);
    status(routes, "walreplay", "How far the log has been read back", List.of(), this::walReplay);
    List<Parameter> deletion =
        List.of(
            required("match[]", Parameter.Type.LIST, "Selectors of the series, at least one"),
            optional("start", Parameter.Type.STRING, "RFC 3339 or seconds, included"),
            optional("end", Parameter.Type.STRING, "RFC 3339 or seconds, included"));
    admin(routes, "delete_series", "Deletes samples of series", deletion, this::delete);
    admin(routes, "clean_tombstones", "Gives deleted room back now", List.of(), this::clean);
    Parameter skip = optional("skip_head", Parameter.Type.BOOLEAN, "Leave out what is in memory");
    admin(routes, "snapshot", "Lays a copy of the data aside", List.of(skip), this::snapshot);
  }

  private static void status(
      Routes routes, String name, String summary, List<Parameter> parameters, CallHandler handler) {
    PathTemplate path = PathTemplate.of("/api/v1/status/" + name);
    routes.add(new Route("GET", path, Permission.QUERY, summary, parameters, handler));
  }

  private static void admin(
      Routes routes, String name, String summary, List<Parameter> parameters, CallHandler handler) {
    PathTemplate path = PathTemplate.of("/api/v1/admin/tsdb/" + name);
    for (String method : List.of("POST", "PUT")) {
      routes.add(new Route(method, path, Permission.ADMIN, summary, parameters, handler));
    }
  }

  // Status.

  private Reply tsdb(Call call) {
    int asked = Parameters.limit(call);
    if (asked > HIGHEST_LIMIT) {
      throw Parameters.invalid("limit", "limit must not exceed " + HIGHEST_LIMIT);
    }
    HeadFacts facts = pool.run(() -> keeping.head(asked == 0 ? USUAL_LIMIT : asked));
    return Envelope.success(
        json -> {
          json.beginObject().name("headStats").beginObject();
          json.name("numSeries").value(facts.series());
          json.name("numLabelPairs").value(facts.labelPairs());
          json.name("chunkCount").value(facts.chunks());
          json.name("minTime").value(facts.minMs());
          json.name("maxTime").value(facts.maxMs()).endObject();
          amounts(json, "seriesCountByMetricName", facts.seriesByMetric());
          amounts(json, "labelValueCountByLabelName", facts.valuesByLabel());
          amounts(json, "memoryInBytesByLabelName", facts.bytesByLabel());
          amounts(json, "seriesCountByLabelValuePair", facts.seriesByPair());
          json.endObject();
        });
  }

  private static void amounts(JsonWriter json, String name, List<Amount> amounts) {
    json.name(name).beginArray();
    for (Amount amount : amounts) {
      json.beginObject().name("name").value(amount.name());
      json.name("value").value(amount.value()).endObject();
    }
    json.endArray();
  }

  private Reply blocks(Call call) {
    List<BlockFacts> blocks = keeping.blocks();
    return Envelope.success(
        json -> {
          json.beginObject().name("blocks").beginArray();
          blocks.forEach(block -> block(json, block));
          json.endArray().endObject();
        });
  }

  private static void block(JsonWriter json, BlockFacts block) {
    json.beginObject().name("ulid").value(block.ulid());
    json.name("minTime").value(block.minMs()).name("maxTime").value(block.maxMs());
    json.name("stats").beginObject();
    json.name("numSamples").value(block.amounts().samples());
    json.name("numSeries").value(block.amounts().series());
    json.name("numChunks").value(block.amounts().chunks());
    json.name("numTombstones").value(block.amounts().tombstones());
    json.name("numBytes").value(block.amounts().sizeBytes()).endObject();
    json.name("compaction").beginObject().name("level").value(block.level());
    json.name("sources").beginArray();
    block.sources().forEach(json::value);
    json.endArray().name("parents").beginArray();
    block
        .parents()
        .forEach(
            parent -> {
              json.beginObject().name("ulid").value(parent.ulid());
              json.name("minTime").value(parent.minMs());
              json.name("maxTime").value(parent.maxMs()).endObject();
            });
    json.endArray().endObject().name("version").value(1).endObject();
  }

  private Reply walReplay(Call call) {
    LogReplay replay = keeping.logReplay();
    return Envelope.success(
        json -> {
          json.beginObject().name("min").value(replay.firstFile());
          json.name("max").value(replay.lastFile());
          json.name("current").value(replay.currentFile());
          json.name("state").value(replay.state()).endObject();
        });
  }

  // Changes.

  private Reply delete(Call call) {
    List<String> texts = call.parameters("match[]");
    if (texts.isEmpty()) {
      throw new ApiException(ApiError.badData("no match[] parameter provided"));
    }
    long startMs = Parameters.timeMs(call, "start", Parameters.EARLIEST_MS);
    long endMs = Parameters.timeMs(call, "end", Parameters.LATEST_MS);
    List<List<Matcher>> read = texts.stream().map(this::selector).toList();
    read.forEach(matchers -> keeping.delete(matchers, startMs, endMs));
    return Reply.empty(204);
  }

  private List<Matcher> selector(String text) {
    try {
      return selectors.read(text);
    } catch (QueryException.BadQuery bad) {
      throw Parameters.invalid("match[]", String.valueOf(bad.getMessage()));
    }
  }

  private Reply clean(Call call) {
    keeping.cleanDeleted();
    return Reply.empty(204);
  }

  private Reply snapshot(Call call) {
    String skip = call.parameter("skip_head");
    if (skip != null && !List.of("", "true", "false", "1", "0").contains(skip)) {
      throw Parameters.invalid("skip_head", "must be true or false, not \"" + skip + '"');
    }
    boolean withHead = !"true".equals(skip) && !"1".equals(skip);
    String name = keeping.snapshot(withHead);
    return Envelope.success(json -> json.beginObject().name("name").value(name).endObject());
  }
}
