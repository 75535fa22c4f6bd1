package dev.sightline.server;

import dev.sightline.api.http.Limit;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.logql.eval.LogQueryLimits;
import dev.sightline.promql.eval.QueryLimits;
import dev.sightline.server.config.ServerConfig;
import java.util.ArrayList;
import java.util.List;

/// All limits that are in force, for people who meet one.
final class ServerLimits {
  private ServerLimits() {}

  static List<Limit> of(ServerConfig config) {
    List<Limit> limits = new ArrayList<>(config.http().limits().list());
    limits.add(new Limit("query.samples", QueryLimits.DEFAULT.maxSamples(), "samples"));
    limits.add(new Limit("query.series", QueryLimits.DEFAULT.maxSeries(), "series of a selector"));
    limits.add(new Limit("query.memory", QueryLimits.DEFAULT.maxBytes(), "bytes of a query"));
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
}
