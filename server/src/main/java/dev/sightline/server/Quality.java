package dev.sightline.server;

import dev.sightline.api.http.Routes;
import dev.sightline.api.models.PerformanceApi;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.time.Clock;
import dev.sightline.predictions.PredictionStore;
import dev.sightline.quality.performance.PerformanceQueries;
import dev.sightline.quality.performance.ScoreSeries;
import dev.sightline.server.config.QualityConfig;
import java.util.Map;
import java.util.function.Supplier;

/// What measures how well models do: over HTTP when it is asked, as series all the time.
final class Quality {
  private final PredictionStore predictions;
  private final Clock clock;
  private final Supplier<Map<String, String>> tasks;
  private volatile QualityConfig config;

  private Quality(Ground ground, PredictionStore predictions, Supplier<Map<String, String>> tasks) {
    this.predictions = predictions;
    this.clock = ground.clock();
    this.tasks = tasks;
    this.config = ground.config().quality();
  }

  /// @param tasks of the models that are configured now, by name
  static Quality open(Ground ground, Stores kept, Supplier<Map<String, String>> tasks) {
    Quality quality = new Quality(ground, kept.predictions(), tasks);
    ScoreSeries.Parts parts =
        new ScoreSeries.Parts(
            kept.predictions(),
            kept.predictions(),
            tasks,
            () -> quality.config.segments(),
            kept.metrics(),
            ground.clock(),
            ground.scheduler(),
            ground.meters());
    ground.opened().keep("scores", ScoreSeries.start(parts, () -> quality.config.scores()));
    return quality;
  }

  void addTo(Routes routes, QueryPool pool) {
    PerformanceQueries queries = new PerformanceQueries(predictions, predictions, tasks);
    new PerformanceApi(queries, predictions, pool, this::settings, clock).addTo(routes);
  }

  /// From now on this holds; how often scores are made stays.
  void take(QualityConfig next) {
    config = next;
  }

  private PerformanceApi.Settings settings() {
    QualityConfig now = config;
    return new PerformanceApi.Settings(
        now.scores().minimumN(), tasks.get().keySet(), now.training());
  }
}
