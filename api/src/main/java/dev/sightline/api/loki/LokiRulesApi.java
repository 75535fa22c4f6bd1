package dev.sightline.api.loki;

import dev.sightline.alerting.rule.Rule;
import dev.sightline.alerting.rule.RuleGroup;
import dev.sightline.alerting.state.GroupStatus;
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
import dev.sightline.api.prometheus.RulesApi;
import dev.sightline.api.prometheus.SelectorReader;
import dev.sightline.model.label.Labels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Loki's API about rules on log lines: the files as YAML, their states as Prometheus tells them.
/// Rules come from files, which nobody changes over HTTP.
public final class LokiRulesApi {
  private final Supplier<List<GroupStatus>> groups;
  private final SelectorReader selectors;

  /// @param groups those of log lines
  public LokiRulesApi(Supplier<List<GroupStatus>> groups, SelectorReader selectors) {
    this.groups = groups;
    this.selectors = selectors;
  }

  public void addTo(Routes routes) {
    Parameter file = Parameter.path("namespace", "The file's name, without its directory");
    Parameter name = Parameter.path("group", "The group's");
    for (String base : List.of("/loki/api/v1/rules", "/api/prom/rules")) {
      add(routes, base, List.of(), _ -> yaml(found("", "")));
      add(routes, base + "/{namespace}", List.of(file), this::ofFile);
      add(routes, base + "/{namespace}/{group}", List.of(file, name), this::group);
    }
    new RulesApi(groups, selectors).addTo(routes, "/prometheus/api/v1/");
  }

  private static void add(
      Routes routes, String path, List<Parameter> parameters, CallHandler handler) {
    routes.add(
        new Route(
            "GET",
            PathTemplate.of(path),
            Permission.QUERY,
            "Rules on log lines, as YAML",
            parameters,
            LokiErrors.plain(handler)));
  }

  private Reply ofFile(Call call) {
    return yaml(found(call.path("namespace"), ""));
  }

  private Reply group(Call call) {
    List<RuleGroup> groups =
        found(call.path("namespace"), call.path("group")).values().stream()
            .flatMap(List::stream)
            .toList();
    if (groups.isEmpty()) {
      throw new ApiException(new ApiError(404, "not_found", "group does not exist"));
    }
    return yaml(RulesYaml.group(groups.getFirst(), ""));
  }

  /// @param namespace empty for all
  /// @param name empty for all
  private Map<String, List<RuleGroup>> found(String namespace, String name) {
    Map<String, List<RuleGroup>> found = new TreeMap<>();
    for (GroupStatus status : groups.get()) {
      RuleGroup group = status.group();
      String file = group.file().substring(group.file().lastIndexOf('/') + 1);
      if ((namespace.isEmpty() || namespace.equals(file))
          && (name.isEmpty() || name.equals(group.name()))) {
        found.computeIfAbsent(file, _ -> new ArrayList<>()).add(group);
      }
    }
    return found;
  }

  private static Reply yaml(Map<String, List<RuleGroup>> byFile) {
    if (byFile.isEmpty()) {
      throw new ApiException(new ApiError(404, "not_found", "no rule groups found"));
    }
    StringBuilder text = new StringBuilder();
    byFile.forEach(
        (file, ofFile) -> {
          text.append(RulesYaml.quoted(file)).append(":\n");
          ofFile.forEach(group -> text.append(RulesYaml.group(group, "    ")));
        });
    return yaml(text.toString());
  }

  private static Reply yaml(String text) {
    return Reply.of(
        200, "application/yaml", out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// Groups as a rule file has them.
  private static final class RulesYaml {
    /// @param indent empty for a group alone, otherwise that of an element of a list
    static String group(RuleGroup group, String indent) {
      boolean alone = indent.isEmpty();
      String rest = alone ? "" : indent + "  ";
      StringBuilder text = new StringBuilder();
      text.append(alone ? "" : indent + "- ").append("name: ").append(quoted(group.name()));
      text.append('\n').append(rest).append("interval: ").append(duration(group.interval()));
      if (group.limit() > 0) {
        text.append('\n').append(rest).append("limit: ").append(group.limit());
      }
      text.append('\n').append(rest).append("rules:\n");
      group.rules().forEach(rule -> rule(text, rule, rest + "    "));
      return text.toString();
    }

    private static void rule(StringBuilder text, Rule rule, String indent) {
      String rest = indent + "  ";
      switch (rule) {
        case Rule.Alerting alert -> {
          text.append(indent).append("- alert: ").append(quoted(alert.name())).append('\n');
          expression(text, rule, rest);
          if (alert.holds().isPositive()) {
            text.append(rest).append("for: ").append(duration(alert.holds())).append('\n');
          }
          if (alert.keepsFiring().isPositive()) {
            text.append(rest).append("keep_firing_for: ");
            text.append(duration(alert.keepsFiring())).append('\n');
          }
          labels(text, "labels", alert.labels(), rest);
          labels(text, "annotations", alert.annotationSources(), rest);
        }
        case Rule.Recording recording -> {
          text.append(indent).append("- record: ").append(quoted(recording.name())).append('\n');
          expression(text, rule, rest);
          labels(text, "labels", recording.labels(), rest);
        }
      }
    }

    private static void expression(StringBuilder text, Rule rule, String indent) {
      text.append(indent).append("expr: ").append(quoted(rule.condition().text())).append('\n');
    }

    private static void labels(StringBuilder text, String name, Labels labels, String indent) {
      if (labels.isEmpty()) {
        return;
      }
      text.append(indent).append(name).append(":\n");
      for (int i = 0; i < labels.size(); i++) {
        text.append(indent).append("  ").append(quoted(labels.name(i))).append(": ");
        text.append(quoted(labels.value(i))).append('\n');
      }
    }

    private static String duration(Duration duration) {
      return duration.toMillis() % 1_000 == 0
          ? duration.toSeconds() + "s"
          : duration.toMillis() + "ms";
    }

    /// In YAML's double quotes.
    static String quoted(String text) {
      StringBuilder quoted = new StringBuilder("\"");
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        switch (c) {
          case '"', '\\' -> quoted.append('\\').append(c);
          case '\n' -> quoted.append("\\n");
          default -> {
            if (c < ' ' || c == 0x7F) {
              quoted.append(String.format("\\x%02x", (int) c));
            } else {
              quoted.append(c);
            }
          }
        }
      }
      return quoted.append('"').toString();
    }
  }
}
