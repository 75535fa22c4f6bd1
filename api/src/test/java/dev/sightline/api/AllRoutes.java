package dev.sightline.api;

import dev.sightline.alerting.config.AlertmanagerConfig;
import dev.sightline.alerting.dispatch.Dispatcher;
import dev.sightline.alerting.notify.journal.Journal;
import dev.sightline.api.admin.LimitsApi;
import dev.sightline.api.alerting.AlertmanagerApi;
import dev.sightline.api.alerting.DemoMessagesApi;
import dev.sightline.api.alerting.NotificationsApi;
import dev.sightline.api.cloudevents.CloudEventsApi;
import dev.sightline.api.http.HttpLimits;
import dev.sightline.api.http.OpenApi;
import dev.sightline.api.http.Readiness;
import dev.sightline.api.http.Routes;
import dev.sightline.api.loki.DeleteApi;
import dev.sightline.api.loki.DetectionApi;
import dev.sightline.api.loki.ExportApi;
import dev.sightline.api.loki.FakeLogDeletions;
import dev.sightline.api.loki.LogQueryApi;
import dev.sightline.api.loki.LokiRulesApi;
import dev.sightline.api.loki.PushApi;
import dev.sightline.api.loki.StreamsApi;
import dev.sightline.api.loki.TailApi;
import dev.sightline.api.models.ChangesApi;
import dev.sightline.api.models.DeletionsApi;
import dev.sightline.api.models.DriftApi;
import dev.sightline.api.models.DriftWindowsApi;
import dev.sightline.api.models.EstimatesApi;
import dev.sightline.api.models.FakePredictions;
import dev.sightline.api.models.ModelsApi;
import dev.sightline.api.models.MonitorsApi;
import dev.sightline.api.models.ParquetTables;
import dev.sightline.api.models.PerformanceApi;
import dev.sightline.api.models.ProfilesApi;
import dev.sightline.api.models.ReferenceFiles;
import dev.sightline.api.models.RegistryApi;
import dev.sightline.api.models.SentRows;
import dev.sightline.api.otlp.OtlpLogsApi;
import dev.sightline.api.prometheus.FakeKeeping;
import dev.sightline.api.prometheus.FakeMetrics;
import dev.sightline.api.prometheus.HealthApi;
import dev.sightline.api.prometheus.ImportApi;
import dev.sightline.api.prometheus.LifecycleApi;
import dev.sightline.api.prometheus.MetersApi;
import dev.sightline.api.prometheus.NoQueries;
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
import dev.sightline.api.prometheus.Words;
import dev.sightline.api.sql.SqlApi;
import dev.sightline.api.whylabs.WhylabsApi;
import dev.sightline.api.whylabs.WhylabsNotesApi;
import dev.sightline.collect.mlflow.MlflowService;
import dev.sightline.collect.scrape.ScrapeService;
import dev.sightline.logql.eval.LogQueryEngine;
import dev.sightline.logql.eval.LogQueryLimits;
import dev.sightline.logql.eval.LogTailer;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.query.SqlQueries;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SeriesSink.Durability;
import dev.sightline.model.series.SeriesSink.Outcome;
import dev.sightline.quality.baseline.BaselineStore;
import dev.sightline.quality.baseline.WindowBaselines;
import dev.sightline.quality.drift.DriftOptions;
import dev.sightline.quality.drift.DriftQueries;
import dev.sightline.quality.drift.References;
import dev.sightline.quality.drift.SketchDrift;
import dev.sightline.quality.estimate.EstimateQueries;
import dev.sightline.quality.integrity.IntegrityRules;
import dev.sightline.quality.performance.PerformanceQueries;
import dev.sightline.quality.profile.ProfileOptions;
import dev.sightline.quality.profile.ProfileQueries;
import dev.sightline.quality.profile.ProfileStore;
import dev.sightline.quality.profile.SentNotes;
import dev.sightline.quality.profile.Uploads;
import dev.sightline.quality.registry.Registry;
import dev.sightline.quality.watch.Readings;
import dev.sightline.quality.watch.WatchedModels;
import dev.sightline.script.memory.MemoryLogs;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import dev.sightline.wire.serving.JsonDatum;
import dev.sightline.wire.serving.PayloadException;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/// Every route that this module has, over stores in memory.
public final class AllRoutes {
  private AllRoutes() {}

