package dev.sightline.server;

import dev.sightline.alerting.dispatch.Dispatcher;
import dev.sightline.api.admin.LimitsApi;
import dev.sightline.api.alerting.AlertmanagerApi;
import dev.sightline.api.alerting.DemoMessage;
import dev.sightline.api.alerting.DemoMessagesApi;
import dev.sightline.api.alerting.NotificationsApi;
import dev.sightline.api.cloudevents.CloudEventsApi;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Faces;
import dev.sightline.api.http.HttpListener;
import dev.sightline.api.http.OpenApi;
import dev.sightline.api.http.Pages;
import dev.sightline.api.http.Readiness;
import dev.sightline.api.http.Routes;
import dev.sightline.api.loki.DeleteApi;
import dev.sightline.api.loki.DetectionApi;
import dev.sightline.api.loki.ExportApi;
import dev.sightline.api.loki.LogQueryApi;
import dev.sightline.api.loki.LokiRulesApi;
import dev.sightline.api.loki.PushApi;
import dev.sightline.api.loki.StreamsApi;
import dev.sightline.api.loki.TailApi;
import dev.sightline.api.models.DeletionsApi;
import dev.sightline.api.models.ModelsApi;
import dev.sightline.api.models.ReferenceFiles;
import dev.sightline.api.otlp.OtlpLogsApi;
import dev.sightline.api.prometheus.HealthApi;
import dev.sightline.api.prometheus.ImportApi;
import dev.sightline.api.prometheus.LifecycleApi;
import dev.sightline.api.prometheus.MetersApi;
import dev.sightline.api.prometheus.QueryApi;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.api.prometheus.QueryTextApi;
import dev.sightline.api.prometheus.RemoteWriteApi;
import dev.sightline.api.prometheus.RulesApi;
import dev.sightline.api.prometheus.RunningApi;
import dev.sightline.api.prometheus.SeriesApi;
import dev.sightline.api.prometheus.StatusApi;
import dev.sightline.api.prometheus.StorageApi;
import dev.sightline.api.prometheus.TargetsApi;
import dev.sightline.api.sql.SqlApi;
import dev.sightline.collect.host.HostMetrics;
import dev.sightline.collect.meter.MeterWriter.Origin;
import dev.sightline.collect.scrape.ScrapeService;
import dev.sightline.gateway.config.GatewayException;
import dev.sightline.logql.eval.LogQueryEngine;
import dev.sightline.logql.eval.LogQueryLimits;
import dev.sightline.logql.eval.LogTailer;
import dev.sightline.logstore.LogStore;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Gauge;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.promql.eval.QueryEngine;
import dev.sightline.promql.eval.QueryLimits;
import dev.sightline.promql.parse.PromqlParser;
import dev.sightline.promql.parse.PromqlTexts;
import dev.sightline.quality.profile.ProfileStore;
import dev.sightline.server.config.Address;
import dev.sightline.server.config.ServerConfig;
import dev.sightline.server.lines.LineQueue;
import dev.sightline.server.lines.StoreAppender;
import dev.sightline.storage.fs.DiskFileSystem;
import dev.sightline.tsdb.TimeSeriesStore;
import dev.sightline.wire.yaml.ConfigException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole process: stores, languages, watchers and faces, wired by hand.
public final class Sightline implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sightline.class);
  private static final Path PROC = Path.of("/proc");
  private static final Path SYS = Path.of("/sys");

  /// The part of the heap that labels of remote writes may take, so that they are decoded once.
  private static final int LABELS_HEAP_SHARE = 8;

  private final Supplier<ServerConfig> configuration;
  private final ServerConfig config;
  private final Clock clock;
  private final Scheduler scheduler;

  /// What the process counts of itself.
  private final MeterRegistry meters = new MeterRegistry();

  private final Gauge lastReload =
      meters.gauge(
          "sightline_config_last_reload_successful",
          "Whether the configuration was taken over when it was last read.",
          Labels.EMPTY);

  private final Readiness readiness = new Readiness("opening the stores");
  private final Routes routes = new Routes();
  private final LateSink captured = new LateSink();
  private final LineQueue lines = new LineQueue(meters);
  private final Lifecycle stores = new Lifecycle();
  private final Lifecycle faces = new Lifecycle();
  private final Ground ground;
  private final GatewayFace gateway;
  private final Watched watched;

  private volatile @Nullable HttpListener http;
  private volatile @Nullable Reloading reloading;
  private volatile @Nullable StoreAppender hearing;

  private Sightline(Supplier<ServerConfig> configuration, Clock clock, Scheduler scheduler) {
    this.configuration = configuration;
    this.config = configuration.get();
    RuleSets.check(config);
    lastReload.set(1);
    this.clock = clock;
    this.scheduler = scheduler;
    this.ground = new Ground(config, new DiskFileSystem(), clock, scheduler, meters, stores);
    this.gateway = new GatewayFace(ground, faces, lines, captured);
    this.watched = new Watched(config.models(), gateway::tasks);
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
    ground.files().createDirectories(config.data());
    stores.keep("data directory", ground.files().lock(config.data()));
    hearing = StoreAppender.attach(lines);
    http = faces.keep("http", openHttp());
    gateway.take(config.gateway());

    Stores kept = Stores.open(ground, gateway, watched, captured, lines);
    ScrapeService scrapes = stores.keep("scrapes", startScrapes(kept.metrics()));
    writeOwnSeries(kept.metrics());
    gateway.writeSeries(kept.metrics(), scrapes);
    watched.follow(stores.keep("MongoDB", kept.intake().collections(ground)));
    watched.follow(stores.keep("Kafka", kept.intake().topics(ground)));

    QueryEngine queries = new QueryEngine(kept.metrics(), QueryLimits.DEFAULT, clock);
    LogQueryEngine logQueries = new LogQueryEngine(kept.logs(), LogQueryLimits.DEFAULT, clock);
    Alarms alarms = Alarms.open(ground, address(), queries, logQueries, kept.metrics());
    Quality quality = Quality.open(ground, kept, watched);
    watched.ask(stores.keep("MLflow", quality.versions(ground)));
    reloading = new Reloading(config, gateway, scrapes, alarms, quality, watched);

    QueryPool pool = stores.keep("queries", new QueryPool(QueryPool.Limits.DEFAULT));
    addMetrics(queries, kept.metrics(), pool);
    addLogs(logQueries, kept.logs(), pool);
    addAlerts(alarms);
    addModels(kept);
    new OtlpLogsApi(kept.logs(), kept.intake().rows(ground), clock).addTo(routes);
    new TargetsApi(scrapes).addTo(routes);
    ReferenceFiles files = new ReferenceFiles(kept.intake().parquet(), watched);
    quality.addTo(routes, pool, files, watched::polled);
    new StatusApi(facts(), clock).addTo(routes);
    new LifecycleApi(this::reload).addTo(routes);
    new LimitsApi(ServerLimits.of(config)).addTo(routes);
    new OpenApi(routes, Version.current()).addTo(routes);
    readiness.ready();
  }

  private HttpListener openHttp() {
    new HealthApi(readiness).addTo(routes);
    new MetersApi(meters).addTo(routes);
    Pages pages = new Pages(Sightline.class.getClassLoader(), "web", "/");
    return HttpListener.open(
        config.http(), new Faces(routes, pages, readiness), meters, clock, scheduler);
  }

  private ScrapeService startScrapes(TimeSeriesStore metrics) {
    return ScrapeService.start(config.scraping().jobs(), metrics, clock, scheduler, meters);
  }

  private void writeOwnSeries(TimeSeriesStore metrics) {
    String self = address().getAuthority();
    HostMetrics host = new HostMetrics(PROC, SYS, config.data(), clock);
    Labels ofHost = Labels.of("job", "host", "instance", self);
    ground.write(ofHost, host::read, Origin.ELSEWHERE, metrics);
    Labels ofProcess = Labels.of("job", "sightline", "instance", self);
    ground.write(ofProcess, meters::read, Origin.THIS_PROCESS, metrics);
  }

  private void addMetrics(QueryEngine queries, TimeSeriesStore metrics, QueryPool pool) {
    new QueryApi(queries, pool, clock).addTo(routes);
    new RemoteWriteApi(metrics, Runtime.getRuntime().maxMemory() / LABELS_HEAP_SHARE).addTo(routes);
    new StorageApi(metrics.keeping(), PromqlParser::parseSelector, pool).addTo(routes);
    new QueryTextApi(new PromqlTexts()).addTo(routes);
    new RunningApi(queries.running(), clock).addTo(routes);
    new ImportApi(metrics.keeping(), metrics, PromqlParser::parseSelector).addTo(routes);
    new SeriesApi(metrics, PromqlParser::parseSelector, pool).addTo(routes);
  }

  private void addLogs(LogQueryEngine queries, LogStore logs, QueryPool pool) {
    new PushApi(logs, queries).addTo(routes);
    new LogQueryApi(queries, pool, clock).addTo(routes);
    new StreamsApi(logs, queries, pool, clock, Version.current()).addTo(routes);
    new DetectionApi(logs, queries, pool, clock).addTo(routes);
    LogTailer tails = new LogTailer(logs, logs, LogQueryLimits.DEFAULT, clock);
    new TailApi(tails, queries, pool, clock).addTo(routes);
    new DeleteApi(logs, clock).addTo(routes);
    new ExportApi(queries, clock).addTo(routes);
  }

  private void addModels(Stores kept) {
    ModelsApi.Ways ways = kept.intake().ways();
    new CloudEventsApi(ways.sink(), watched::served, clock, meters).addTo(routes);
    new DeletionsApi(
            kept.intake().deletions(),
            kept.predictions(),
            () -> named(kept.profiles()),
            watched::subjects)
        .addTo(routes);
    new ModelsApi(
            ways, kept.predictions(), () -> named(kept.profiles()), gateway::labelsOnly, clock)
        .addTo(routes);
    new SqlApi(kept.sql()).addTo(routes);
  }

  /// Tasks of the models that are configured; those of which there are only profiles have none.
  private Map<String, String> named(ProfileStore profiles) {
    Map<String, String> tasks = new HashMap<>();
    profiles.models().forEach(model -> tasks.put(model, ""));
    tasks.putAll(watched.tasks());
    return tasks;
  }

  private void addAlerts(Alarms alarms) {
    Dispatcher alerts = alarms.dispatcher();
    new RulesApi(alarms.rules()::groups, PromqlParser::parseSelector).addTo(routes);
    new LokiRulesApi(alarms::ofLogs, PromqlParser::parseSelector).addTo(routes);
    new AlertmanagerApi(alerts, clock, alarms::resolveTimeout, Version.current()).addTo(routes);
    new NotificationsApi(alerts.journal()).addTo(routes);
  }

  /// Where people and clients find this process.
  public URI address() {
    HttpListener listener = Objects.requireNonNull(http);
    String scheme = config.http().tls() == null ? "http" : "https";
    Address listened = new Address(config.http().listenHost(), listener.port());
    return URI.create(scheme + "://" + listened.reachable());
  }

  /// `HOST:PORT` of the gateway; empty where there is none.
  public String gatewayAddress() {
    return gateway.address();
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

  /// Takes over what can change while the process runs: rules and receivers, what is scraped, and
  /// the models behind the gateway.
  ///
  /// @throws ApiException if the configuration cannot be used now; the old one stays, whole
  public synchronized void reload() {
    try {
      Objects.requireNonNull(reloading).take(configuration.get());
      lastReload.set(1);
    } catch (ConfigException | IllegalArgumentException | GatewayException bad) {
      lastReload.set(0);
      LOG.error("the configuration was not taken over, the old one stays: {}", bad.getMessage());
      throw new ApiException(ApiError.badData(String.valueOf(bad.getMessage())));
    }
    LOG.info("the configuration was read again");
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

  private StatusApi.Facts facts() {
    Map<String, String> flags = Map.of("open", Boolean.toString(config.http().isOpenToAll()));
    return new StatusApi.Facts(Version.current(), "", clock.nowMs(), () -> "", flags);
  }
}
