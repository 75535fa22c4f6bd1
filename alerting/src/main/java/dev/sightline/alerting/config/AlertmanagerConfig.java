package dev.sightline.alerting.config;

import dev.sightline.alerting.dispatch.Routing;
import dev.sightline.alerting.notify.Channel;
import dev.sightline.alerting.notify.Receiver;
import dev.sightline.alerting.notify.Receiver.Integration;
import dev.sightline.alerting.notify.mail.MailChannel;
import dev.sightline.alerting.notify.mail.MailConfig;
import dev.sightline.alerting.notify.webhook.WebhookChannel;
import dev.sightline.alerting.notify.webhook.WebhookConfig;
import dev.sightline.alerting.route.GroupName;
import dev.sightline.alerting.route.Grouping;
import dev.sightline.alerting.route.InhibitRule;
import dev.sightline.alerting.route.Route;
import dev.sightline.alerting.route.Timing;
import dev.sightline.model.label.Matcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Who is told of alerts, as an Alertmanager configuration says it.
///
/// @param resolveTimeout after which an alert ends whose sender names no end and says it no more
/// @param inhibitions which alerts say nothing while others fire
/// @param notUsed what stands in the file and is valid there, and changes nothing here; for people
public record AlertmanagerConfig(
    Duration resolveTimeout,
    Route root,
    List<ReceiverConfig> receivers,
    List<InhibitRule> inhibitions,
    List<String> notUsed) {
  private static final String NOBODY = "nobody";

  /// Alerts are held and shown, and nobody is told.
  public static final AlertmanagerConfig NONE =
      new AlertmanagerConfig(
          Duration.ofMinutes(5),
          new Route("{}", NOBODY, List.of(), Grouping.NONE, Timing.DEFAULT, false, List.of()),
          List.of(new ReceiverConfig(NOBODY, List.of(), List.of())),
          List.of(InhibitRule.SHIPPED),
          List.of());

  public AlertmanagerConfig {
    receivers = List.copyOf(receivers);
    inhibitions = List.copyOf(inhibitions);
    notUsed = List.copyOf(notUsed);
  }

  /// Reads an `alertmanager.yml`.
  ///
  /// @throws dev.sightline.wire.yaml.ConfigException if it is malformed, with the place
  public static AlertmanagerConfig read(Path file) {
    return AlertmanagerReader.read(file);
  }

  /// Makes the ways to every receiver.
  ///
  /// @param externalUrl where people find this server
  /// @throws IllegalArgumentException if a file of certificates cannot be used, in the user's words
  public Routing open(Supplier<String> externalUrl) {
    Map<String, Receiver> byName = new LinkedHashMap<>();
    for (ReceiverConfig receiver : receivers) {
      List<Integration> ways = new ArrayList<>();
      for (WebhookConfig hook : receiver.webhooks()) {
        Channel channel = opened(() -> new WebhookChannel(hook, externalUrl), receiver.name());
        ways.add(new Integration(ways.size(), hook.sendResolved(), channel));
      }
      int hooks = ways.size();
      for (MailConfig mail : receiver.mails()) {
        Channel channel = opened(() -> new MailChannel(mail, externalUrl), receiver.name());
        ways.add(new Integration(ways.size() - hooks, mail.sendResolved(), channel));
      }
      byName.put(receiver.name(), new Receiver(receiver.name(), ways));
    }
    return new Routing(root, byName, inhibitions);
  }

  /// Whether alerts are only shown.
  public boolean tellsNobody() {
    return receivers.stream().allMatch(each -> each.webhooks().isEmpty() && each.mails().isEmpty());
  }

  /// The same, where our own alert that always fires is told only to those who have a route for it:
  /// behind all routes stands one by which it goes to nobody.
  public AlertmanagerConfig withQuietWatchdog() {
    List<Matcher> watchdog =
        List.of(Matcher.equal("alertname", "Watchdog"), Matcher.equal("job", "sightline"));
    List<Route> routes = new ArrayList<>(root.routes());
    routes.add(
        new Route(
            root.key() + "/" + GroupName.of(watchdog),
            NOBODY,
            watchdog,
            root.grouping(),
            root.timing(),
            false,
            List.of()));
    Route quiet =
        new Route(
            root.key(),
            root.receiver(),
            root.matchers(),
            root.grouping(),
            root.timing(),
            root.continues(),
            routes);
    List<ReceiverConfig> all = new ArrayList<>(receivers);
    if (all.stream().noneMatch(each -> each.name().equals(NOBODY))) {
      all.add(new ReceiverConfig(NOBODY, List.of(), List.of()));
    }
    return new AlertmanagerConfig(resolveTimeout, quiet, all, inhibitions, notUsed);
  }

  private interface Opening {
    Channel open() throws IOException;
  }

  private static Channel opened(Opening opening, String receiver) {
    try {
      return opening.open();
    } catch (IOException bad) {
      throw new IllegalArgumentException(
          "the receiver \"" + receiver + "\" cannot be used: " + bad.getMessage(), bad);
    }
  }
}
