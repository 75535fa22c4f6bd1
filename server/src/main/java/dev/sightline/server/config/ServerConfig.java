package dev.sightline.server.config;

import dev.sightline.alerting.config.AlertmanagerConfig;
import dev.sightline.api.http.HttpConfig;
import dev.sightline.collect.config.PrometheusConfig;
import dev.sightline.gateway.config.GatewayConfig;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.logstore.LogStoreOptions;
import dev.sightline.predictions.PredictionStoreOptions;
import dev.sightline.tsdb.TsdbOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// All settings, checked: whoever holds one of these may trust it. File form:
/// `docs/configuration.md`.
///
/// @param http the main listener
/// @param data the directory that everything is kept in
/// @param gateway opened only if it has models
/// @param rules those of a Prometheus configuration among them
/// @param alerting who is told of alerts
/// @param quality which measures are made, and what models were trained with
/// @param models what else is said of models: how their predictions come, what is kept of them
public record ServerConfig(
    HttpConfig http,
    Path data,
    TsdbOptions metrics,
    PrometheusConfig scraping,
    PredictionStoreOptions predictions,
    LogStoreOptions logs,
    GatewayConfig gateway,
    RulesConfig rules,
    AlertmanagerConfig alerting,
    QualityConfig quality,
    ModelsConfig models) {
  /// What the files say and nothing here follows, for people.
  public List<String> notUsed() {
    List<String> notes = new ArrayList<>(scraping.notUsed());
    notes.addAll(alerting.notUsed());
    return notes;
  }

  /// The same with another say about who is told of alerts.
  public ServerConfig withAlerting(AlertmanagerConfig alerting) {
    return new ServerConfig(
        http,
        data,
        metrics,
        scraping,
        predictions,
        logs,
        gateway,
        rules,
        alerting,
        quality,
        models);
  }

  /// The same with drift seen as soon as a demonstration needs it.
  public ServerConfig withEarlyDrift() {
    return new ServerConfig(
        http,
        data,
        metrics,
        scraping,
        predictions,
        logs,
        gateway,
        rules,
        alerting,
        quality.inAHurry(),
        models);
  }

  /// The same with one more model behind the gateway, in front of the others.
  ///
  /// @param trainedWith rows of each class
  public ServerConfig withModel(UpstreamModel model, Map<String, Long> trainedWith) {
    List<UpstreamModel> models = new ArrayList<>(gateway.models());
    models.addFirst(model);
    GatewayConfig more =
        new GatewayConfig(gateway.entrance(), models, gateway.countries(), gateway.limits());
    return new ServerConfig(
        http,
        data,
        metrics,
        scraping,
        predictions,
        logs,
        more,
        rules,
        alerting,
        quality.withTraining(model.name(), trainedWith),
        this.models);
  }
}
