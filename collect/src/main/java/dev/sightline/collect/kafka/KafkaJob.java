package dev.sightline.collect.kafka;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// A topic whose records are predictions of one model, or truths about them.
///
/// @param kind what the records are
/// @param group of consumers that share the topic
/// @param properties for Kafka's consumer beside those that are set here, such as
///   `security.protocol`
public record KafkaJob(
    String model,
    Kind kind,
    String bootstrapServers,
    String topic,
    String group,
    SortedMap<String, String> properties) {
  public static final String USUAL_GROUP = "sightline";

  /// What records depend on must not be changed by the way.
  private static final Set<String> OURS =
      Set.of(
          "bootstrap.servers",
          "group.id",
          "enable.auto.commit",
          "allow.auto.create.topics",
          "key.deserializer",
          "value.deserializer",
          "max.poll.records",
          "group.protocol");

  /// What the records of a topic are.
  public enum Kind {
    PREDICTIONS,
    TRUTHS
  }

  /// @throws IllegalArgumentException in the user's words
  public KafkaJob {
    properties = new TreeMap<>(properties);
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrap_servers must not be empty");
    }
    if (topic.isBlank() || group.isBlank()) {
      throw new IllegalArgumentException("topic and group must not be empty");
    }
    for (String name : properties.keySet()) {
      if (OURS.contains(name)) {
        throw new IllegalArgumentException("properties must not say " + name + ", which is set");
      }
    }
  }

  Map<String, Object> consumer() {
    Map<String, Object> all = new TreeMap<>(properties);
    all.put("bootstrap.servers", bootstrapServers);
    all.put("group.id", group);
    all.put("enable.auto.commit", "false");
    all.putIfAbsent("auto.offset.reset", "earliest");
    all.put("allow.auto.create.topics", "false");
    all.put("max.poll.records", "1000");
    all.putIfAbsent("client.id", "sightline");
    return all;
  }

  /// Where records come from, without a secret.
  String place() {
    return "topic " + topic + " of model " + model;
  }

  /// Without what may be secret.
  @Override
  public String toString() {
    return place();
  }
}
