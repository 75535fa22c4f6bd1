package dev.sightline.server;

import dev.sightline.alerting.AlertSink;
import dev.sightline.alerting.dispatch.Dispatcher;
import dev.sightline.alerting.dispatch.Routing;
import dev.sightline.alerting.notify.journal.Journal;
import dev.sightline.alerting.state.RuleParts;
import dev.sightline.alerting.state.RuleSet;
import dev.sightline.alerting.state.Rules;
import dev.sightline.api.admin.LimitsApi;
import dev.sightline.api.alerting.AlertmanagerApi;
import dev.sightline.api.alerting.DemoMessage;
import dev.sightline.api.alerting.DemoMessagesApi;
import dev.sightline.api.alerting.NotificationsApi;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Faces;
import dev.sightline.api.http.HttpListener;
import dev.sightline.api.http.Limit;
import dev.sightline.api.http.OpenApi;
import dev.sightline.api.http.Pages;
import dev.sightline.api.http.Readiness;
import dev.sightline.api.http.Routes;
import dev.sightline.api.loki.LogQueryApi;
import dev.sightline.api.loki.PushApi;
import dev.sightline.api.loki.StreamsApi;
import dev.sightline.api.models.ModelsApi;
import dev.sightline.api.prometheus.HealthApi;
import dev.sightline.api.prometheus.LifecycleApi;
import dev.sightline.api.prometheus.MetersApi;
import dev.sightline.api.prometheus.QueryApi;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.api.prometheus.RulesApi;
import dev.sightline.api.prometheus.SeriesApi;
import dev.sightline.api.prometheus.StatusApi;
import dev.sightline.api.prometheus.TargetsApi;
import dev.sightline.collect.host.HostMetrics;
import dev.sightline.collect.meter.MeterWriter;
import dev.sightline.collect.meter.MeterWriter.Origin;
import dev.sightline.collect.scrape.ScrapeService;
import dev.sightline.gateway.Gateway;
import dev.sightline.gateway.GatewayConfig;
import dev.sightline.gateway.GatewayException;
import dev.sightline.gateway.UpstreamModel;
import dev.sightline.logql.eval.LogQueryEngine;
import dev.sightline.logql.eval.LogQueryLimits;
import dev.sightline.logstore.LogStore;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Gauge;
import dev.sightline.model.meter.MeterFamily;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.predictions.ParquetFiles;
import dev.sightline.predictions.PredictionStore;
import dev.sightline.predictions.engine.Engine;
import dev.sightline.promql.eval.QueryEngine;
import dev.sightline.promql.eval.QueryLimits;
import dev.sightline.promql.parse.PromqlParser;
import dev.sightline.server.config.Address;
import dev.sightline.server.config.ServerConfig;
import dev.sightline.server.lines.LineQueue;
import dev.sightline.server.lines.StoreAppender;
import dev.sightline.storage.fs.DiskFileSystem;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.template.function.PrometheusFunctions;
import dev.sightline.tsdb.TimeSeriesStore;
import dev.sightline.tsdb.TsdbDirectories;
import dev.sightline.wire.exposition.ExpositionWriter;
import dev.sightline.wire.yaml.ConfigException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole process: stores, languages, watchers and faces, wired by hand.
public final class Sightline implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sightline.class);
  private static final Path PROC = Path.of("/proc");
  private static final Path SYS = Path.of("/sys");
  private static final QueryPool.Limits RULE_QUERIES =
      new QueryPool.Limits(1, 1_000, Duration.ofMinutes(1));

  private final Supplier<ServerConfig> configuration;
  private final ServerConfig config;
  private final Clock clock;
  private final Scheduler scheduler;
  private final FileSystem files = new DiskFileSystem();

  /// What the process counts of itself.
  private final MeterRegistry ownMeters = new MeterRegistry();

  /// What it counts of the models behind its gateway.
  private final MeterRegistry modelMeters = new MeterRegistry();

  private final Gauge lastReload =
      ownMeters.gauge(
          "sightline_config_last_reload_successful",
          "Whether the configuration was taken over when it was last read.",
          Labels.EMPTY);

  private final Readiness readiness = new Readiness("opening the stores");
  private final Routes routes = new Routes();
  private final LateSink captured = new LateSink();
  private final LineQueue lines = new LineQueue(ownMeters);
  private final Lifecycle stores = new Lifecycle();
  private final Lifecycle faces = new Lifecycle();

  private volatile @Nullable HttpListener http;
  private volatile @Nullable ScrapeService scrapes;
  private volatile @Nullable TimeSeriesStore metrics;
  private volatile @Nullable Gateway gateway;
  private volatile @Nullable RuleSets ruleSets;
  private volatile @Nullable Rules rules;
  private volatile @Nullable Dispatcher alerts;
  private volatile @Nullable StoreAppender hearing;
  private volatile String gatewayAddress = "";

  /// Of the models that are configured now, by name.
  private volatile Map<String, String> tasks;

  /// Until when an alert fires whose sender names no end.
  private volatile Duration resolveTimeout;

  private Sightline(Supplier<ServerConfig> configuration, Clock clock, Scheduler scheduler) {
    this.configuration = configuration;
    this.config = configuration.get();
    this.tasks = tasks(config);
    RuleSets.check(config);
    this.resolveTimeout = config.alerting().resolveTimeout();
    lastReload.set(1);
    this.clock = clock;
    this.scheduler = scheduler;
  }

  /// Opens the stores, wires the parts, listens. What was opened is closed again if a later part
  /// fails.
  ///
  /// @param configuration asked now, and again at every reload
  public static Sightline start(
      Supplier<ServerConfig> configuration, Clock clock, Scheduler scheduler) {
    Sightline sightline = new Sightline(configuration, clock, scheduler);
    try {
      sightline.wire();
      return sightline;
    } catch (RuntimeException failure) {
      sightline.close();
      throw failure;
    }
  }

  /// The whole shape of the process. The faces come first, so that calls reach the models while
  /// logs are read back.
  private void wire() {
    stores.keep("data directory", files.lock(created(config.data())));
    hearing = StoreAppender.attach(lines);
    http = faces.keep("http", openHttp());
    openGateway(config.gateway());

    TimeSeriesStore metrics = stores.keep("metrics", openMetrics());
    PredictionStore predictions = stores.keep("predictions", openPredictions());
    stores.keep("Parquet files of predictions", openParquet(predictions));
    captured.open(predictions);
    LogStore logs = stores.keep("logs", openLogs());
    stores.keep("own lines", lines);
    lines.open(logs);

    String self = address().getAuthority();
    HostMetrics host = new HostMetrics(PROC, SYS, config.data(), clock);
    write(Labels.of("job", "host", "instance", self), host::read, Origin.ELSEWHERE, metrics);
    write(
        Labels.of("job", "sightline", "instance", self),
        ownMeters::read,
        Origin.THIS_PROCESS,
        metrics);
    scrapes =
        stores.keep(
            "scrapes",
            ScrapeService.start(config.scraping().jobs(), metrics, clock, scheduler, ownMeters));
    this.metrics = metrics;
    watchGateway();

    Dispatcher alerts = openAlerting();

    QueryEngine queries = new QueryEngine(metrics, QueryLimits.DEFAULT, clock);
    QueryPool pool = stores.keep("queries", new QueryPool(QueryPool.Limits.DEFAULT));
    Rules evaluating = stores.keep("rules", startRules(queries, metrics, alerts));
    rules = evaluating;
    new RulesApi(evaluating::groups, PromqlParser::parseSelector).addTo(routes);
    new QueryApi(queries, pool, clock).addTo(routes);
    new SeriesApi(metrics, PromqlParser::parseSelector, pool).addTo(routes);
    LogQueryEngine logQueries = new LogQueryEngine(logs, LogQueryLimits.DEFAULT, clock);
    new PushApi(logs, logQueries).addTo(routes);
    new LogQueryApi(logQueries, pool, clock).addTo(routes);
    new StreamsApi(logs, logQueries, pool, clock, Version.current()).addTo(routes);
    new TargetsApi(scrapes).addTo(routes);
    new ModelsApi(predictions, predictions, () -> tasks, clock).addTo(routes);
    new StatusApi(facts(), clock).addTo(routes);
    new AlertmanagerApi(alerts, clock, () -> resolveTimeout, Version.current()).addTo(routes);
    new NotificationsApi(alerts.journal()).addTo(routes);
    new LifecycleApi(this::reload).addTo(routes);
    new LimitsApi(limits()).addTo(routes);
    new OpenApi(routes, Version.current()).addTo(routes);
    readiness.ready();
  }

  private Rules startRules(QueryEngine queries, TimeSeriesStore metrics, AlertSink alerts) {
    QueryPool pool = stores.keep("queries of rules", new QueryPool(RULE_QUERIES));
    PromqlConditions conditions = new PromqlConditions(queries, pool, clock);
    var reading = new RuleSets(conditions, PrometheusFunctions.of(conditions, address(), clock));
    ruleSets = reading;
    Path state = config.data().resolve("state").resolve("rules");
    return Rules.start(
        reading.read(config, address()),
        new RuleParts(alerts, metrics, files, state, clock, scheduler, ownMeters));
  }

  private HttpListener openHttp() {
    new HealthApi(readiness).addTo(routes);
    new MetersApi(ownMeters).addTo(routes);
    Pages pages = new Pages(Sightline.class.getClassLoader(), "web", "/");
    return HttpListener.open(
        config.http(), new Faces(routes, pages, readiness), ownMeters, clock, scheduler);
  }

  /// Does nothing where there is no model to stand before.
  private void openGateway(GatewayConfig models) {
    if (models.models().isEmpty()) {
      return;
    }
    Gateway opened =
        Gateway.open(
            models,
            new Gateway.Parts(modelMeters, lines, clock, scheduler),
            captured,
            () -> ExpositionWriter.write(modelMeters.read()));
    gateway = faces.keep("gateway", opened);
    gatewayAddress = new Address(reachable(models.listenHost()), opened.port()).toString();
  }

  private TimeSeriesStore openMetrics() {
    return TimeSeriesStore.open(
        files, TsdbDirectories.below(config.data()), config.metrics(), clock, scheduler, ownMeters);
  }

  private PredictionStore openPredictions() {
    return PredictionStore.open(
        files,
        config.data().resolve("predictions"),
        config.predictions(),
        clock,
        scheduler,
        ownMeters);
  }

  private LogStore openLogs() {
    return LogStore.open(
        files, config.data().resolve("logs"), config.logs(), clock, scheduler, ownMeters);
  }

  private Dispatcher openAlerting() {
    Path directory = config.data().resolve("state").resolve("notifications");
    Journal journal =
        stores.keep(
            "notification journal", Journal.open(files, directory, clock, scheduler, ownMeters));
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("notify-", 0).factory());
    Dispatcher.Parts parts =
        new Dispatcher.Parts(journal, clock, scheduler, threads, new SecureRandom(), ownMeters);
    Dispatcher opened = stores.keep("notifications", Dispatcher.start(parts, routing(config)));
    alerts = opened;
    return opened;
  }

  private Routing routing(ServerConfig config) {
    return config.alerting().open(() -> address().toString());
  }

  private ParquetFiles openParquet(PredictionStore predictions) {
    Path directory = config.data().resolve("predictions");
    Engine engine = new Engine(directory, Engine.Limits.besideThisProcess(), clock);
    return new ParquetFiles(files, directory, predictions, engine, clock, scheduler);
  }

  private MeterWriter write(
      Labels labels, Supplier<List<MeterFamily>> meters, Origin origin, TimeSeriesStore metrics) {
    return stores.keep(
        labels.get("job") + " meters",
        new MeterWriter(meters, origin, new MeterWriter.Target(metrics, labels), clock, scheduler));
  }

  /// The series about the gateway's models are written here, or scraped from it, never both.
  private void watchGateway() {
    if (gateway == null) {
      return;
    }
    Labels labels = Labels.of("job", "gateway", "instance", gatewayAddress);
    TimeSeriesStore store = Objects.requireNonNull(metrics);
    MeterWriter models = write(labels, modelMeters::read, Origin.THIS_PROCESS, store);
    ScrapeService scraping = Objects.requireNonNull(scrapes);
    stores.keep(
        "gateway scrape watch", GatewayScrapes.watch(scraping, models, gatewayAddress, scheduler));
  }

  /// Where people and clients find this process.
  public URI address() {
    HttpListener listener = Objects.requireNonNull(http);
    String scheme = config.http().tls() == null ? "http" : "https";
    return URI.create(
        scheme + "://" + new Address(reachable(config.http().listenHost()), listener.port()));
  }

  /// `HOST:PORT` of the gateway; empty where there is none.
  public String gatewayAddress() {
    return gatewayAddress;
  }

  /// Shows the messages of the demo on the pages.
  ///
  /// @param messages newest first
  public void showMessages(Supplier<List<DemoMessage>> messages) {
    new DemoMessagesApi(messages).addTo(routes);
  }

  /// What whoever starts the process should know.
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (config.http().isOpenToAll()) {
      warnings.add(
          "anyone who reaches "
              + config.http().listenHost()
              + " may read and change everything: there is no server.auth");
    }
    config.notUsed().forEach(note -> warnings.add("not used: " + note));
    return warnings;
  }

  /// Takes over what can change while the process runs: what is scraped, and the models behind the
  /// gateway.
  ///
  /// @throws ApiException if the configuration cannot be used now; the old one stays
  public synchronized void reload() {
    try {
      apply(configuration.get());
      lastReload.set(1);
    } catch (ConfigException | IllegalArgumentException | GatewayException bad) {
      lastReload.set(0);
      LOG.error("the configuration was not taken over, the old one stays: {}", bad.getMessage());
      throw new ApiException(ApiError.badData(String.valueOf(bad.getMessage())));
    }
    LOG.info("the configuration was read again");
  }

  private void apply(ServerConfig next) {
    // Read first: a file with a fault must change nothing.
    RuleSet nextRules = Objects.requireNonNull(ruleSets).read(next, address());
    Routing nextRouting = routing(next);
    Gateway running = gateway;
    if (running != null) {
      running.reconfigure(next.gateway());
    } else {
      openGateway(next.gateway());
      watchGateway();
    }
    tasks = tasks(next);
    Objects.requireNonNull(scrapes).reload(next.scraping().jobs());
    Objects.requireNonNull(rules).reload(nextRules);
    Objects.requireNonNull(alerts).reroute(nextRouting);
    resolveTimeout = next.alerting().resolveTimeout();
  }

  /// Lets calls in flight end, writes down what was captured, and closes the stores.
  @Override
  public void close() {
    readiness.notReady("stopping");
    captured.giveUp();
    faces.closeTogether();
    stores.close();
    if (hearing != null) {
      hearing.close();
    }
    lines.close();
  }

  private Path created(Path directory) {
    files.createDirectories(directory);
    return directory;
  }

  private static Map<String, String> tasks(ServerConfig config) {
    return config.gateway().models().stream()
        .collect(
            Collectors.toMap(
                UpstreamModel::name, model -> model.task().name().toLowerCase(Locale.ROOT)));
  }

  private List<Limit> limits() {
    List<Limit> limits = new ArrayList<>(config.http().limits().list());
    limits.add(new Limit("query.samples", QueryLimits.DEFAULT.maxSamples(), "samples"));
    limits.add(new Limit("query.steps", QueryLimits.DEFAULT.maxSteps(), "steps"));
    limits.add(new Limit("query.running", QueryPool.Limits.DEFAULT.running(), "queries"));
    limits.add(new Limit("query.waiting", QueryPool.Limits.DEFAULT.waiting(), "queries"));
    limits.add(new Limit("logs.entries", LogQueryLimits.DEFAULT.entries(), "lines of a query"));
    limits.add(new Limit("logs.series", LogQueryLimits.DEFAULT.series(), "series of a query"));
    limits.add(
        new Limit("logs.length", LogQueryLimits.DEFAULT.length().toMillis(), "milliseconds"));
    limits.add(new Limit("logs.memory", LogQueryLimits.DEFAULT.memoryBytes(), "bytes of a query"));
    limits.add(new Limit("metrics.series", config.metrics().series().inHead(), "series"));
    limits.add(new Limit("gateway.copy", config.gateway().limits().copyBytes(), "bytes"));
    limits.add(new Limit("gateway.copies", config.gateway().limits().copiesBytes(), "bytes"));
    return limits;
  }

  private StatusApi.Facts facts() {
    Map<String, String> flags = Map.of("open", Boolean.toString(config.http().isOpenToAll()));
    return new StatusApi.Facts(Version.current(), "", clock.nowMs(), () -> "", flags);
  }

  /// An address that listens everywhere is reached on this machine by its loopback name.
  private static String reachable(String host) {
    return host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
  }
}
