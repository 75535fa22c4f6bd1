package dev.sightline.api.models;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Routes;
import dev.sightline.api.json.JsonWriter;
import dev.sightline.api.models.JsonFields.RowException;
import dev.sightline.api.models.filter.FilterParser;
import dev.sightline.api.models.filter.RowMatch;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.PredictionDeletions;
import dev.sightline.model.prediction.PredictionDeletions.Deletion;
import dev.sightline.model.prediction.PredictionDeletions.Selection;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.wire.serving.JsonDatum;
import dev.sightline.wire.serving.PayloadException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Deletes predictions for good: of a person, by ids, or of a range of time.
public final class DeletionsApi {
  private static final String OF_MODEL = ModelsApi.ROOT + "/{model}/deletions";
  private static final String OF_MODELS = ModelsApi.ROOT + "/deletions";
  private static final Set<String> FIELDS =
      new LinkedHashSet<>(List.of("subject", "field", "id", "ids", "start", "end", "filter"));
  private static final Set<String> FIELDS_OF_MANY = new LinkedHashSet<>(FIELDS);

  static {
    FIELDS_OF_MANY.add("models");
  }

  private static final int MAX_IDS = 10_000;

  private final PredictionDeletions deletions;
  private final KnownModels known;
  private final Supplier<Map<String, String>> subjects;

  /// @param tasks of the models that are configured now, by name
  /// @param subjects the field that says whose a prediction is, by model
  public DeletionsApi(
      PredictionDeletions deletions,
      PredictionSource source,
      Supplier<Map<String, String>> tasks,
      Supplier<Map<String, String>> subjects) {
    this.deletions = deletions;
    this.known = new KnownModels(source, () -> tasks.get().keySet());
    this.subjects = subjects;
  }

  public void addTo(Routes routes) {
    ModelsApi.add(
        routes,
        "POST " + OF_MODEL,
        Permission.ADMIN,
        "Delete predictions for good: of a subject, by ids, or of a range of time",
        this::deleteOfOne,
        ModelsApi.MODEL);
    ModelsApi.add(
        routes,
        "POST " + OF_MODELS,
        Permission.ADMIN,
        "Delete predictions of several models, or of all that say whose they are",
        this::deleteOfMany);
    ModelsApi.add(
        routes,
        "GET " + OF_MODEL,
        Permission.ADMIN,
        "What was deleted, and since when it is gone from the disk",
        this::list,
        ModelsApi.MODEL);
  }

  private Reply deleteOfOne(Call call) {
    String model = known.known(call.path("model"));
    JsonFields fields = fields(call, FIELDS);
    return reply(List.of(delete(model, fields, call)));
  }

  private Reply deleteOfMany(Call call) {
    JsonFields fields = fields(call, FIELDS_OF_MANY);
    Set<String> models = models(fields);
    models.forEach(known::known);
    // Read for all before anything is done for one.
    models.forEach(model -> selection(model, fields));
    List<Deletion> done = new ArrayList<>();
    models.forEach(model -> done.add(delete(model, fields, call)));
    return reply(done);
  }

  private Set<String> models(JsonFields fields) {
    try {
      List<String> said = texts(fields, "models");
      Set<String> models = new TreeSet<>(said.isEmpty() ? subjects.get().keySet() : said);
      if (models.isEmpty()) {
        throw new RowException("models: is missing, and no model has a configured subject");
      }
      return models;
    } catch (RowException bad) {
      throw bad(bad.text());
    }
  }

  private Deletion delete(String model, JsonFields fields, Call call) {
    Selection selection = selection(model, fields);
    String name = call.caller().name();
    try {
      return deletions.delete(model, selection, name.isEmpty() ? "anyone" : name);
    } catch (IllegalArgumentException unfit) {
      throw bad(String.valueOf(unfit.getMessage()));
    }
  }

  private static JsonFields fields(Call call, Set<String> fieldNames) {
    try {
      return new JsonFields(JsonDatum.read(call.body()), fieldNames);
    } catch (PayloadException | RowException bad) {
      throw bad(String.valueOf(bad.getMessage()));
    }
  }

