package dev.sightline.alerting.config;

import dev.sightline.alerting.notify.mail.MailConfig;
import dev.sightline.alerting.notify.webhook.WebhookConfig;
import dev.sightline.alerting.route.InhibitRule;
import dev.sightline.alerting.route.Route;
import dev.sightline.wire.yaml.Unused;
import dev.sightline.wire.yaml.YamlFile;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the keys of an Alertmanager configuration.
public final class AlertmanagerReader {
  private static final String[] NOT_USED = {
    "mute_time_intervals", "time_intervals", "tracing", "event_recorder"
  };

  private static final String[] OTHER_RECEIVERS = {
    "discord", "incidentio", "jira", "mattermost", "msteams", "msteamsv2", "opsgenie", "pagerduty",
    "pushover", "rocketchat", "slack", "sns", "telegram", "victorops", "webex", "wechat"
  };

  private static final String[] GLOBAL_NOT_USED = {
    "slack_api_url",
    "slack_api_url_file",
    "slack_app_token",
    "slack_app_token_file",
    "slack_app_url",
    "pagerduty_url",
    "opsgenie_api_key",
    "opsgenie_api_key_file",
    "opsgenie_api_url",
    "wechat_api_url",
    "wechat_api_secret",
    "wechat_api_secret_file",
    "wechat_api_corp_id",
    "victorops_api_url",
    "victorops_api_key",
    "victorops_api_key_file",
    "telegram_api_url",
    "telegram_bot_token",
    "telegram_bot_token_file",
    "webex_api_url",
    "jira_api_url",
    "rocketchat_api_url",
    "rocketchat_token",
    "rocketchat_token_file",
    "rocketchat_token_id",
    "rocketchat_token_id_file",
    "mattermost_webhook_url",
    "mattermost_webhook_url_file"
  };

  private final Unused unused = new Unused();

  /// Where the file says nothing of them.
  private final List<InhibitRule> defaultInhibitions;

  private AlertmanagerReader(List<InhibitRule> defaultInhibitions) {
    this.defaultInhibitions = defaultInhibitions;
  }

  static AlertmanagerConfig read(Path file) {
    try (YamlMap map = YamlFile.read(file).asMap()) {
      map.need("route");
      return new AlertmanagerReader(List.of()).readAll(map);
    }
  }

  /// Reads the keys of an Alertmanager configuration among others of the same map, which the caller
  /// closes. Where nothing is said of `inhibit_rules`, ours hold.
  public static AlertmanagerConfig read(YamlMap map) {
    return new AlertmanagerReader(AlertmanagerConfig.NONE.inhibitions()).readAll(map);
  }

  private AlertmanagerConfig readAll(YamlMap map) {
    unused.note(map, NOT_USED);
    List<InhibitRule> inhibitions = inhibitions(map);
    try (YamlMap global = map.map("global")) {
      unused.note(global, GLOBAL_NOT_USED);
      Duration resolveTimeout =
          global.duration("resolve_timeout", AlertmanagerConfig.NONE.resolveTimeout());
      WebhookReader.Http http = WebhookReader.http(global.map("http_config"), unused);
      Templates templates = Templates.read(map.list("templates"));
      List<ReceiverConfig> receivers =
          receivers(
              map.list("receivers"),
              new WebhookReader(http, unused),
              MailReader.of(global, templates, unused));
      YamlNode route = map.find("route");
      if (route == null || route.isNull()) {
        if (!receivers.isEmpty()) {
          throw map.node().error("has receivers but no route that leads to them");
        }
        AlertmanagerConfig none = AlertmanagerConfig.NONE;
        return new AlertmanagerConfig(
            resolveTimeout, none.root(), none.receivers(), inhibitions, unused.notes());
      }
      Map<String, ReceiverConfig> byName = new LinkedHashMap<>();
      receivers.forEach(each -> byName.put(each.name(), each));
      Route root = new RouteReader(byName.keySet(), unused).root(route);
      return new AlertmanagerConfig(resolveTimeout, root, receivers, inhibitions, unused.notes());
    }
  }

  private List<InhibitRule> inhibitions(YamlMap map) {
    YamlNode given = map.find("inhibit_rules");
    if (given == null) {
      return defaultInhibitions;
    }
    return given.isNull() ? List.of() : given.asList().stream().map(this::inhibition).toList();
  }

  private InhibitRule inhibition(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      unused.note(map, "name");
      return new InhibitRule(
          MatchersReader.read(map, "source_"),
          MatchersReader.read(map, "target_"),
          map.list("equal").stream().map(YamlNode::asText).toList());
    }
  }

  private List<ReceiverConfig> receivers(
      List<YamlNode> nodes, WebhookReader webhooks, MailReader mails) {
    Map<String, ReceiverConfig> receivers = new LinkedHashMap<>();
    for (YamlNode node : nodes) {
      try (YamlMap map = node.asMap()) {
        YamlNode name = map.need("name");
        if (name.asText().isEmpty()) {
          throw name.error("must not be empty");
        }
        for (String kind : OTHER_RECEIVERS) {
          unused.note(map, kind + "_configs");
        }
        List<WebhookConfig> hooks = new ArrayList<>();
        map.list("webhook_configs").forEach(each -> hooks.add(webhooks.read(each)));
        List<MailConfig> letters = new ArrayList<>();
        map.list("email_configs").forEach(each -> letters.add(mails.read(each)));
        ReceiverConfig receiver = new ReceiverConfig(name.asText(), hooks, letters);
        if (receivers.put(receiver.name(), receiver) != null) {
          throw name.error("names the receiver \"" + receiver.name() + "\" a second time");
        }
      }
    }
    return List.copyOf(receivers.values());
  }
}
