package dev.sightline.api.prometheus;

import static dev.sightline.api.http.Parameter.optional;

import dev.sightline.alerting.rule.Rule;
import dev.sightline.alerting.state.ActiveAlert;
import dev.sightline.alerting.state.GroupStatus;
import dev.sightline.alerting.state.GroupStatus.RuleStatus;
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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Prometheus's API about rules: `rules` and `alerts`.
public final class RulesApi {
  private static final List<Parameter> FILTERS =
      List.of(
          optional("type", Parameter.Type.STRING, "Only these: alert or record"),
          optional("rule_name[]", Parameter.Type.LIST, "Only rules of these names"),
          optional("rule_group[]", Parameter.Type.LIST, "Only groups of these names"),
          optional("file[]", Parameter.Type.LIST, "Only groups of these files"),
          optional(
              "match[]",
              Parameter.Type.LIST,
              "Only rules whose labels match one of these selectors"),
          optional("exclude_alerts", Parameter.Type.BOOLEAN, "Whether alerts are left out"),
          optional("group_limit", Parameter.Type.INTEGER, "How many groups to return at once"),
          optional("group_next_token", Parameter.Type.STRING, "Where the answer before ended"));

  private final Supplier<List<GroupStatus>> groups;
  private final SelectorReader selectors;

  public RulesApi(Supplier<List<GroupStatus>> groups, SelectorReader selectors) {
    this.groups = groups;
    this.selectors = selectors;
  }

  public void addTo(Routes routes) {
    addTo(routes, "/api/v1/");
  }

  /// @param below where the paths begin
  public void addTo(Routes routes, String below) {
    add(routes, below + "rules", "The rules, and how they stand", FILTERS, this::rules);
    add(
        routes,
        below + "alerts",
        "The alerts that are pending or firing",
        List.of(),
        _ -> alerts());
  }

  private static void add(
      Routes routes, String at, String summary, List<Parameter> parameters, CallHandler handler) {
    PathTemplate path = PathTemplate.of(at);
    routes.add(new Route("GET", path, Permission.QUERY, summary, parameters, handler));
  }

  /// The part of a group that was asked for.
  private record Found(GroupStatus group, List<RuleStatus> rules) {}

  private Reply rules(Call call) {
    Predicate<RuleStatus> wanted = wanted(call);
    List<String> groupNames = call.parameters("rule_group[]");
    List<String> files = call.parameters("file[]");
    boolean withAlerts = !flag(call, "exclude_alerts");
    int limit = groupLimit(call);
    String token = call.parameter("group_next_token");
    List<Found> found = new ArrayList<>();
    boolean reached = token == null || token.isEmpty();
    for (GroupStatus group : groups.get()) {
      reached = reached || token(group).equals(token);
      List<RuleStatus> rules = group.rules().stream().filter(wanted).toList();
      if (reached
          && !rules.isEmpty()
          && isIn(groupNames, group.group().name())
          && isIn(files, group.group().file())) {
        found.add(new Found(group, rules));
      }
    }
    if (!reached) {
      throw new ApiException(
          ApiError.badData(
              "invalid parameter \"group_next_token\": invalid group_next_token '"
                  + token
                  + "'. were rule groups changed?"));
    }
    return reply(found, limit, withAlerts);
  }

  private static Reply reply(List<Found> found, int limit, boolean withAlerts) {
    boolean cut = limit > 0 && found.size() > limit;
    List<Found> shown = cut ? found.subList(0, limit) : found;
    return Envelope.success(
        json -> {
          json.beginObject().name("groups").beginArray();
          shown.forEach(group -> write(json, group, withAlerts));
          json.endArray();
          if (cut) {
            json.name("groupNextToken").value(token(found.get(limit).group()));
          }
          json.endObject();
        });
  }

  private Predicate<RuleStatus> wanted(Call call) {
    String asked = call.parameter("type");
    String type = asked == null ? "" : asked;
    boolean any = type.isEmpty();
    if (!any && !type.equals("alert") && !type.equals("record")) {
      throw Parameters.invalid("type", "not supported value " + Parameters.quote(type));
    }
    List<String> names = call.parameters("rule_name[]");
    List<List<Matcher>> selections =
        call.parameters("match[]").stream().map(this::matchers).toList();
    return status -> {
      Rule rule = status.rule();
      boolean alerting = rule instanceof Rule.Alerting;
      return (any || alerting == type.equals("alert"))
          && isIn(names, rule.name())
          && (selections.isEmpty() || selections.stream().anyMatch(all -> match(all, rule)));
    };
  }

