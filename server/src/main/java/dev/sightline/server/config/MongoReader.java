package dev.sightline.server.config;

import dev.sightline.collect.mongo.MongoJob;
import dev.sightline.wire.serving.OutputMapping;
import dev.sightline.wire.yaml.Secret;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `mongodb` of models: collections that predictions come from.
final class MongoReader {
  private static final String CLARAS_DATABASE = "mlops_labeller_db";
  private static final String CLARAS_COLLECTION = "image_logs";

  private MongoReader() {}

  static List<MongoJob> jobs(List<YamlNode> models) {
    List<MongoJob> jobs = new ArrayList<>();
    for (YamlNode model : models) {
      // The rest of the map is read, and checked, where models are.
      YamlMap map = model.asMap();
      YamlNode node = map.find("mongodb");
      if (node != null) {
        OutputMapping output = OutputMappingReader.read(map.find("output"));
        jobs.add(job(map.need("name").asText(), node, output));
      }
    }
    return jobs;
  }

  private static MongoJob job(String model, YamlNode node, OutputMapping output) {
    try (YamlMap map = node.asMap()) {
      Secret uri = map.secret("uri");
      if (uri == null) {
        throw node.error("needs a value for \"uri\" or \"uri_file\"");
      }
      String database = map.text("database", CLARAS_DATABASE);
      String collection = map.text("collection", CLARAS_COLLECTION);
      ZoneId zone = zone(map.find("timezone"));
      Duration poll = map.duration("poll", MongoJob.USUAL_POLL);
      boolean mark = map.bool("mark", false);
      return Checked.at(
          node,
          () ->
              new MongoJob(
                  model,
                  uri,
                  database,
                  collection,
                  poll,
                  mark,
                  output.classes(),
                  output.scale(),
                  zone));
    }
  }

  private static ZoneId zone(@Nullable YamlNode node) {
    if (node == null) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(node.asText());
    } catch (DateTimeException _) {
      throw node.error("must be a time zone such as Europe/Madrid");
    }
  }
}
