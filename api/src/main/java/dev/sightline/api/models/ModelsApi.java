package dev.sightline.api.models;

import static dev.sightline.api.http.Parameter.optional;

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
import dev.sightline.model.prediction.KeyedTruthSink;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.ModelSummary;
import dev.sightline.model.prediction.PredictionSource.Page;
import dev.sightline.model.time.Clock;
import dev.sightline.wire.yaml.DurationText;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Our own API: models, their predictions, and what turned out to be true.
public final class ModelsApi {
  static final String ROOT = "/api/models/v1";
  private static final String PREDICTIONS = ROOT + "/{model}/predictions";
  static final Duration USUAL_WINDOW = Duration.ofDays(7);
  private static final Duration LONGEST_WINDOW = Duration.ofDays(3_650);
  private static final Parameter MAP =
      optional("map", Parameter.Type.LIST, "COLUMN:NAME, another name for a column of a table");
  static final Parameter MODEL = Parameter.path("model", "Name of the model");

  private final Ways ways;
  private final PredictionSource source;
  private final Supplier<Map<String, String>> tasks;
  private final Supplier<Set<String>> labelsOnly;
  private final KnownModels known;
  private final RowReader reader;

  /// Where what clients send goes.
  ///
  /// @param sink predictions, and truths by id
  /// @param keyed truths by key
  public record Ways(PredictionSink sink, KeyedTruthSink keyed, ParquetTables parquet) {}

  /// No model is configured: each begins to exist with its first prediction.
  public ModelsApi(Ways ways, PredictionSource source, Clock clock) {
    this(ways, source, Map::of, Set::of, clock);
  }

  /// @param tasks of the models that are configured now, by name; empty where none is said. Other
  ///   models begin to exist with their first prediction
  /// @param labelsOnly names of those that answer without probabilities, as far as is known
  public ModelsApi(
      Ways ways,
      PredictionSource source,
      Supplier<Map<String, String>> tasks,
      Supplier<Set<String>> labelsOnly,
      Clock clock) {
    this.ways = ways;
    this.source = source;
    this.tasks = tasks;
    this.labelsOnly = labelsOnly;
    this.known = new KnownModels(source, () -> tasks.get().keySet());
    this.reader = new RowReader(clock);
  }

  public void addTo(Routes routes) {
    add(routes, "GET " + ROOT, Permission.QUERY, "All models", this::models);
    add(
        routes,
        "POST " + PREDICTIONS,
        Permission.WRITE,
        "Store predictions: one, a list, one per line, or a table",
        this::store,
        MODEL,
        MAP,
        optional(
            "others",
            Parameter.Type.STRING,
            "What other columns of a table are: error (the default), feature or ignore"));
    add(
        routes,
        "POST " + ROOT + "/{model}/ground-truth",
        Permission.WRITE,
        "Say what turned out to be true: one, a list, one per line, or a table",
        this::join,
        MODEL,
        MAP,
        optional(
            "others",
            Parameter.Type.STRING,
            "What other columns of a table are: error (the default) or ignore"),
        optional(
            "window",
            Parameter.Type.STRING,
            "How long before a truth by key its prediction may be; 7d where absent"));
    add(
        routes,
        "GET " + PREDICTIONS,
        Permission.QUERY,
        "Predictions with their truths",
        this::list,
        MODEL,
        optional("start", Parameter.Type.STRING, "RFC 3339 or epoch milliseconds, included"),
        optional("end", Parameter.Type.STRING, "RFC 3339 or epoch milliseconds, excluded"),
        optional("version", Parameter.Type.STRING, "Only of this version of the model"),
        optional(
            "filter",
            Parameter.Type.STRING,
            "Only these, such as prediction = \"yes\" and feature.age > 30"),
        optional("columns", Parameter.Type.STRING, "Fields that are shown, with commas between"),
        optional(
            "order",
            Parameter.Type.STRING,
            "desc (newest first, the default) or asc; confidence:desc, latency_ms:asc"),
        optional("limit", Parameter.Type.INTEGER, "From 1 to 1000; 100 where absent"),
        optional("cursor", Parameter.Type.STRING, "Of the page before"));
    add(
        routes,
        "GET " + PREDICTIONS + "/{id}",
        Permission.QUERY,
        "One prediction with its truth",
        this::find,
        MODEL,
        Parameter.path("id", "Of the prediction"));
  }

