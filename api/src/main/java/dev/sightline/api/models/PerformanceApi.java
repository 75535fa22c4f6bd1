package dev.sightline.api.models;

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
import dev.sightline.model.time.Clock;
import dev.sightline.quality.performance.Change;
import dev.sightline.quality.performance.Curves;
import dev.sightline.quality.performance.MeasureRules;
import dev.sightline.quality.performance.MeasureVariants;
import dev.sightline.quality.performance.Performance;
import dev.sightline.quality.performance.PerformanceQueries;
import dev.sightline.quality.performance.Segments;
import dev.sightline.quality.performance.VersionComparison;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.Selection;
import dev.sightline.stats.measure.BusinessValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Our own API about quality: how well models did, now that the truth is known.
public final class PerformanceApi {
  private static final String MODEL_ROOT = ModelsApi.ROOT + "/{model}";

  private final PerformanceQueries queries;
  private final KnownModels models;
  private final QueryPool pool;
  private final Supplier<Settings> settings;
  private final QualityParameters parameters;

  /// What the configuration says.
  ///
  /// @param minimumN fewer labelled rows are not enough, where a call names no other number
  /// @param models all that are configured
  /// @param training rows of each class that a model was trained with, by model
  public record Settings(
      long minimumN, Set<String> models, Map<String, Map<String, Long>> training) {
    public Settings {
      models = Set.copyOf(models);
      training = Map.copyOf(training);
    }
  }

  /// @param settings asked at each call
  public PerformanceApi(
      PerformanceQueries queries,
      PredictionSource source,
      QueryPool pool,
      Supplier<Settings> settings,
      Clock clock) {
    this.queries = queries;
    this.models = new KnownModels(source, () -> settings.get().models());
    this.pool = pool;
    this.settings = settings;
    this.parameters = new QualityParameters(clock, () -> settings.get().minimumN());
  }

  public void addTo(Routes routes) {
    add(
        routes,
        "/performance",
        "Measures of quality, window by window",
        this::performance,
        QualityParameters.SELECTION,
        QualityParameters.STEP,
        QualityParameters.RULES,
        VariantParameters.ALL);
    add(
        routes,
        "/performance/curves",
        "What each threshold on a class's probability would decide, and calibration",
        this::curves,
        QualityParameters.SELECTION,
        QualityParameters.CURVES,
        List.of(VariantParameters.BINS));
    add(
        routes,
        "/performance/segments",
        "One measure of each segment, worst first",
        this::segments,
        QualityParameters.SELECTION,
        QualityParameters.RULES,
        VariantParameters.ALL,
        QualityParameters.SEGMENTS);
    add(
        routes,
        "/performance/comparison",
        "Two versions, and whether they differ by more than chance",
        this::comparison,
        QualityParameters.SELECTION,
        QualityParameters.RULES,
        VariantParameters.ALL,
        QualityParameters.AGAINST);
    add(
        routes,
        "/performance/change",
        "Why a measure moved: other cases, or another model",
        this::change,
        QualityParameters.SELECTION,
        QualityParameters.RULES,
        VariantParameters.ALL,
        QualityParameters.CHANGE);
    add(routes, "/training", "How many rows of each class it was trained with", this::training);
  }

  @SafeVarargs
  private static void add(
      Routes routes,
      String path,
      String summary,
      CallHandler handler,
      List<Parameter>... parameters) {
    List<Parameter> all = new ArrayList<>(List.of(ModelsApi.MODEL));
    for (List<Parameter> some : parameters) {
      all.addAll(some);
    }
    ModelsApi.add(
        routes,
        "GET " + MODEL_ROOT + path,
        Permission.QUERY,
        summary,
        handler,
        all.toArray(Parameter[]::new));
  }

  private Reply performance(Call call) {
    String model = models.known(call.path("model"));
    Selection selection = parameters.selection(call, model);
    MeasureRules rules = parameters.rules(call);
    Deadline deadline = parameters.deadline(call);
    Performance found = pool.run(() -> queries.performance(selection, rules, deadline));
    return Reply.json(json -> PerformanceWriter.write(json, model, found));
  }

  private Reply curves(Call call) {
    Selection selection = parameters.selection(call, models.known(call.path("model")));
    String oneClass = ListParameters.emptyToNull(call.parameter("class"));
    BusinessValue value = QualityParameters.businessValue(call);
    Deadline deadline = parameters.deadline(call);
    MeasureVariants variants = MeasureVariants.USUAL.withBins(VariantParameters.bins(call));
    Curves found = pool.run(() -> queries.curves(selection, oneClass, value, variants, deadline));
    return Reply.json(json -> QualityAnswerWriter.write(json, found));
  }

  private Reply segments(Call call) {
    Selection selection = parameters.selection(call, models.known(call.path("model")));
    MeasureRules rules = parameters.rules(call);
    List<String> by = QualityParameters.names(call, "by");
    if (by.isEmpty()) {
      throw ListParameters.bad("by", "must name at least one feature or tag");
    }
    String measure = QualityParameters.measure(call);
    int limit = (int) QualityParameters.number(call, "limit", 50, 1, 500);
    Deadline deadline = parameters.deadline(call);
    Segments found =
        pool.run(() -> queries.segments(selection, rules, by, measure, limit, deadline));
    return Reply.json(json -> QualityAnswerWriter.write(json, found));
  }

  private Reply comparison(Call call) {
    Selection selection = parameters.selection(call, models.known(call.path("model")));
    MeasureRules rules = parameters.rules(call);
    String first = call.parameter("version");
    String second = call.parameter("against");
    if (first == null || second == null || first.equals(second)) {
      throw ListParameters.bad("against", "must be another version than version");
    }
    Selection both = selection.of(null);
    Deadline deadline = parameters.deadline(call);
    VersionComparison found =
        pool.run(() -> queries.comparison(both, rules, first, second, deadline));
    return Reply.json(json -> QualityAnswerWriter.write(json, found));
  }

  private Reply change(Call call) {
    Selection after = parameters.selection(call, models.known(call.path("model")));
    Selection selection = parameters.withWindowBefore(call, after);
    List<String> by = QualityParameters.names(call, "by");
    List<String> dimensions = by.equals(List.of("class")) ? List.of() : by;
    String measure = QualityParameters.measure(call);
    Deadline deadline = parameters.deadline(call);
    MeasureRules rules = parameters.rules(call);
    Change found = pool.run(() -> queries.change(selection, rules, measure, dimensions, deadline));
    return Reply.json(json -> QualityAnswerWriter.write(json, found));
  }

  private Reply training(Call call) {
    String model = models.known(call.path("model"));
    Map<String, Long> classes = settings.get().training().get(model);
    if (classes == null) {
      throw new ApiException(
          ApiError.notFound(
              "nothing is known of what model \""
                  + model
                  + "\" was trained with; models[].training.classes in the configuration says it"));
    }
    return Reply.json(
        json -> {
          json.beginObject().name("classes").beginObject();
          classes.forEach((name, count) -> json.name(name).value(count.longValue()));
          json.endObject().name("source").value("configuration").endObject();
        });
  }
}