  private List<Matcher> matchers(String selector) {
    try {
      return selectors.read(selector);
    } catch (QueryException.BadQuery bad) {
      throw Parameters.invalid("match[]", String.valueOf(bad.getMessage()));
    }
  }

  private static boolean match(List<Matcher> all, Rule rule) {
    return all.stream().allMatch(matcher -> matcher.matches(rule.labels().get(matcher.name())));
  }

  private static boolean isIn(List<String> wanted, String name) {
    return wanted.isEmpty() || wanted.contains(name);
  }

  private static boolean flag(Call call, String name) {
    String text = call.parameter(name);
    return switch (text) {
      case null -> false;
      case "", "0", "f", "F", "false", "FALSE", "False" -> false;
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      default ->
          throw Parameters.invalid(
              name, "error converting " + name + ": cannot parse " + Parameters.quote(text));
    };
  }

  private static int groupLimit(Call call) {
    String text = call.parameter("group_limit");
    String token = call.parameter("group_next_token");
    if (text == null || text.isEmpty()) {
      if (token != null && !token.isEmpty()) {
        throw Parameters.invalid(
            "group_limit", "group_limit needs to be present in order to paginate over the groups");
      }
      return 0;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit > 0) {
        return limit;
      }
      throw Parameters.invalid("group_limit", "group_limit needs to be greater than 0");
    } catch (NumberFormatException _) {
      throw Parameters.invalid(
          "group_limit", "group_limit needs to be a valid number: " + Parameters.quote(text));
    }
  }

  /// Where a later answer goes on.
  private static String token(GroupStatus group) {
    try {
      byte[] key = group.group().key().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(key));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("BUG: every JDK has SHA-1", missing);
    }
  }

  private static void write(JsonWriter json, Found found, boolean withAlerts) {
    GroupStatus group = found.group();
    json.beginObject().name("name").value(group.group().name());
    json.name("file").value(group.group().file()).name("rules").beginArray();
    found.rules().forEach(rule -> write(json, rule, withAlerts));
    json.endArray();
    json.name("interval").value(group.group().interval().toMillis() / 1_000.0);
    json.name("limit").value(group.group().limit());
    json.name("evaluationTime").value(group.evaluationSeconds());
    json.name("lastEvaluation").value(AlertJson.time(group.lastEvaluationMs()));
    json.endObject();
  }

  private static void write(JsonWriter json, RuleStatus status, boolean withAlerts) {
    json.beginObject();
    switch (status.rule()) {
      case Rule.Alerting rule -> {
        json.name("state").value(status.state()).name("name").value(rule.name());
        json.name("query").value(rule.condition().text());
        json.name("duration").value(rule.holds().toMillis() / 1_000.0);
        json.name("keepFiringFor").value(rule.keepsFiring().toMillis() / 1_000.0);
        json.name("labels");
        Envelope.labels(json, rule.labels());
        json.name("annotations");
        Envelope.labels(json, rule.annotationSources());
        json.name("alerts").beginArray();
        if (withAlerts) {
          status.alerts().forEach(alert -> AlertJson.write(json, alert));
        }
        json.endArray();
      }
      case Rule.Recording rule -> {
        json.name("name").value(rule.name()).name("query").value(rule.condition().text());
        if (!rule.labels().isEmpty()) {
          json.name("labels");
          Envelope.labels(json, rule.labels());
        }
      }
    }
    json.name("health").value(AlertJson.word(status.health()));
    if (!status.lastError().isEmpty()) {
      json.name("lastError").value(status.lastError());
    }
    json.name("evaluationTime").value(status.evaluationSeconds());
    json.name("lastEvaluation").value(AlertJson.time(status.lastEvaluationMs()));
    json.name("type").value(status.rule() instanceof Rule.Alerting ? "alerting" : "recording");
    json.endObject();
  }

  private Reply alerts() {
    List<ActiveAlert> active = new ArrayList<>();
    for (GroupStatus group : groups.get()) {
      group.rules().forEach(rule -> active.addAll(rule.alerts()));
    }
    return Envelope.success(
        json -> {
          json.beginObject().name("alerts").beginArray();
          active.forEach(alert -> AlertJson.write(json, alert));
          json.endArray().endObject();
        });
  }
}
