package dev.sightline.api.models;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Routes;
import dev.sightline.api.json.JsonWriter;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.query.QueryException;
import dev.sightline.quality.baseline.Sides;
import dev.sightline.quality.drift.Against;
import dev.sightline.quality.drift.DriftReport;
import dev.sightline.quality.drift.DriftRules;
import dev.sightline.quality.integrity.IntegrityReport;
import dev.sightline.quality.performance.MeasureRules;
import dev.sightline.quality.performance.PerformanceQueries;
import dev.sightline.quality.performance.WindowScores;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.window.Window;
import dev.sightline.quality.window.Windows;
import dev.sightline.stats.measure.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Our own API about what changed between two windows, all of it in one answer: measures, what the
/// model was given and said, and what is wrong in the data.
public final class ChangesApi {
  private final DriftApi.Parts parts;
  private final PerformanceQueries performance;
  private final KnownModels models;
  private final QueryPool pool;
  private final QualityParameters shared;
  private final DriftParameters parameters;

  public ChangesApi(DriftApi.Parts parts, PerformanceQueries performance, QueryPool pool) {
    this.parts = parts;
    this.performance = performance;
    this.models = parts.models();
    this.pool = pool;
    this.shared = parts.selection();
    this.parameters = parts.comparison();
  }

  public void addTo(Routes routes) {
    List<Parameter> all = new ArrayList<>(List.of(ModelsApi.MODEL));
    all.addAll(QualityParameters.SELECTION);
    QualityParameters.CHANGE.stream()
        .filter(each -> each.name().startsWith("before_"))
        .forEach(all::add);
    all.addAll(DriftParameters.JUDGEMENT);
    ModelsApi.add(
        routes,
        "GET " + ModelsApi.ROOT + "/{model}/changes",
        Permission.QUERY,
        "What changed between two windows: measures, inputs by how they move answers, data",
        this::changes,
        all.toArray(Parameter[]::new));
  }

  /// @param scores of both windows; empty where the model has no measures
  private record Changes(DriftReport drift, IntegrityReport data, List<WindowScores> scores) {}

  private Reply changes(Call call) {
    String model = models.known(call.path("model"));
    Selection after = shared.selection(call, model);
    Selection both = shared.withWindowBefore(call, after);
    DriftRules rules = parameters.rules(call, model);
    Deadline deadline = shared.deadline(call);
    Window before = both.windows().get(0);
    Changes found =
        pool.run(
            () -> {
              Against against = new Against.Rows(before, after.version());
              Selection now =
                  after.in(Windows.whole(after.windows().startMs(), after.windows().endMs()));
              Sides sides = parts.queries().sides(now, against, deadline);
              long endMs = now.windows().endMs();
              return new Changes(
                  parts.queries().drift(now, against, rules, deadline),
                  IntegrityReport.of(model, sides, parts.rules().get(), endMs, endMs),
                  scores(both, rules.minimumN(), deadline));
            });
    return Reply.json(
        json -> {
          json.beginObject().name("model").value(model);
          measures(json, found.scores());
          json.name("drift");
          DriftWriter.write(json, found.drift(), null);
          json.name("quality");
          DriftWriter.write(json, model, found.data());
          json.endObject();
        });
  }

  private List<WindowScores> scores(Selection both, long minimumN, Deadline deadline) {
    MeasureRules usual = MeasureRules.DEFAULT;
    MeasureRules rules =
        new MeasureRules(usual.averaging(), minimumN, usual.positive(), usual.variants());
    try {
      return performance.performance(both, rules, deadline).windows();
    } catch (QueryException.Failed _) {
      return List.of();
    }
  }

  private static void measure(JsonWriter json, Measured before, Measured after) {
    json.beginObject().name("before");
    PerformanceWriter.value(json, before);
    json.name("after");
    PerformanceWriter.value(json, after);
    if (before instanceof Measured.Known was && after instanceof Measured.Known is) {
      json.name("difference").value(is.value() - was.value());
    }
    json.endObject();
  }

  private static void measures(JsonWriter json, List<WindowScores> scores) {
    json.name("measures").beginObject();
    if (scores.size() == 2) {
      Map<String, Measured> before = scores.getFirst().measures();
      Map<String, Measured> after = scores.getLast().measures();
      new TreeMap<>(before)
          .forEach(
              (name, was) -> {
                Measured is = after.get(name);
                if (is != null) {
                  measure(json.name(name), was, is);
                }
              });
    }
    json.endObject();
  }
}
