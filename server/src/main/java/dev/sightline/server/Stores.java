package dev.sightline.server;

import dev.sightline.logql.eval.LogqlLineTests;
import dev.sightline.logstore.LogStore;
import dev.sightline.model.query.SqlQueries;
import dev.sightline.predictions.ParquetFiles;
import dev.sightline.predictions.PredictionSql;
import dev.sightline.predictions.PredictionStore;
import dev.sightline.predictions.engine.Engine;
import dev.sightline.quality.profile.ProfileOptions;
import dev.sightline.quality.profile.ProfileStore;
import dev.sightline.server.config.ServerConfig;
import dev.sightline.server.lines.LineQueue;
import dev.sightline.tsdb.TimeSeriesStore;
import dev.sightline.tsdb.TsdbDirectories;
import java.nio.file.Path;

/// All that is kept: metrics, predictions, log lines.
///
/// @param intake by which predictions and truths get there
/// @param sql over predictions
record Stores(
    TimeSeriesStore metrics,
    PredictionStore predictions,
    ProfileStore profiles,
    Intake intake,
    SqlQueries sql,
    LogStore logs) {
  /// Reads back what is on disk, store by store. Who waits for one goes on as soon as it is open.
  ///
  /// @param watched what is said of models now
  static Stores open(
      Ground ground, GatewayFace gateway, Watched watched, LateSink captured, LineQueue lines) {
    Lifecycle opened = ground.opened();
    TimeSeriesStore metrics = opened.keep("metrics", metrics(ground));
    PredictionStore predictions = opened.keep("predictions", predictions(ground));
    ProfileStore profiles = opened.keep("profiles", profiles(ground, predictions, watched));
    ParquetFiles parquet = opened.keep("Parquet files", parquet(ground, predictions));
    PredictionSql sql = opened.keep("SQL", sql(ground, predictions));
    Intake intake =
        Intake.open(ground, predictions, profiles, parquet, gateway::shadows, watched::fields);
    captured.open(intake.sink());
    LogStore logs = opened.keep("logs", logs(ground));
    opened.keep("own lines", lines);
    lines.open(logs);
    return new Stores(metrics, predictions, profiles, intake, sql, logs);
  }

  private static TimeSeriesStore metrics(Ground ground) {
    ServerConfig config = ground.config();
    long promisedBytes =
        config.predictions().headBytes()
            + config.logs().headBytes()
            + config.logs().cacheBytes()
            + config.gateway().limits().copiesBytes();
    return TimeSeriesStore.open(
        ground.files(),
        TsdbDirectories.below(config.data()),
        config.metrics().withRoom(new TakenHeap(ground.clock(), promisedBytes)),
        ground.clock(),
        ground.scheduler(),
        ground.meters());
  }

  private static PredictionStore predictions(Ground ground) {
    return PredictionStore.open(
        ground.files(),
        ground.data("predictions"),
        ground.config().predictions(),
        ground.clock(),
        ground.scheduler(),
        ground.meters());
  }

  private static ProfileStore profiles(
      Ground ground, PredictionStore predictions, Watched watched) {
    ProfileStore.Parts parts =
        new ProfileStore.Parts(
            ground.files(),
            ground.data("profiles"),
            predictions,
            watched::segments,
            ground.clock(),
            ground.scheduler());
    ProfileOptions options =
        ProfileOptions.DEFAULT.with(
            ground.config().models().profiles().retention(),
            ground.config().predictions().retention());
    return ProfileStore.open(parts, options);
  }

  private static ParquetFiles parquet(Ground ground, PredictionStore predictions) {
    Path directory = ground.data("predictions");
    Engine engine =
        new Engine(
            directory.resolve("engine"),
            "files",
            Engine.Limits.besideThisProcess(),
            ground.clock());
    return new ParquetFiles(
        ground.files(), directory, predictions, engine, ground.clock(), ground.scheduler());
  }

  private static PredictionSql sql(Ground ground, PredictionStore predictions) {
    Path directory = ground.data("predictions");
    Engine engine =
        new Engine(
            directory.resolve("engine"), "sql", Engine.Limits.besideThisProcess(), ground.clock());
    return new PredictionSql(ground.files(), directory, predictions, engine, ground.scheduler());
  }

  private static LogStore logs(Ground ground) {
    return LogStore.open(
        ground.files(),
        ground.data("logs"),
        ground.config().logs(),
        new LogqlLineTests(),
        ground.clock(),
        ground.scheduler(),
        ground.meters());
  }
}
