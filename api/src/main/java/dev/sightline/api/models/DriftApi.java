package dev.sightline.api.models;

import static dev.sightline.api.models.ListParameters.bad;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.CallHandler;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Routes;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.prediction.PredictionSource.ModelSummary;
import dev.sightline.model.registry.Artifact;
import dev.sightline.model.time.Clock;
import dev.sightline.quality.baseline.FileTable;
import dev.sightline.quality.baseline.Reference;
import dev.sightline.quality.baseline.Sides;
import dev.sightline.quality.baseline.WindowBaselines;
import dev.sightline.quality.drift.Against;
import dev.sightline.quality.drift.DriftOptions;
import dev.sightline.quality.drift.DriftQueries;
import dev.sightline.quality.drift.DriftRules;
import dev.sightline.quality.drift.References;
import dev.sightline.quality.drift.SketchDrift;
import dev.sightline.quality.integrity.IntegrityReport;
import dev.sightline.quality.integrity.IntegrityRules;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Our own API about what models are given: how it has moved since a reference, and how good it is.
public final class DriftApi {
  private static final String MODEL_ROOT = ModelsApi.ROOT + "/{model}";
  private static final Parameter NAME = Parameter.path("name", "Name of the reference");

  private final Parts parts;
  private final KnownModels models;
  private final QueryPool pool;
  private final QualityParameters shared;
  private final DriftParameters parameters;

  /// What answers.
  ///
  /// @param options asked at each call, as are `rules`
  /// @param configured models, by name
  public record Parts(
      WindowBaselines baselines,
      References references,
      DriftQueries queries,
      SketchDrift sketches,
      PredictionSource source,
      ReferenceFiles files,
      Supplier<DriftOptions> options,
      Supplier<IntegrityRules> rules,
      Supplier<Set<String>> configured,
      Clock clock) {
    KnownModels models() {
      return new KnownModels(source, configured);
    }

    QualityParameters selection() {
      return new QualityParameters(clock, () -> DriftRules.DEFAULT.minimumN());
    }

    DriftParameters comparison() {
      return new DriftParameters(selection(), baselines, options, clock);
    }
  }

  public DriftApi(Parts parts, QueryPool pool) {
    this.parts = parts;
    this.models = parts.models();
    this.pool = pool;
    this.shared = parts.selection();
    this.parameters = parts.comparison();
  }

  public void addTo(Routes routes) {
    List<Parameter> judged = new ArrayList<>(DriftParameters.WINDOW);
    judged.addAll(DriftParameters.JUDGEMENT);
    judged.add(
        Parameter.optional(
            "together",
            Parameter.Type.BOOLEAN,
            "true to ask, too, how well all inputs together tell the windows apart"));
    judged.add(DriftParameters.SOURCE);
    add(
        routes,
        "GET /drift",
        Permission.QUERY,
        "How far each feature has moved since the reference, furthest first",
        this::drift,
        judged);
    add(
        routes,
        "GET /quality",
        Permission.QUERY,
        "What is missing, out of range, new or otherwise wrong in the data",
        this::quality,
        DriftParameters.WINDOW);
    add(
        routes,
        "GET /references",
        Permission.QUERY,
        "What the model can be compared with",
        this::list,
        List.of());
    add(
        routes,
        "GET /references/{name}",
        Permission.QUERY,
        "One reference, with the profile that is kept of it",
        this::find,
        List.of(NAME));
    add(
        routes,
        "PUT /references/{name}",
        Permission.WRITE,
        "Keep a reference: of stored rows between start and end, of a CSV or Parquet file, or of one that MLflow has",
        this::put,
        List.of(NAME));
    add(
        routes,
        "DELETE /references/{name}",
        Permission.WRITE,
        "Forget a reference",
        this::delete,
        List.of(NAME));
  }

  private static void add(
      Routes routes,
      String call,
      Permission permission,
      String summary,
      CallHandler handler,
      List<Parameter> parameters) {
    List<Parameter> all = new ArrayList<>(List.of(ModelsApi.MODEL));
    all.addAll(parameters);
    String path = call.replace(" ", " " + MODEL_ROOT);
    ModelsApi.add(routes, path, permission, summary, handler, all.toArray(Parameter[]::new));
  }