  public static Routes create() {
    FakeClock clock = new FakeClock(0);
    FakeMetrics metrics = new FakeMetrics();
    FakePredictions predictions = new FakePredictions();
    MemoryLogs logs = new MemoryLogs();
    QueryPool pool = new QueryPool(QueryPool.Limits.DEFAULT);
    MeterRegistry meters = new MeterRegistry();
    Routes routes = new Routes();
    new HealthApi(new Readiness("the test")).addTo(routes);
    new OpenApi(routes, "0.1.0").addTo(routes);
    new QueryApi(metrics, pool, clock).addTo(routes);
    new RemoteWriteApi(AllRoutes::forget, 1 << 20).addTo(routes);
    new StorageApi(new FakeKeeping(), FakeMetrics::readSelector, pool).addTo(routes);
    new QueryTextApi(new Words()).addTo(routes);
    new RunningApi(new NoQueries(), clock).addTo(routes);
    new ImportApi(new FakeKeeping(), metrics, FakeMetrics::readSelector).addTo(routes);
    new SeriesApi(metrics, FakeMetrics::readSelector, pool).addTo(routes);
    new TargetsApi(ScrapeService.start(List.of(), AllRoutes::forget, clock, clock, meters))
        .addTo(routes);
    LogQueryEngine logQueries = new LogQueryEngine(logs, LogQueryLimits.DEFAULT, clock);
    new PushApi(logs, logQueries).addTo(routes);
    new LogQueryApi(logQueries, pool, clock).addTo(routes);
    new StreamsApi(logs, logQueries, pool, clock, "0.1.0").addTo(routes);
    new DetectionApi(logs, logQueries, pool, clock).addTo(routes);
    LogTailer tails = new LogTailer(logs, logs, LogQueryLimits.DEFAULT, clock);
    new TailApi(tails, logQueries, pool, clock).addTo(routes);
    new DeleteApi(new FakeLogDeletions(), clock).addTo(routes);
    new ExportApi(logQueries, clock).addTo(routes);
    new StatusApi(new StatusApi.Facts("0.1.0", "", 0, () -> "", Map.of()), clock).addTo(routes);
    new MetersApi(meters).addTo(routes);
    new RulesApi(List::of, FakeMetrics::readSelector).addTo(routes);
    new LokiRulesApi(List::of, FakeMetrics::readSelector).addTo(routes);
    new LifecycleApi(() -> {}).addTo(routes);
    new OtlpLogsApi(logs, new SentRows(predictions, predictions, clock), clock).addTo(routes);
    new CloudEventsApi(predictions, Map::of, clock, meters).addTo(routes);
    new DeletionsApi(predictions.deletions(), predictions, Map::of, Map::of).addTo(routes);
    new ModelsApi(predictions.ways(ParquetTables.NONE), predictions, clock).addTo(routes);
    Registry registry = Registry.open(new SimulatedFileSystem(1), Path.of("/registry"), clock);
    new RegistryApi(registry, predictions, Map::of, () -> null, clock).addTo(routes);
    new SqlApi(AllRoutes::noAnswer).addTo(routes);
    PerformanceQueries quality = new PerformanceQueries(predictions, predictions, Map::of);
    PerformanceApi.Settings settings = new PerformanceApi.Settings(30, Set.of(), Map.of());
    new PerformanceApi(quality, predictions, pool, () -> settings, clock).addTo(routes);
    new DriftApi(drift(predictions, clock), pool).addTo(routes);
    new ProfilesApi(profiles(predictions, clock), predictions, Set::of, pool, clock).addTo(routes);
    Uploads uploads = new Uploads(profiles(predictions, clock).profiles());
    new WhylabsApi(uploads, drift(predictions, clock).references(), pool, clock).addTo(routes);
    new WhylabsNotesApi(new SentNotes(new SimulatedFileSystem(1), Path.of("/said"))).addTo(routes);
    new DriftWindowsApi(drift(predictions, clock), predictions, pool).addTo(routes);
    new ChangesApi(drift(predictions, clock), quality, pool).addTo(routes);
    EstimateQueries estimates = new EstimateQueries(predictions, predictions, Map::of);
    new EstimatesApi(estimates, predictions, pool, Set::of, () -> 30, clock).addTo(routes);
    new MonitorsApi(monitors(predictions, clock), predictions, pool, Set::of, clock).addTo(routes);
    Dispatcher alerts = alerts(clock, meters);
    new AlertmanagerApi(alerts, clock, () -> Duration.ofMinutes(5), "0.1.0").addTo(routes);
    new NotificationsApi(alerts.journal()).addTo(routes);
    new DemoMessagesApi(List::of).addTo(routes);
    new LimitsApi(HttpLimits.DEFAULT.list()).addTo(routes);
    return routes;
  }

