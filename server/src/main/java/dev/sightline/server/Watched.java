package dev.sightline.server;

import dev.sightline.api.cloudevents.ServedModel;
import dev.sightline.collect.kafka.KafkaService;
import dev.sightline.collect.mlflow.MlflowService;
import dev.sightline.collect.mongo.MongoService;
import dev.sightline.model.registry.Artifact;
import dev.sightline.model.registry.Artifacts;
import dev.sightline.model.registry.PollState;
import dev.sightline.predictions.privacy.FieldRules;
import dev.sightline.quality.rows.SegmentBy;
import dev.sightline.server.config.ModelsConfig;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the configuration says of models now, beside how the gateway serves them.
///
/// Safe for any number of threads.
final class Watched implements Artifacts {
  private final Supplier<Map<String, String>> behindGateway;
  private volatile ModelsConfig config;

  // guarded by this
  private @Nullable MongoService collections;
  private @Nullable KafkaService topics;
  private @Nullable MlflowService registry;

  /// @param behindGateway tasks of the models there, by name
  Watched(ModelsConfig config, Supplier<Map<String, String>> behindGateway) {
    this.config = config;
    this.behindGateway = behindGateway;
  }

  /// From now on collections are followed.
  synchronized void follow(MongoService collections) {
    this.collections = collections;
    collections.take(config.collections());
  }

  /// From now on topics are followed.
  synchronized void follow(KafkaService topics) {
    this.topics = topics;
    topics.take(config.topics());
  }

  /// From now on another registry is asked for versions.
  synchronized void ask(MlflowService registry) {
    this.registry = registry;
    registry.take(config.mlflow());
  }

  /// How the other registry was reached last; null where none is asked.
  synchronized @Nullable PollState polled() {
    return registry == null ? null : registry.state();
  }

  /// From the registry that is asked now.
  @Override
  public <T> T read(Artifact what, Function<InputStream, T> reader) {
    MlflowService asked;
    synchronized (this) {
      asked = registry;
    }
    if (asked == null) {
      throw new ArtifactException(Fault.ASKED, "the registry of MLflow is not open yet");
    }
    return asked.read(what, reader);
  }

  synchronized void take(ModelsConfig next) {
    config = next;
    if (registry != null) {
      registry.take(next.mlflow());
    }
    if (topics != null) {
      topics.take(next.topics());
    }
    if (collections != null) {
      collections.take(next.collections());
    }
  }

  /// Of all models that are configured now, by name; only of those that say it.
  Map<String, String> tasks() {
    Map<String, String> tasks = new HashMap<>(config.tasks());
    tasks.putAll(behindGateway.get());
    return tasks;
  }

  /// How calls are read, by model.
  Map<String, ServedModel> served() {
    return config.served();
  }

  /// The field that says whose a prediction is, by model.
  Map<String, String> subjects() {
    return config.subjects();
  }

  /// Segments that have profiles of their own, by model.
  Map<String, List<SegmentBy>> segments() {
    return config.profiles().segments();
  }

  /// What is done with fields before they are stored, by model.
  Map<String, FieldRules> fields() {
    return config.fields();
  }
}
