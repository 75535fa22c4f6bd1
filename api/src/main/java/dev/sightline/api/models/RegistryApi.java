package dev.sightline.api.models;

import static dev.sightline.api.http.Parameter.optional;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.CallHandler;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Routes;
import dev.sightline.api.json.JsonWriter;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.registry.PollState;
import dev.sightline.model.time.Clock;
import dev.sightline.quality.registry.ModelCard;
import dev.sightline.quality.registry.ModelEvent;
import dev.sightline.quality.registry.Registry;
import dev.sightline.quality.registry.Registry.Annotation;
import dev.sightline.quality.registry.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is said of models: owner, versions and their stages, what inputs may hold, and what has
/// happened to them.
public final class RegistryApi {
  private static final String ONE = ModelsApi.ROOT + "/{model}";
  private static final String ANNOTATIONS = "/api/annotations";
  private static final Parameter START =
      optional("start", Parameter.Type.STRING, "RFC 3339 or epoch milliseconds, included");
  private static final Parameter END =
      optional("end", Parameter.Type.STRING, "RFC 3339 or epoch milliseconds, excluded");
  private static final Parameter VERSION = Parameter.path("version", "Of the model");
  private static final Parameter NUMBER = Parameter.path("number", "Of the event");

  private final Registry registry;
  private final PredictionSource source;
  private final KnownModels known;
  private final Supplier<Map<String, String>> tasks;
  private final Supplier<@Nullable PollState> polled;
  private final RegistryFields fields;

  /// @param tasks of the models that are configured now, by name
  /// @param polled how another registry was reached last; null where none is asked
  public RegistryApi(
      Registry registry,
      PredictionSource source,
      Supplier<Map<String, String>> tasks,
      Supplier<@Nullable PollState> polled,
      Clock clock) {
    this.registry = registry;
    this.source = source;
    this.tasks = tasks;
    this.polled = polled;
    this.known = new KnownModels(source, this::named);
    this.fields = new RegistryFields(clock);
  }

  private Set<String> named() {
    Set<String> names = new HashSet<>(tasks.get().keySet());
    registry.cards().forEach(card -> names.add(card.model()));
    return names;
  }

  public void addTo(Routes routes) {
    add(routes, "GET " + ONE, "What is said of a model and its versions", this::find);
    add(routes, "PATCH " + ONE, "Say whose a model is, and what it is", this::edit);
    add(
        routes,
        "PATCH " + ONE + "/versions/{version}",
        "Say where a version stands: stage, aliases, description, tags",
        this::editVersion,
        VERSION);
    add(routes, "GET " + ONE + "/schema", "What inputs hold, and may hold", this::schema);
    add(routes, "PUT " + ONE + "/schema", "Say what inputs may hold", this::editSchema);
    add(
        routes,
        "GET " + ONE + "/events",
        "What has happened to a model, oldest first",
        this::events,
        START,
        END);
    add(routes, "POST " + ONE + "/events", "Say what has happened to a model", this::addEvent);
    add(routes, "DELETE " + ONE + "/events/{number}", "Forget an event", this::deleteEvent, NUMBER);
    ModelsApi.add(
        routes,
        "GET " + ANNOTATIONS,
        Permission.QUERY,
        "What has happened to models: the marks on their charts, oldest first",
        this::annotations,
        START,
        END,
        optional("model", Parameter.Type.STRING, "Only of this model"));
  }

  private static void add(
      Routes routes, String call, String summary, CallHandler handler, Parameter... parameters) {
    List<Parameter> all = new ArrayList<>(List.of(ModelsApi.MODEL));
    all.addAll(List.of(parameters));
    Permission needed = call.startsWith("GET ") ? Permission.QUERY : Permission.WRITE;
    ModelsApi.add(routes, call, needed, summary, handler, all.toArray(Parameter[]::new));
  }

  private String model(Call call) {
    return known.known(call.path("model"));
  }

  private Reply find(Call call) {
    return reply(registry.card(model(call)));
  }

  private Reply edit(Call call) {
    String model = model(call);
    var change = fields.card(call);
    return reply(limited(() -> registry.change(model, change)));
  }

  private Reply editVersion(Call call) {
    String model = model(call);
    var change = fields.version(call);
    String version = call.path("version");
    String by = call.caller().name();
    limited(() -> registry.say(model, version, change, by));
    return reply(registry.card(model));
  }

  private Reply reply(ModelCard card) {
    String task = tasks.get().getOrDefault(card.model(), "");
    return Reply.json(json -> RegistryWriter.card(json, card, task, polled.get()));
  }

  private Reply schema(Call call) {
    String model = model(call);
    return schema(model);
  }

  private Reply schema(String model) {
    Schema seen = Schema.of(source, model);
    ModelCard card = registry.card(model);
    return Reply.json(json -> RegistryWriter.schema(json, seen, card.schema()));
  }

  private Reply editSchema(Call call) {
    String model = model(call);
    var schema = fields.schema(call);
    limited(() -> registry.change(model, card -> card.withSchema(schema)));
    return schema(model);
  }

  private Reply events(Call call) {
    return marks(call, model(call), "events");
  }

  private Reply annotations(Call call) {
    return marks(call, ListParameters.emptyToNull(call.parameter("model")), "annotations");
  }

  private Reply marks(Call call, @Nullable String model, String name) {
    long startMs = ListParameters.timeMs(call, "start", Long.MIN_VALUE / 4);
    long endMs = ListParameters.timeMs(call, "end", Long.MAX_VALUE / 4);
    List<Annotation> found = registry.annotations(model, startMs, endMs);
    return Reply.json(
        json -> {
          json.beginObject().name(name).beginArray();
          found.forEach(one -> RegistryWriter.event(json, one.model(), one.event()));
          json.endArray().endObject();
        });
  }

  private Reply addEvent(Call call) {
    String model = model(call);
    ModelEvent said = fields.event(call);
    ModelEvent event =
        limited(
            () ->
                registry.add(
                    model, said.version(), said.kind(), said.text(), said.timeMs(), said.by()));
    return Reply.json((JsonWriter json) -> RegistryWriter.event(json, model, event));
  }

  private Reply deleteEvent(Call call) {
    String model = model(call);
    String number = call.path("number");
    if (!number.matches("\\d{1,15}") || !registry.delete(model, Long.parseLong(number))) {
      throw new ApiException(
          ApiError.notFound("model \"" + model + "\" has no event of this number"));
    }
    return Reply.empty(204);
  }

  private static <T> T limited(Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException beyond) {
      throw new ApiException(ApiError.badData(String.valueOf(beyond.getMessage())));
    }
  }
}
