package dev.sightline.api;

import dev.sightline.api.admin.LimitsApi;
import dev.sightline.api.http.HttpLimits;
import dev.sightline.api.http.OpenApi;
import dev.sightline.api.http.Readiness;
import dev.sightline.api.http.Routes;
import dev.sightline.api.loki.LogQueryApi;
import dev.sightline.api.loki.PushApi;
import dev.sightline.api.loki.StreamsApi;
import dev.sightline.api.models.FakePredictions;
import dev.sightline.api.models.ModelsApi;
import dev.sightline.api.prometheus.FakeMetrics;
import dev.sightline.api.prometheus.HealthApi;
import dev.sightline.api.prometheus.LifecycleApi;
import dev.sightline.api.prometheus.MetersApi;
import dev.sightline.api.prometheus.QueryApi;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.api.prometheus.RulesApi;
import dev.sightline.api.prometheus.SeriesApi;
import dev.sightline.api.prometheus.StatusApi;
import dev.sightline.api.prometheus.TargetsApi;
import dev.sightline.collect.scrape.ScrapeService;
import dev.sightline.logql.eval.LogQueryEngine;
import dev.sightline.logql.eval.LogQueryLimits;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SeriesSink.Durability;
import dev.sightline.model.series.SeriesSink.Outcome;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.MemoryLogs;
import java.util.List;
import java.util.Map;

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
    new SeriesApi(metrics, FakeMetrics::readSelector, pool).addTo(routes);
    new TargetsApi(ScrapeService.start(List.of(), AllRoutes::forget, clock, clock, meters))
        .addTo(routes);
    LogQueryEngine logQueries = new LogQueryEngine(logs, LogQueryLimits.DEFAULT, clock);
    new PushApi(logs, logQueries).addTo(routes);
    new LogQueryApi(logQueries, pool, clock).addTo(routes);
    new StreamsApi(logs, logQueries, pool, clock, "0.1.0").addTo(routes);
    new StatusApi(new StatusApi.Facts("0.1.0", "", 0, () -> "", Map.of()), clock).addTo(routes);
    new MetersApi(meters).addTo(routes);
    new RulesApi(List::of, FakeMetrics::readSelector).addTo(routes);
    new LifecycleApi(() -> {}).addTo(routes);
    new ModelsApi(predictions, predictions, clock).addTo(routes);
    new LimitsApi(HttpLimits.DEFAULT.list()).addTo(routes);
    return routes;
  }

  private static Outcome forget(SampleBatch batch, Durability durability) {
    return new Outcome(batch.size(), List.of(), 0);
  }
}
