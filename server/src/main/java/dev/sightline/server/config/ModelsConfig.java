package dev.sightline.server.config;

import dev.sightline.api.cloudevents.ServedModel;
import dev.sightline.collect.kafka.KafkaJob;
import dev.sightline.collect.mlflow.MlflowJob;
import dev.sightline.collect.mongo.MongoJob;
import dev.sightline.predictions.privacy.FieldRules;
import dev.sightline.predictions.privacy.KeyedHash;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is said of models beside how the gateway serves them.
///
/// @param tasks of those that are not behind the gateway, by name; only of those that say it
/// @param served how calls are read, by name; of all models
/// @param collections of MongoDB that predictions come from
/// @param topics of Kafka that predictions and truths come from
/// @param fields what is done with features and tags before they are stored, by model
/// @param subjects the field that says whose a prediction is, by model; only of those that say it
/// @param mlflow whose registry is asked for versions; null where there is none
/// @param hashKey of fields that are hashed; null for one that is made
/// @param profiles what is kept of their features when their rows are gone
public record ModelsConfig(
    Map<String, String> tasks,
    Map<String, ServedModel> served,
    List<MongoJob> collections,
    List<KafkaJob> topics,
    Map<String, FieldRules> fields,
    Map<String, String> subjects,
    @Nullable MlflowJob mlflow,
    @Nullable KeyedHash hashKey,
    ProfilesConfig profiles) {
  public ModelsConfig {
    tasks = Map.copyOf(tasks);
    served = Map.copyOf(served);
    collections = List.copyOf(collections);
    topics = List.copyOf(topics);
    fields = Map.copyOf(fields);
    subjects = Map.copyOf(subjects);
  }
}
