package dev.sightline.api.models;

import static dev.sightline.api.http.Parameter.optional;
import static dev.sightline.api.http.Parameter.required;
import static dev.sightline.api.models.ListParameters.bad;
import static dev.sightline.api.models.ListParameters.emptyToNull;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.CallHandler;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Routes;
import dev.sightline.api.json.JsonWriter;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.query.QueryException;
import dev.sightline.quality.baseline.Sides;
import dev.sightline.quality.drift.Against;
import dev.sightline.quality.drift.DriftReport;
import dev.sightline.quality.drift.DriftRules;
import dev.sightline.quality.drift.FeatureDrift;
import dev.sightline.quality.integrity.Check;
import dev.sightline.quality.integrity.IntegrityReport;
import dev.sightline.quality.rows.Condition;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.RowTimes;
import dev.sightline.quality.rows.SegmentBy;
import dev.sightline.quality.rows.SegmentValues;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.window.CalendarStep;
import dev.sightline.quality.window.Window;
import dev.sightline.quality.window.WindowPlan;
import dev.sightline.quality.window.Windows;
import dev.sightline.stats.drift.DriftScore;
import dev.sightline.wire.yaml.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Our own API about how drift and the quality of data went: window after window, and segment by
/// segment.
public final class DriftWindowsApi {
  private static final Parameter.Type STRING = Parameter.Type.STRING;
  private static final int MOST_SEGMENTS = 50;
  private static final int SHOWN_FEATURES = 20;
  private static final List<Parameter> PLAN =
      List.of(
          optional("step", STRING, "Length of windows: 1h, day, week, month; 1h where absent"),
          optional("every", STRING, "How often one ends: shorter than step, they slide"),
          optional("rows", Parameter.Type.INTEGER, "Of so many predictions each, instead of step"),
          optional("timezone", STRING, "Whose days and hours windows are, such as Europe/Madrid"));

  private final DriftApi.Parts parts;
  private final PredictionColumns columns;
  private final KnownModels models;
  private final QueryPool pool;
  private final QualityParameters shared;
  private final DriftParameters parameters;

  public DriftWindowsApi(DriftApi.Parts parts, PredictionColumns columns, QueryPool pool) {
    this.parts = parts;
    this.columns = columns;
    this.models = parts.models();
    this.pool = pool;
    this.shared = parts.selection();
    this.parameters = parts.comparison();
  }

  public void addTo(Routes routes) {
    List<Parameter> judged = new ArrayList<>(List.of(ModelsApi.MODEL));
    DriftParameters.WINDOW.stream()
        .filter(each -> !each.name().equals("last"))
        .forEach(judged::add);
    List<Parameter> quality = new ArrayList<>(judged);
    quality.addAll(PLAN);
    judged.addAll(DriftParameters.JUDGEMENT);
    List<Parameter> segments = new ArrayList<>(judged);
    judged.addAll(PLAN);
    segments.add(required("by", STRING, "Features or tags, separated by commas"));
    segments.add(optional("limit", Parameter.Type.INTEGER, "Of segments, from 1 to 50; 20"));
    add(routes, "/drift/windows", "How drift went, window by window", this::drift, judged);
    add(
        routes,
        "/quality/windows",
        "What was wrong in the data, window by window",
        this::quality,
        quality);
    add(
        routes,
        "/drift/segments",
        "How far each segment has moved, against the same segment",
        this::segments,
        segments);
  }

  private static void add(
      Routes routes, String path, String summary, CallHandler handler, List<Parameter> parameters) {
    ModelsApi.add(
        routes,
        "GET " + ModelsApi.ROOT + "/{model}" + path,
        Permission.QUERY,
        summary,
        handler,
        parameters.toArray(Parameter[]::new));
  }

  /// What was found in one window or segment, or why nothing was.
  private record Found<T>(Window window, @Nullable T report, String why) {}

  private interface Question<T> {
    T ask(Selection selection);
  }

