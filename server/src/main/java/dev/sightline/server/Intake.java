package dev.sightline.server;

import dev.sightline.api.models.ModelsApi;
import dev.sightline.api.models.ParquetTables;
import dev.sightline.api.models.SentRows;
import dev.sightline.collect.kafka.KafkaService;
import dev.sightline.collect.mongo.MongoService;
import dev.sightline.model.prediction.KeyedTruthSink;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.predictions.Deletions;
import dev.sightline.predictions.ParquetFiles;
import dev.sightline.predictions.PredictionStore;
import dev.sightline.predictions.keyed.KeyedTruths;
import dev.sightline.predictions.privacy.FieldRules;
import dev.sightline.predictions.privacy.KeyedHash;
import dev.sightline.predictions.privacy.PersonalData;
import dev.sightline.quality.profile.ProfileStore;
import dev.sightline.quality.profile.ProfiledSink;
import java.util.Map;
import java.util.function.Supplier;

/// The one way by which predictions and truths reach the store, whoever sends them: through here
/// everything is seen by all who have to see it.
///
/// @param sink predictions, and truths by id
/// @param keyed truths by key
/// @param parquet tables of either
/// @param deletions by which what came in goes again
record Intake(
    PredictionSink sink, KeyedTruthSink keyed, ParquetTables parquet, Deletions deletions) {
  /// @param fields what is done with fields before they are stored, by model
  /// @param shadows names of shadows by the names of their models, as configured now
  static Intake open(
      Ground ground,
      PredictionStore store,
      ProfileStore profiles,
      ParquetFiles parquet,
      Supplier<Map<String, String>> shadows,
      Supplier<Map<String, FieldRules>> fields) {
    KeyedTruths keyed =
        KeyedTruths.open(
            ground.files(),
            ground.data("predictions").resolve("truths-by-key"),
            new KeyedTruths.Parts(
                store,
                store,
                new ShadowTruths(new ProfiledSink(store, profiles), shadows),
                ground.config().predictions().retention(),
                ground.clock(),
                ground.scheduler(),
                ground.meters()));
    ground.opened().keep("truths by key", keyed);
    SentParquet sent =
        new SentParquet(ground.files(), ground.data("predictions").resolve("engine/sent"), parquet);
    KeyedHash configured = ground.config().models().hashKey();
    KeyedHash hash = configured == null ? OwnKey.hash(ground) : configured;
    PersonalData entry = new PersonalData(keyed, keyed, fields, hash);
    Deletions deletions =
        Deletions.start(
            new Deletions.Parts(
                store, keyed, entry, profiles, shadows, ground.clock(), ground.scheduler()));
    ground.opened().keep("deletions", deletions);
    return new Intake(entry, entry, sent, deletions);
  }

  /// What follows the collections of MongoDB that predictions come from.
  MongoService collections(Ground ground) {
    return new MongoService(
        new MongoService.Parts(
            sink,
            ground.files(),
            ground.data("state").resolve("mongodb"),
            ground.clock(),
            ground.scheduler(),
            ground.meters()));
  }

  /// What follows the topics of Kafka that predictions and truths come from.
  KafkaService topics(Ground ground) {
    return new KafkaService(new KafkaService.Parts(rows(ground), ground.meters()));
  }

  /// For rows that come in other ways than by calls of our own API.
  SentRows rows(Ground ground) {
    return new SentRows(sink, keyed, ground.clock());
  }

  ModelsApi.Ways ways() {
    return new ModelsApi.Ways(sink, keyed, parquet);
  }
}
