package dev.sightline.server;

import dev.sightline.api.http.Routes;
import dev.sightline.api.models.ChangesApi;
import dev.sightline.api.models.DriftApi;
import dev.sightline.api.models.DriftWindowsApi;
import dev.sightline.api.models.EstimatesApi;
import dev.sightline.api.models.MonitorsApi;
import dev.sightline.api.models.PerformanceApi;
import dev.sightline.api.models.ProfilesApi;
import dev.sightline.api.models.ReferenceFiles;
import dev.sightline.api.models.RegistryApi;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.api.whylabs.WhylabsApi;
import dev.sightline.api.whylabs.WhylabsNotesApi;
import dev.sightline.collect.mlflow.MlflowService;
import dev.sightline.model.registry.PollState;
import dev.sightline.model.series.SeriesSink;
import dev.sightline.model.time.Clock;
import dev.sightline.predictions.PredictionStore;
import dev.sightline.quality.baseline.BaselineStore;
import dev.sightline.quality.baseline.WindowBaselines;
import dev.sightline.quality.drift.DriftMonitor;
import dev.sightline.quality.drift.DriftQueries;
import dev.sightline.quality.drift.References;
import dev.sightline.quality.drift.SketchDrift;
import dev.sightline.quality.estimate.EstimateMonitor;
import dev.sightline.quality.estimate.EstimateQueries;
import dev.sightline.quality.integrity.IntegrityMonitor;
import dev.sightline.quality.integrity.IntegrityRules;
import dev.sightline.quality.monitor.ModelMonitor;
import dev.sightline.quality.monitor.Monitors;
import dev.sightline.quality.performance.PerformanceQueries;
import dev.sightline.quality.performance.ScoreSeries;
import dev.sightline.quality.profile.ProfileQueries;
import dev.sightline.quality.profile.SentNotes;
import dev.sightline.quality.profile.Uploads;
import dev.sightline.quality.registry.Deployments;
import dev.sightline.quality.registry.Registry;
import dev.sightline.quality.watch.Readings;
import dev.sightline.quality.watch.WatchedModels;
import dev.sightline.server.config.QualityConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What measures how well models do: over HTTP when it is asked, as series all the time.
final class Quality {
  private final PredictionStore predictions;
  private final ProfileQueries profiles;
  private final SentNotes said;
  private final Clock clock;
  private final Supplier<Map<String, String>> tasks;
  private final WindowBaselines baselines;
  private final References references;
  private final WatchedModels monitors;
  private final Registry registry;
  private volatile QualityConfig config;

  private Quality(Ground ground, Stores kept, Watched watched) {
    Supplier<Map<String, String>> tasks = watched::tasks;
    this.predictions = kept.predictions();
    this.profiles = new ProfileQueries(kept.profiles(), predictions, watched::segments);
    this.said = new SentNotes(ground.files(), ground.data("state").resolve("whylabs"));
    this.clock = ground.clock();
    this.tasks = tasks;
    this.config = ground.config().quality();
    this.baselines = new WindowBaselines(predictions, predictions, tasks);
    BaselineStore store =
        new BaselineStore(ground.files(), ground.data("state").resolve("references"));
    this.references = new References(baselines, store, () -> config.drift(), clock);
    this.registry = Registry.open(ground.files(), ground.data("state").resolve("registry"), clock);
    this.monitors =
        new WatchedModels(
            readings(),
            ground.files(),
            ground.data("state").resolve("monitors"),
            () -> config.monitors(),
            clock);
  }

  private Readings.Parts readings() {
    return new Readings.Parts(
        predictions,
        predictions,
        baselines,
        references,
        new DriftQueries(baselines, references, () -> config.drift()),
        new PerformanceQueries(predictions, predictions, tasks),
        estimates(),
        () -> config.drift(),
        this::integrity);
  }

