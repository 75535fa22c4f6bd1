package dev.sightline.alerting.config;

import dev.sightline.alerting.route.GroupName;
import dev.sightline.alerting.route.Grouping;
import dev.sightline.alerting.route.Route;
import dev.sightline.alerting.route.Timing;
import dev.sightline.model.label.Matcher;
import dev.sightline.wire.yaml.Unused;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `route` and the routes below it.
final class RouteReader {
  private static final String[] NOT_USED = {
    "mute_time_intervals", "active_time_intervals", "labels"
  };

  private final Set<String> receivers;
  private final Unused unused;

  /// @param receivers the names that are defined
  RouteReader(Set<String> receivers, Unused unused) {
    this.receivers = receivers;
    this.unused = unused;
  }

  /// What everything is told to, that no route below leads elsewhere.
  Route root(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      for (String key :
          List.of(
              "match",
              "match_re",
              "matchers",
              "continue",
              "mute_time_intervals",
              "active_time_intervals")) {
        YamlNode value = map.find(key);
        if (value != null && !isEmpty(value)) {
          throw value.error("must not stand in the first route, which takes every alert");
        }
      }
      unused.note(map, "labels");
      YamlNode receiver = map.need("receiver");
      return read(map, "{}", List.of(), known(receiver), Grouping.NONE, Timing.DEFAULT);
    }
  }

  private static boolean isEmpty(YamlNode value) {
    if (value.isMap()) {
      return value.asMap().keys().isEmpty();
    }
    return value.isList() ? value.asList().isEmpty() : value.isNull() || !value.asBoolean();
  }

  private Route below(YamlNode node, Route above) {
    try (YamlMap map = node.asMap()) {
      unused.note(map, NOT_USED);
      List<Matcher> matchers = MatchersReader.read(map, "");
      YamlNode receiver = map.find("receiver");
      return read(
          map,
          above.key() + "/" + GroupName.of(matchers),
          matchers,
          receiver == null || receiver.isNull() ? above.receiver() : known(receiver),
          above.grouping(),
          above.timing());
    }
  }

  private Route read(
      YamlMap map,
      String key,
      List<Matcher> matchers,
      String receiver,
      Grouping grouping,
      Timing timing) {
    Route self =
        new Route(
            key,
            receiver,
            matchers,
            grouping(map.find("group_by"), grouping),
            timing(map, timing),
            map.bool("continue", false),
            List.of());
    List<Route> routes = map.list("routes").stream().map(each -> below(each, self)).toList();
    return new Route(
        self.key(),
        self.receiver(),
        self.matchers(),
        self.grouping(),
        self.timing(),
        self.continues(),
        routes);
  }

  private String known(YamlNode receiver) {
    String name = receiver.asText();
    if (!receivers.contains(name)) {
      throw receiver.error("names the receiver \"" + name + "\", which is not defined");
    }
    return name;
  }

  private static Grouping grouping(@Nullable YamlNode node, Grouping otherwise) {
    if (node == null) {
      return otherwise;
    }
    List<String> names = node.asTexts();
    if (names.size() != names.stream().distinct().count()) {
      throw node.error("names a label twice");
    }
    if (names.contains("...")) {
      if (names.size() > 1) {
        throw node.error("must not name labels beside \"...\"");
      }
      return new Grouping(true, List.of());
    }
    return new Grouping(false, names);
  }

  private static Timing timing(YamlMap map, Timing otherwise) {
    Duration interval = positive(map, "group_interval", otherwise.interval());
    Duration repeat = positive(map, "repeat_interval", otherwise.repeat());
    return new Timing(map.duration("group_wait", otherwise.firstWait()), interval, repeat);
  }

  private static Duration positive(YamlMap map, String key, Duration otherwise) {
    Duration given = map.duration(key, otherwise);
    if (given.isZero()) {
      throw map.need(key).error("must be above 0");
    }
    return given;
  }
}