  private Reply drift(Call call) {
    String model = models.known(call.path("model"));
    Selection selection = parameters.selection(call, model);
    Against against = parameters.against(call);
    DriftRules rules = parameters.rules(call, model);
    Deadline deadline = shared.deadline(call);
    boolean sketches = DriftParameters.areSketchesWanted(call);
    boolean together = "true".equals(call.parameter("together"));
    if (sketches && together) {
      throw bad("together", "needs rows: source=sketch has none");
    }
    DriftQueries.Answer answer =
        pool.run(
            () ->
                together
                    ? parts.queries().withTogether(selection, against, rules, deadline)
                    : new DriftQueries.Answer(
                        sketches
                            ? parts.sketches().drift(selection, against, rules, deadline)
                            : parts.queries().drift(selection, against, rules, deadline),
                        null));
    return Reply.json(json -> DriftWriter.write(json, answer.report(), answer.together()));
  }

  private Reply quality(Call call) {
    String model = models.known(call.path("model"));
    Selection selection = parameters.selection(call, model);
    Against against = parameters.against(call);
    Deadline deadline = shared.deadline(call);
    long nowMs = parts.clock().nowMs();
    IntegrityReport report =
        pool.run(
            () -> {
              Sides sides = parts.queries().sides(selection, against, deadline);
              return IntegrityReport.of(
                  model, sides, parts.rules().get(), nowMs, lastMs(model, nowMs));
            });
    return Reply.json(json -> DriftWriter.write(json, model, report));
  }

  private long lastMs(String model, long nowMs) {
    return parts.source().models().stream()
        .filter(summary -> summary.name().equals(model))
        .mapToLong(ModelSummary::lastPredictionMs)
        .findFirst()
        .orElse(nowMs);
  }

  private Reply list(Call call) {
    String model = models.known(call.path("model"));
    List<Reference> references = parts.references().list(model);
    return Reply.json(json -> DriftWriter.write(json, references));
  }

  private Reply find(Call call) {
    String model = models.known(call.path("model"));
    String name = DriftParameters.checked(call.path("name"));
    Deadline deadline = shared.deadline(call);
    Reference reference = pool.run(() -> parts.references().named(model, name, deadline));
    return Reply.json(json -> DriftWriter.write(json, reference));
  }

  private Reply put(Call call) {
    String model = call.path("model");
    String name = DriftParameters.checked(call.path("name"));
    Deadline deadline = shared.deadline(call);
    Reference reference =
        switch (call.mediaType()) {
          case "application/json", "" -> wished(call, model, name, deadline);
          case String type when TableUpload.isTable(type) ->
              kept(model, name, parts.files().sent(call), deadline);
          case String type ->
              throw new ApiException(
                  new ApiError(
                      415,
                      "bad_data",
                      "a reference is JSON with start and end, or with mlflow; text/csv; or"
                          + " application/vnd.apache.parquet; not "
                          + type));
        };
    return Reply.json(json -> DriftWriter.write(json, reference));
  }

  private Reference wished(Call call, String model, String name, Deadline deadline) {
    return switch (wish(call)) {
      case ReferenceWish.OfWindow(Window window) -> {
        models.known(model);
        yield pool.run(() -> parts.references().keep(model, name, window, deadline));
      }
      case ReferenceWish.OfArtifact(Artifact artifact) ->
          kept(model, name, parts.files().artifact(artifact), deadline);
    };
  }

  private Reference kept(String model, String name, FileTable table, Deadline deadline) {
    return pool.run(() -> parts.references().keep(model, name, table, deadline));
  }

  private ReferenceWish wish(Call call) {
    long nowMs = parts.clock().nowMs();
    Rows<ReferenceWish> rows = Rows.read(call, row -> ReferenceWish.read(row, nowMs));
    if (rows.rows().size() != 1) {
      String why =
          rows.errors().count() == 0
              ? "the body must be one object with start and end, or with mlflow"
              : rows.errors().first().firstEntry().getValue();
      throw new ApiException(ApiError.badData(why));
    }
    return rows.rows().getFirst();
  }

  private Reply delete(Call call) {
    String model = models.known(call.path("model"));
    String name = DriftParameters.checked(call.path("name"));
    if (!parts.references().delete(model, name)) {
      throw new ApiException(
          ApiError.notFound("model \"" + model + "\" has no reference \"" + name + "\""));
    }
    return Reply.empty(204);
  }
}
