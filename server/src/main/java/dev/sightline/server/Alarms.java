package dev.sightline.server;

import dev.sightline.alerting.dispatch.Dispatcher;
import dev.sightline.alerting.dispatch.Routing;
import dev.sightline.alerting.notify.journal.Journal;
import dev.sightline.alerting.rule.RuleFiles;
import dev.sightline.alerting.state.GroupStatus;
import dev.sightline.alerting.state.RuleParts;
import dev.sightline.alerting.state.RuleSet;
import dev.sightline.alerting.state.Rules;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.query.LogQueries;
import dev.sightline.promql.eval.QueryEngine;
import dev.sightline.server.config.ServerConfig;
import dev.sightline.template.function.PrometheusFunctions;
import dev.sightline.tsdb.TimeSeriesStore;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// The rules in force, and who is told when one breaks.
///
/// Safe for any number of threads.
final class Alarms {
  private static final QueryPool.Limits RULE_QUERIES =
      new QueryPool.Limits(1, 1_000, Duration.ofMinutes(1));

  private final URI address;
  private final RuleSets reading;
  private final Rules rules;
  private final Dispatcher dispatcher;

  private volatile Duration resolveTimeout;
  private volatile Set<String> logFiles;

  /// What a configuration says of alerts, read and found good.
  record Read(RuleSet rules, Routing routing, Duration resolveTimeout, Set<String> logFiles) {}

  private Alarms(
      URI address, RuleSets reading, Rules rules, Dispatcher dispatcher, ServerConfig config) {
    this.address = address;
    this.reading = reading;
    this.rules = rules;
    this.dispatcher = dispatcher;
    this.resolveTimeout = config.alerting().resolveTimeout();
    this.logFiles = logFiles(config);
  }

  /// @param address where people who are told find this process
  static Alarms open(
      Ground ground,
      URI address,
      QueryEngine queries,
      LogQueries logQueries,
      TimeSeriesStore metrics) {
    Dispatcher dispatcher = dispatcher(ground, address);
    QueryPool pool = ground.opened().keep("queries of rules", new QueryPool(RULE_QUERIES));
    var conditions = new PromqlConditions(queries, pool, ground.clock());
    var reading =
        new RuleSets(
            conditions,
            new LogqlConditions(logQueries, pool),
            PrometheusFunctions.of(conditions, address, ground.clock()));
    RuleParts parts =
        new RuleParts(
            dispatcher,
            metrics,
            ground.files(),
            ground.data("state").resolve("rules"),
            ground.clock(),
            ground.scheduler(),
            ground.meters());
    Rules rules =
        ground.opened().keep("rules", Rules.start(reading.read(ground.config(), address), parts));
    return new Alarms(address, reading, rules, dispatcher, ground.config());
  }

  private static Dispatcher dispatcher(Ground ground, URI address) {
    Path directory = ground.data("state").resolve("notifications");
    Journal journal =
        Journal.open(
            ground.files(), directory, ground.clock(), ground.scheduler(), ground.meters());
    ground.opened().keep("notification journal", journal);
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("notify-", 0).factory());
    Dispatcher.Parts parts =
        new Dispatcher.Parts(
            journal,
            ground.clock(),
            ground.scheduler(),
            threads,
            new SecureRandom(),
            ground.meters());
    Routing routing = ground.config().alerting().open(address::toString);
    return ground.opened().keep("notifications", Dispatcher.start(parts, routing));
  }

  /// Changes nothing yet.
  ///
  /// @throws dev.sightline.wire.yaml.ConfigException for the first fault, with its place
  Read read(ServerConfig config) {
    return new Read(
        reading.read(config, address),
        config.alerting().open(address::toString),
        config.alerting().resolveTimeout(),
        logFiles(config));
  }

  private static Set<String> logFiles(ServerConfig config) {
    return RuleFiles.find(config.rules().logFiles()).stream()
        .map(Path::toString)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// How the rules about log lines stand.
  List<GroupStatus> ofLogs() {
    return rules.groups().stream()
        .filter(status -> logFiles.contains(status.group().file()))
        .toList();
  }

  /// Goes on with other rules and receivers. Alerts that are in both as they were keep their state.
  void take(Read next) {
    rules.reload(next.rules());
    dispatcher.reroute(next.routing());
    resolveTimeout = next.resolveTimeout();
    logFiles = next.logFiles();
  }

  Rules rules() {
    return rules;
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  /// Until when an alert fires whose sender names no end.
  Duration resolveTimeout() {
    return resolveTimeout;
  }
}