  private static <T> Found<T> found(Selection selection, Question<T> question) {
    Window window = new Window(selection.windows().startMs(), selection.windows().endMs(), false);
    try {
      return new Found<>(window, question.ask(selection), "");
    } catch (QueryException.Failed none) {
      return new Found<>(window, null, String.valueOf(none.getMessage()));
    }
  }

  private Reply drift(Call call) {
    String model = models.known(call.path("model"));
    Selection selection = shared.whole(call, model);
    Against against = parameters.against(call);
    DriftRules rules = parameters.rules(call, model);
    Deadline deadline = shared.deadline(call);
    return windows(
        call,
        selection,
        deadline,
        one -> parts.queries().plain(one, against, rules, deadline),
        DriftWindowsApi::drift);
  }

  /// Asks the same of each window, and writes one after the other.
  private <T> Reply windows(
      Call call,
      Selection selection,
      Deadline deadline,
      Question<T> question,
      BiConsumer<JsonWriter, Found<T>> writer) {
    List<Found<T>> all =
        pool.run(
            () ->
                plan(call, selection, deadline).stream()
                    .map(window -> found(in(selection, window), question))
                    .toList());
    return Reply.json(
        json -> {
          json.beginObject().name("model").value(selection.model()).name("windows").beginArray();
          all.forEach(one -> writer.accept(begun(json, one), one));
          json.endArray().endObject();
        });
  }

  private static Selection in(Selection selection, Window window) {
    return selection.in(Windows.whole(window.startMs(), window.endMs()));
  }

  private static JsonWriter begun(JsonWriter json, Found<?> one) {
    json.beginObject().name("start").value(one.window().startMs());
    json.name("end").value(one.window().endMs());
    if (!one.why().isEmpty()) {
      json.name("reason").value(one.why());
    }
    return json;
  }

  private static void drift(JsonWriter json, Found<DriftReport> one) {
    DriftReport report = one.report();
    if (report != null) {
      json.name("n").value(report.nCurrent()).name("n_reference").value(report.nReference());
      if (report.inputs().judged() > 0) {
        json.name("share").value(report.inputs().share());
      }
      json.name("drifted").value(report.inputs().hasDrifted()).name("features").beginArray();
      report.features().stream().limit(SHOWN_FEATURES).forEach(feature -> feature(json, feature));
      json.endArray();
    }
    json.endObject();
  }

  private static void feature(JsonWriter json, FeatureDrift feature) {
    json.beginObject().name("feature").value(feature.name());
    if (feature.outcome() instanceof DriftScore score && Double.isFinite(score.score())) {
      json.name("method").value(score.method().id()).name("score").value(score.score());
      if (Double.isFinite(score.limit().drift())) {
        json.name("threshold").value(score.limit().drift());
      }
    }
    json.name("drifted").value(feature.hasDrifted());
    if (feature.evidence() != null) {
      json.name("moved").value(feature.evidence().effect());
    }
    json.endObject();
  }

  private Reply quality(Call call) {
    String model = models.known(call.path("model"));
    Selection selection = shared.whole(call, model);
    Against against = parameters.against(call);
    Deadline deadline = shared.deadline(call);
    return windows(
        call,
        selection,
        deadline,
        one -> report(model, one, against, deadline),
        DriftWindowsApi::quality);
  }

  private IntegrityReport report(
      String model, Selection selection, Against against, Deadline deadline) {
    Sides sides = parts.queries().sides(selection, against, deadline);
    long endMs = selection.windows().endMs();
    return IntegrityReport.of(model, sides, parts.rules().get(), endMs, endMs);
  }

