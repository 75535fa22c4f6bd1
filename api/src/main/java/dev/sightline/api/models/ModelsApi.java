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
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.prediction.PredictionSink.PredictionReceipt;
import dev.sightline.model.prediction.PredictionSink.TruthReceipt;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.ModelSummary;
import dev.sightline.model.prediction.PredictionSource.Page;
import dev.sightline.model.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Our own API: models, their predictions, and what turned out to be true.
public final class ModelsApi {
  static final String ROOT = "/api/models/v1";
  private static final String PREDICTIONS = ROOT + "/{model}/predictions";
  static final Parameter MODEL = Parameter.path("model", "Name of the model");

  private final PredictionSink sink;
  private final PredictionSource source;
  private final Supplier<Map<String, String>> tasks;
  private final Supplier<Set<String>> labelsOnly;
  private final KnownModels known;
  private final RowReader reader;

  /// No model is configured: each begins to exist with its first prediction.
  public ModelsApi(PredictionSink sink, PredictionSource source, Clock clock) {
    this(sink, source, Map::of, Set::of, clock);
  }

  /// @param tasks of the models that are configured now, by name; empty where none is said. Other
  ///   models begin to exist with their first prediction
  /// @param labelsOnly names of those that answer without probabilities, as far as is known
  public ModelsApi(
      PredictionSink sink,
      PredictionSource source,
      Supplier<Map<String, String>> tasks,
      Supplier<Set<String>> labelsOnly,
      Clock clock) {
    this.sink = sink;
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
        "Store predictions: one, a list, or one per line",
        this::store,
        MODEL);
    add(
        routes,
        "POST " + ROOT + "/{model}/ground-truth",
        Permission.WRITE,
        "Say what turned out to be true: one, a list, or one per line",
        this::join,
        MODEL);
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
        optional("order", Parameter.Type.STRING, "desc (newest first, the default) or asc"),
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
    String model = call.path("model");
    Rows<Prediction> rows = Rows.read(call, row -> reader.prediction(model, row));
    List<PredictionReceipt> receipts = sink.store(rows.rows());
    Map<Integer, String> refused = new TreeMap<>(rows.errors());
    String[] ids = new String[rows.sent()];
    for (int i = 0; i < receipts.size(); i++) {
      int index = rows.indexes().get(i);
      switch (receipts.get(i)) {
        case PredictionReceipt.Stored _, PredictionReceipt.AlreadyStored _ ->
            ids[index] = rows.rows().get(i).id();
        case PredictionReceipt.Refused(String message) -> refused.put(index, message);
      }
    }
    return Receipts.of(
        rows.sent(),
        refused,
        json -> {
          json.name("accepted").value(rows.sent() - refused.size());
          json.name("ids").beginArray();
          for (String id : ids) {
            if (id == null) {
              json.nullValue();
            } else {
              json.value(id);
            }
          }
          json.endArray();
        });
  }

  private Reply join(Call call) {
    String model = call.path("model");
    Rows<GroundTruth> rows = Rows.read(call, row -> reader.truth(model, row));
    List<TruthReceipt> receipts = sink.join(rows.rows());
    Map<Integer, String> refused = new TreeMap<>(rows.errors());
    Map<String, Integer> counts = new LinkedHashMap<>();
    List.of("joined", "waiting", "corrected").forEach(word -> counts.put(word, 0));
    for (int i = 0; i < receipts.size(); i++) {
      switch (receipts.get(i)) {
        case TruthReceipt.Joined _ -> counts.merge("joined", 1, Integer::sum);
        case TruthReceipt.Waiting _ -> counts.merge("waiting", 1, Integer::sum);
        case TruthReceipt.Corrected _ -> counts.merge("corrected", 1, Integer::sum);
        case TruthReceipt.Refused(String message) -> refused.put(rows.indexes().get(i), message);
      }
    }
    return Receipts.of(
        rows.sent(),
        refused,
        json -> counts.forEach((word, count) -> json.name(word).value(count)));
  }

  private Reply list(Call call) {
    String model = known.known(call.path("model"));
    Page page = source.list(ListParameters.read(call, model));
    return Reply.json(
        json -> {
          json.beginObject().name("predictions").beginArray();
          page.predictions().forEach(labelled -> PredictionWriter.write(json, labelled));
          json.endArray();
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