  static void add(
      Routes routes,
      String call,
      Permission permission,
      String summary,
      CallHandler handler,
      Parameter... parameters) {
    int space = call.indexOf(' ');
    PathTemplate path = PathTemplate.of(call.substring(space + 1));
    String method = call.substring(0, space);
    routes.add(new Route(method, path, permission, summary, Arrays.asList(parameters), handler));
  }

  private Reply models(Call call) {
    Map<String, @Nullable ModelSummary> byName = new TreeMap<>();
    Map<String, String> configured = tasks.get();
    configured.keySet().forEach(name -> byName.put(name, null));
    source.models().forEach(summary -> byName.put(summary.name(), summary));
    return Reply.json(
        json -> {
          json.beginObject().name("models").beginArray();
          byName.forEach(
              (name, summary) -> model(json, name, configured.getOrDefault(name, ""), summary));
          json.endArray().endObject();
        });
  }

  private void model(JsonWriter json, String name, String task, @Nullable ModelSummary summary) {
    json.beginObject().name("name").value(name);
    if (!task.isEmpty()) {
      json.name("task").value(task);
    }
    if (labelsOnly.get().contains(name)) {
      json.name("labels_only").value(true);
    }
    json.name("versions").beginArray();
    if (summary != null) {
      summary.versions().forEach(json::value);
    }
    json.endArray();
    if (summary != null) {
      json.name("last_prediction").value(PredictionWriter.time(summary.lastPredictionMs()));
    }
    json.name("predictions").value(summary == null ? 0 : summary.predictions());
    json.name("labelled").value(summary == null ? 0 : summary.labelled());
    json.endObject();
  }

  private Reply store(Call call) {
    boolean tellsIds = !isTable(call);
    return receive(
        call,
        TableColumns.Kind.PREDICTIONS,
        new PredictionIntake(call.path("model"), reader, ways.sink(), tellsIds));
  }

  private Reply join(Call call) {
    return receive(
        call,
        TableColumns.Kind.TRUTHS,
        new TruthIntake(call.path("model"), window(call), reader, ways.sink(), ways.keyed()));
  }

  private static Duration window(Call call) {
    String text = call.parameter("window");
    if (text == null || text.isEmpty()) {
      return USUAL_WINDOW;
    }
    try {
      Duration window = DurationText.parse(text);
      if (window.isPositive() && window.compareTo(LONGEST_WINDOW) <= 0) {
        return window;
      }
    } catch (IllegalArgumentException _) {
      // Said below, as for one that is not above zero.
    }
    throw ListParameters.bad("window", "must be a duration above 0 and up to 10y, such as 7d");
  }

  private static boolean isTable(Call call) {
    return call.mediaType().equals(TableUpload.CSV)
        || TableUpload.PARQUET.contains(call.mediaType());
  }

  private <T> Reply receive(Call call, TableColumns.Kind kind, Intake<T> intake) {
    if (isTable(call)) {
      TableUpload<T> upload = new TableUpload<>(call, kind, intake);
      return call.mediaType().equals(TableUpload.CSV)
          ? upload.csv()
          : upload.parquet(ways.parquet());
    }
    Rows<T> rows = Rows.read(call, intake::read);
    intake.take(rows.rows(), rows.indexes(), rows.errors());
    return Receipts.of(
        rows.sent(),
        rows.errors(),
        json -> intake.writeTo(json, rows.sent(), rows.errors().count()));
  }

  private Reply list(Call call) {
    String model = known.known(call.path("model"));
    Shown shown = ListParameters.columns(call);
    Page page = source.list(ListParameters.read(call, model));
    boolean isFiltered = ListParameters.emptyToNull(call.parameter("filter")) != null;
    return Reply.json(
        json -> {
          json.beginObject().name("predictions").beginArray();
          page.predictions().forEach(labelled -> PredictionWriter.write(json, labelled, shown));
          json.endArray();
          if (isFiltered) {
            json.name("looked").value(page.looked());
            Long lastMs = page.lastMs();
            if (lastMs != null) {
              json.name("looked_to").value(PredictionWriter.time(lastMs));
            }
          }
          String cursor = page.cursor();
          if (cursor != null) {
            json.name("cursor").value(cursor);
          }
          json.endObject();
        });
  }

  private Reply find(Call call) {
    String model = known.known(call.path("model"));
    Labelled found = source.find(model, call.path("id"));
    if (found == null) {
      throw new ApiException(
          ApiError.notFound("model \"" + model + "\" has no prediction with this id"));
    }
    return Reply.json(json -> PredictionWriter.write(json, found));
  }
}