  private static void quality(JsonWriter json, Found<IntegrityReport> one) {
    IntegrityReport report = one.report();
    if (report != null) {
      List<Check> wrong =
          report.checks().stream().filter(check -> check.state() != Check.State.OK).toList();
      json.name("n").value(report.rows()).name("enough").value(report.enough());
      json.name("checks").beginArray();
      for (Check check : wrong) {
        json.beginObject().name("feature").value(check.feature());
        json.name("check").value(check.kind().word()).name("state").value(check.state().word());
        if (Double.isFinite(check.value())) {
          json.name("value").value(check.value());
        }
        json.name("text").value(check.text()).endObject();
      }
      json.endArray();
    }
    json.endObject();
  }

  private List<Window> plan(Call call, Selection selection, Deadline deadline) {
    Windows range = selection.windows();
    ZoneId zone = zone(call);
    String every = emptyToNull(call.parameter("every"));
    String step = emptyToNull(call.parameter("step"));
    if (emptyToNull(call.parameter("rows")) != null) {
      int rows = (int) QualityParameters.number(call, "rows", 1, 10, 1_000_000);
      return planned(
          "rows", () -> WindowPlan.byCount(RowTimes.of(columns, selection, deadline), rows));
    }
    CalendarStep length = planned("step", () -> step(step == null ? "1h" : step, zone));
    return every == null
        ? planned("step", () -> WindowPlan.tumbling(range.startMs(), range.endMs(), length))
        : planned(
            "every",
            () ->
                WindowPlan.sliding(
                    range.startMs(), range.endMs(), length.length(), DurationText.parse(every)));
  }

  private static CalendarStep step(String text, ZoneId zone) {
    return switch (text) {
      case "hour" -> new CalendarStep(Duration.ofHours(1), zone);
      case "day" -> new CalendarStep(Duration.ofDays(1), zone);
      case "week" -> new CalendarStep(Duration.ofDays(7), zone);
      case "month" -> CalendarStep.ofMonths(zone);
      default -> new CalendarStep(DurationText.parse(text), zone);
    };
  }

  private static ZoneId zone(Call call) {
    String text = emptyToNull(call.parameter("timezone"));
    try {
      return text == null ? ZoneId.of("UTC") : ZoneId.of(text);
    } catch (DateTimeException _) {
      throw bad("timezone", "must be the name of a time zone, such as Europe/Madrid");
    }
  }

  private static <T> T planned(String parameter, Supplier<T> plan) {
    try {
      return plan.get();
    } catch (IllegalArgumentException unfit) {
      throw bad(parameter, String.valueOf(unfit.getMessage()));
    }
  }

  private Reply segments(Call call) {
    String model = models.known(call.path("model"));
    Selection selection = parameters.selection(call, model);
    Against against = parameters.against(call);
    DriftRules rules = parameters.rules(call, model);
    Deadline deadline = shared.deadline(call);
    SegmentBy by = planned("by", () -> new SegmentBy(QualityParameters.names(call, "by")));
    int limit = (int) QualityParameters.number(call, "limit", 20, 1, MOST_SEGMENTS);
    List<SegmentValues.One> values =
        pool.run(() -> SegmentValues.of(columns, selection, by, limit, deadline));
    List<Found<DriftReport>> all =
        pool.run(
            () ->
                values.stream()
                    .map(
                        one ->
                            found(
                                with(selection, one.conditions()),
                                segment ->
                                    parts.queries().plain(segment, against, rules, deadline)))
                    .toList());
    return Reply.json(
        json -> {
          json.beginObject().name("model").value(model).name("segments").beginArray();
          for (int each = 0; each < values.size(); each++) {
            json.beginObject().name("segment").value(values.get(each).text());
            json.name("rows").value(values.get(each).n());
            Found<DriftReport> one = all.get(each);
            if (!one.why().isEmpty()) {
              json.name("reason").value(one.why());
            }
            drift(json, one);
          }
          json.endArray().endObject();
        });
  }

  private static Selection with(Selection selection, List<Condition> conditions) {
    List<Condition> all = new ArrayList<>(selection.conditions());
    all.addAll(conditions);
    return new Selection(
        selection.model(), selection.version(), all, selection.windows(), selection.timeOf());
  }
}
