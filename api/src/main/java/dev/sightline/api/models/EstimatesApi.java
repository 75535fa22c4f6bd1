package dev.sightline.api.models;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Routes;
import dev.sightline.api.json.JsonWriter;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.time.Clock;
import dev.sightline.quality.estimate.EstimateMethod;
import dev.sightline.quality.estimate.EstimateQueries;
import dev.sightline.quality.estimate.Estimates;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.Selection;
import dev.sightline.stats.measure.Measured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Our own API about quality before the truth arrives.
public final class EstimatesApi {
  private final EstimateQueries queries;
  private final KnownModels models;
  private final QueryPool pool;
  private final LongSupplier usualMinimum;
  private final QualityParameters parameters;

  /// @param configured models, by name; asked at each call, as is `usualMinimum`
  public EstimatesApi(
      EstimateQueries queries,
      PredictionSource source,
      QueryPool pool,
      Supplier<Set<String>> configured,
      LongSupplier usualMinimum,
      Clock clock) {
    this.queries = queries;
    this.models = new KnownModels(source, configured);
    this.pool = pool;
    this.usualMinimum = usualMinimum;
    this.parameters = new QualityParameters(clock, usualMinimum);
  }

  public void addTo(Routes routes) {
    List<Parameter> all = new ArrayList<>(List.of(ModelsApi.MODEL));
    all.addAll(QualityParameters.SELECTION);
    all.addAll(QualityParameters.STEP);
    all.add(
        Parameter.optional(
            "method",
            Parameter.Type.STRING,
            "cbpe (classes) and dle (numbers) are usual; pape weighs the past by inputs"));
    all.add(Parameter.optional("min_n", Parameter.Type.INTEGER, "Fewer cases have no measures"));
    ModelsApi.add(
        routes,
        "GET " + ModelsApi.ROOT + "/{model}/estimates",
        Permission.QUERY,
        "Measures that the truth will probably give, window by window, and how wrong they were",
        this::estimates,
        all.toArray(Parameter[]::new));
  }

  private Reply estimates(Call call) {
    String model = models.known(call.path("model"));
    Selection selection = parameters.selection(call, model);
    long minimumN =
        QualityParameters.number(call, "min_n", usualMinimum.getAsLong(), 1, 1_000_000_000);
    EstimateMethod method = method(call);
    Deadline deadline = parameters.deadline(call);
    Estimates found = pool.run(() -> queries.estimate(selection, method, minimumN, deadline));
    return Reply.json(json -> write(json, model, found));
  }

  private static @Nullable EstimateMethod method(Call call) {
    String word = ListParameters.emptyToNull(call.parameter("method"));
    if (word == null) {
      return null;
    }
    return Arrays.stream(EstimateMethod.values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new ApiException(ApiError.badData("method: must be cbpe, pape or dle")));
  }

  private static void write(JsonWriter json, String model, Estimates estimates) {
    json.beginObject().name("model").value(model);
    json.name("method").value(estimates.method().word());
    String positive = estimates.positive();
    if (positive != null) {
      json.name("positive").value(positive);
    }
    json.name("calibration").beginObject().name("n").value(estimates.calibrated());
    json.name("start").value(estimates.calibration().startMs());
    json.name("end").value(estimates.calibration().endMs()).endObject().name("notes");
    PerformanceWriter.texts(json, estimates.notes());
    json.name("windows").beginArray();
    for (Estimates.OfWindow window : estimates.windows()) {
      json.beginObject().name("start").value(window.window().startMs());
      json.name("end").value(window.window().endMs());
      if (window.window().partial()) {
        json.name("partial").value(true);
      }
      json.name("n").value(window.n()).name("labelled").value(window.labelled());
      measures(json, "estimated", window.estimated());
      measures(json, "realised", window.realised());
      json.name("errors").beginObject();
      window.errors().forEach((name, error) -> json.name(name).value(error.doubleValue()));
      json.endObject().endObject();
    }
    json.endArray().endObject();
  }

  private static void measures(JsonWriter json, String name, Map<String, Measured> measures) {
    json.name(name).beginObject();
    measures.forEach(
        (measure, value) -> {
          json.name(measure);
          PerformanceWriter.value(json, value);
        });
    json.endObject();
  }
}
