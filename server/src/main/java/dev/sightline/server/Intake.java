package dev.sightline.server;

import dev.sightline.api.models.ModelsApi;
import dev.sightline.api.models.ParquetTables;
import dev.sightline.model.prediction.KeyedTruthSink;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.predictions.ParquetFiles;
import dev.sightline.predictions.PredictionStore;
import dev.sightline.predictions.keyed.KeyedTruths;
import java.util.Map;
import java.util.function.Supplier;

/// The one way by which predictions and truths reach the store, whoever sends them: through here
/// everything is seen by all who have to see it.
///
/// @param sink predictions, and truths by id
/// @param keyed truths by key
/// @param parquet tables of either
record Intake(PredictionSink sink, KeyedTruthSink keyed, ParquetTables parquet) {
  /// @param shadows names of shadows by the names of their models, as configured now
  static Intake open(
      Ground ground,
      PredictionStore store,
      ParquetFiles parquet,
      Supplier<Map<String, String>> shadows) {
    KeyedTruths keyed =
        KeyedTruths.open(
            ground.files(),
            ground.data("predictions").resolve("truths-by-key"),
            new KeyedTruths.Parts(
                store,
                store,
                new ShadowTruths(store, shadows),
                ground.config().predictions().retention(),
                ground.clock(),
                ground.scheduler(),
                ground.meters()));
    ground.opened().keep("truths by key", keyed);
    SentParquet sent =
        new SentParquet(ground.files(), ground.data("predictions").resolve("engine/sent"), parquet);
    return new Intake(keyed, keyed, sent);
  }

  ModelsApi.Ways ways() {
    return new ModelsApi.Ways(sink, keyed, parquet);
  }
}