  private Selection selection(String model, JsonFields fields) {
    try {
      boolean subject = fields.value("subject") != null;
      boolean ids = fields.value("id") != null || fields.value("ids") != null;
      boolean range =
          fields.value("start") != null
              || fields.value("end") != null
              || fields.value("filter") != null;
      if ((subject ? 1 : 0) + (ids ? 1 : 0) + (range ? 1 : 0) != 1) {
        throw new RowException("must have one of subject, ids, and start, end or filter");
      }
      return subject ? ofSubject(model, fields) : ids ? ofIds(fields) : ofRange(fields);
    } catch (RowException bad) {
      throw bad(bad.text());
    }
  }

  private Selection ofSubject(String model, JsonFields fields) {
    String said = fields.text("field");
    String field = said.isEmpty() ? subjects.get().getOrDefault(model, "") : said;
    if (field.isEmpty()) {
      throw new RowException(
          "field: is missing, and the configuration of model \""
              + model
              + "\" does not say it (models[].subject)");
    }
    String value = fields.text("subject");
    if (value.isEmpty()) {
      throw new RowException("subject: must not be empty");
    }
    return new Selection.OfSubject(field, value);
  }

  private static Selection ofIds(JsonFields fields) {
    Set<String> ids = new TreeSet<>(texts(fields, "ids"));
    String id = fields.text("id");
    if (!id.isEmpty()) {
      ids.add(id);
    }
    if (ids.isEmpty() || ids.size() > MAX_IDS) {
      throw new RowException("ids: must be from 1 to " + MAX_IDS);
    }
    return new Selection.OfIds(ids);
  }

  private static Selection ofRange(JsonFields fields) {
    long startMs = fields.timeMs("start", Long.MIN_VALUE / 4);
    long endMs = fields.timeMs("end", Long.MAX_VALUE / 4);
    if (endMs < startMs) {
      throw new RowException("end: must not be before start");
    }
    String text = fields.text("filter");
    Predicate<Labelled> filter =
        text.isEmpty() ? _ -> true : new RowMatch(FilterParser.parse(text));
    return new Selection.OfRange(startMs, endMs, text, filter);
  }

  private static List<String> texts(JsonFields fields, String name) {
    Datum value = fields.value(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof Datum.Items(List<Datum> items))) {
      throw new RowException(name + ": must be a list of texts");
    }
    return items.stream().map(item -> text(name, item)).toList();
  }

  private static String text(String name, Datum item) {
    if (item instanceof Datum.Text(String text) && !text.isEmpty()) {
      return text;
    }
    throw new RowException(name + ": must be a list of texts");
  }

  private static ApiException bad(String message) {
    return new ApiException(ApiError.badData(message));
  }

  private Reply list(Call call) {
    List<Deletion> all = deletions.deletions(call.path("model"));
    return Reply.json(200, json -> write(json, all));
  }

  /// 202 as long as anything of them is on the disk.
  private static Reply reply(List<Deletion> done) {
    boolean gone = done.stream().allMatch(one -> one.goneMs() != null);
    return Reply.json(gone ? 200 : 202, json -> write(json, done));
  }

  private static void write(JsonWriter json, List<Deletion> all) {
    json.beginObject().name("deletions").beginArray();
    all.forEach(one -> write(json, one));
    json.endArray().endObject();
  }

  private static void write(JsonWriter json, Deletion deletion) {
    Long goneMs = deletion.goneMs();
    json.beginObject().name("number").value(deletion.number());
    json.name("model").value(deletion.model()).name("kind").value(deletion.kind());
    if (!deletion.field().isEmpty()) {
      json.name("field").value(deletion.field());
    }
    json.name("fingerprint").value(deletion.fingerprint()).name("by").value(deletion.by());
    json.name("requested").value(PredictionWriter.time(deletion.requestedMs()));
    json.name("predictions").value(deletion.predictions());
    json.name("truths_by_key").value(deletion.truthsByKey());
    json.name("state").value(goneMs == null ? "hidden" : "gone");
    if (goneMs != null) {
      json.name("gone").value(PredictionWriter.time(goneMs));
    }
    if (!deletion.problem().isEmpty()) {
      json.name("problem").value(deletion.problem());
    }
    json.endObject();
  }
}