  /// @param watched what is said of models now
  static Quality open(Ground ground, Stores kept, Watched watched) {
    Quality quality = new Quality(ground, kept, watched);
    ScoreSeries.Parts parts =
        new ScoreSeries.Parts(
            kept.predictions(),
            kept.predictions(),
            quality.tasks,
            () -> quality.config.segments(),
            kept.metrics(),
            ground.clock(),
            ground.scheduler(),
            ground.meters());
    ground.opened().keep("scores", ScoreSeries.start(parts, () -> quality.config.scores()));
    quality.watch(ground, kept.metrics());
    ground
        .opened()
        .keep(
            "deployments",
            Deployments.watch(
                quality.registry, kept.predictions(), kept.predictions(), ground.scheduler()));
    return quality;
  }

  /// Looks at what models are given, all the time.
  private void watch(Ground ground, SeriesSink metrics) {
    ModelMonitor drift =
        new DriftMonitor(
            baselines,
            references,
            new IntegrityMonitor(this::integrity),
            () -> config.drift(),
            () -> config.segments(),
            clock);
    ModelMonitor estimates =
        new EstimateMonitor(
            baselines, estimates(), () -> config.scores(), () -> config.estimates(), clock);
    Monitors.Parts parts =
        new Monitors.Parts(predictions, metrics, clock, ground.scheduler(), ground.meters());
    ground
        .opened()
        .keep(
            "monitors",
            Monitors.start(parts, List.of(drift, estimates, monitors), config.scores().every()));
  }

  /// @param files that references are made of
  /// @param polled how the other registry was reached last
  void addTo(
      Routes routes, QueryPool pool, ReferenceFiles files, Supplier<@Nullable PollState> polled) {
    PerformanceQueries queries = new PerformanceQueries(predictions, predictions, tasks);
    new PerformanceApi(queries, predictions, pool, this::settings, clock).addTo(routes);
    DriftQueries drift = new DriftQueries(baselines, references, () -> config.drift());
    DriftApi.Parts parts =
        new DriftApi.Parts(
            baselines,
            references,
            drift,
            new SketchDrift(profiles, references, drift, () -> config.drift()),
            predictions,
            files,
            () -> config.drift(),
            this::integrity,
            this::configuredOrSent,
            clock);
    new DriftApi(parts, pool).addTo(routes);
    new DriftWindowsApi(parts, predictions, pool).addTo(routes);
    new ChangesApi(parts, queries, pool).addTo(routes);
    new MonitorsApi(monitors, predictions, pool, () -> tasks.get().keySet(), clock).addTo(routes);
    new RegistryApi(registry, predictions, tasks, polled, clock).addTo(routes);
    new ProfilesApi(profiles, predictions, () -> tasks.get().keySet(), pool, clock).addTo(routes);
    new WhylabsApi(new Uploads(profiles.profiles()), references, pool, clock).addTo(routes);
    new WhylabsNotesApi(said).addTo(routes);
    new EstimatesApi(
            estimates(),
            predictions,
            pool,
            () -> tasks.get().keySet(),
            () -> config.scores().minimumN(),
            clock)
        .addTo(routes);
  }

  /// Models that are configured, and those of which there are only profiles.
  private Set<String> configuredOrSent() {
    Set<String> names = new HashSet<>(tasks.get().keySet());
    names.addAll(profiles.models());
    return names;
  }

  /// What asks another registry for versions.
  MlflowService versions(Ground ground) {
    return new MlflowService(
        new MlflowService.Parts(registry, clock, ground.scheduler(), ground.meters()));
  }

  private IntegrityRules integrity() {
    return registry.constraints(config.integrity());
  }

  private EstimateQueries estimates() {
    return new EstimateQueries(predictions, predictions, tasks);
  }

  /// From now on this holds; how often scores are made stays.
  void take(QualityConfig next) {
    config = next;
  }

  private PerformanceApi.Settings settings() {
    QualityConfig now = config;
    return new PerformanceApi.Settings(
        now.scores().minimumN(), tasks.get().keySet(), registry.training(now.training()));
  }
}
