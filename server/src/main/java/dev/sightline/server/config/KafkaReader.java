package dev.sightline.server.config;

import dev.sightline.collect.kafka.KafkaJob;
import dev.sightline.collect.kafka.KafkaJob.Kind;
import dev.sightline.wire.yaml.Secret;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads `kafka` of models: topics that predictions and truths come from.
final class KafkaReader {
  private static final String FILE = "_file";

  private KafkaReader() {}

  static List<KafkaJob> jobs(List<YamlNode> models) {
    List<KafkaJob> jobs = new ArrayList<>();
    for (YamlNode model : models) {
      // The rest of the map is read, and checked, where models are.
      YamlMap map = model.asMap();
      YamlNode node = map.find("kafka");
      if (node != null) {
        jobs.addAll(jobs(map.need("name").asText(), node));
      }
    }
    return jobs;
  }

  private static List<KafkaJob> jobs(String model, YamlNode node) {
    try (YamlMap map = node.asMap()) {
      String servers = map.need("bootstrap_servers").asText();
      String group = map.text("group", KafkaJob.USUAL_GROUP);
      SortedMap<String, String> properties = properties(map.map("properties"));
      Map<Kind, YamlNode> topics = new LinkedHashMap<>();
      for (Kind kind : Kind.values()) {
        YamlNode topic = map.find(kind == Kind.PREDICTIONS ? "predictions" : "ground_truth");
        if (topic != null) {
          topics.put(kind, topic);
        }
      }
      if (topics.isEmpty()) {
        throw node.error("needs a topic for \"predictions\", \"ground_truth\" or both");
      }
      List<KafkaJob> jobs = new ArrayList<>();
      topics.forEach(
          (kind, topic) ->
              jobs.add(
                  Checked.at(
                      node,
                      () ->
                          new KafkaJob(model, kind, servers, topic.asText(), group, properties))));
      return jobs;
    }
  }

  /// Any of them may be a secret, and stand in a file.
  private static SortedMap<String, String> properties(YamlMap given) {
    try (YamlMap map = given) {
      SortedMap<String, String> properties = new TreeMap<>();
      for (String key : map.keys()) {
        String name = key.endsWith(FILE) ? key.substring(0, key.length() - FILE.length()) : key;
        Secret value = map.secret(name);
        if (value != null) {
          properties.put(name, value.reveal());
        }
      }
      return properties;
    }
  }
}