  /// What models are given, with references on a disk in memory.
  public static DriftApi.Parts drift(FakePredictions predictions, FakeClock clock) {
    return drift(predictions, profiles(predictions, clock), clock);
  }

  /// The same with profiles that others see, too.
  public static DriftApi.Parts drift(
      FakePredictions predictions, ProfileQueries profiles, FakeClock clock) {
    WindowBaselines baselines = new WindowBaselines(predictions, predictions, Map::of);
    BaselineStore store = new BaselineStore(new SimulatedFileSystem(1), Path.of("/references"));
    References references = new References(baselines, store, () -> DriftOptions.DEFAULT, clock);
    DriftQueries queries = new DriftQueries(baselines, references, () -> DriftOptions.DEFAULT);
    return new DriftApi.Parts(
        baselines,
        references,
        queries,
        new SketchDrift(profiles, references, queries, () -> DriftOptions.DEFAULT),
        predictions,
        new ReferenceFiles(AllRoutes::linesAsRows, artifacts(clock)),
        () -> DriftOptions.DEFAULT,
        () -> IntegrityRules.DEFAULT,
        Set::of,
        clock);
  }

  /// In the place of Parquet: an object a line.
  private static void linesAsRows(InputStream file, Consumer<Datum.Fields> rows) {
    new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
        .lines()
        .forEach(
            line -> {
              try {
                rows.accept((Datum.Fields) JsonDatum.read(line.getBytes(StandardCharsets.UTF_8)));
              } catch (PayloadException bad) {
                throw new ParquetTables.UnreadableException("no Parquet: " + bad.getMessage());
              }
            });
  }

  /// Of no registry.
  public static MlflowService artifacts(FakeClock clock) {
    return new MlflowService(new MlflowService.Parts(_ -> {}, clock, clock, new MeterRegistry()));
  }

  /// Monitors on a disk in memory.
  public static WatchedModels monitors(FakePredictions predictions, FakeClock clock) {
    DriftApi.Parts drift = drift(predictions, clock);
    Readings.Parts parts =
        new Readings.Parts(
            predictions,
            predictions,
            drift.baselines(),
            drift.references(),
            drift.queries(),
            new PerformanceQueries(predictions, predictions, Map::of),
            new EstimateQueries(predictions, predictions, Map::of),
            drift.options(),
            drift.rules());
    return new WatchedModels(
        parts, new SimulatedFileSystem(1), Path.of("/monitors"), List::of, clock);
  }

  /// What is kept of features, on a disk in memory.
  public static ProfileQueries profiles(FakePredictions predictions, FakeClock clock) {
    ProfileStore.Parts parts =
        new ProfileStore.Parts(
            new SimulatedFileSystem(1), Path.of("/profiles"), predictions, Map::of, clock, clock);
    ProfileStore store = ProfileStore.open(parts, ProfileOptions.DEFAULT);
    return new ProfileQueries(store, predictions, Map::of);
  }

  /// A dispatcher that tells nobody, on a disk in memory.
  public static Dispatcher alerts(FakeClock clock, MeterRegistry meters) {
    Journal journal =
        Journal.open(new SimulatedFileSystem(1), Path.of("/notifications"), clock, clock, meters);
    return Dispatcher.start(
        new Dispatcher.Parts(journal, clock, clock, Runnable::run, new Random(1), meters),
        AlertmanagerConfig.NONE.open(() -> ""));
  }

  private static SqlQueries.Outcome noAnswer(SqlQueries.Question question, SqlQueries.Rows into) {
    return new SqlQueries.Outcome(SqlQueries.Truncation.NONE, 0);
  }

  private static Outcome forget(SampleBatch batch, Durability durability) {
    return new Outcome(batch.size(), List.of(), 0);
  }
}
