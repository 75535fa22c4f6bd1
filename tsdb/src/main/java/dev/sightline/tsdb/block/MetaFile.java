package dev.sightline.tsdb.block;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.tsdb.block.BlockMeta.Descent;
import dev.sightline.tsdb.block.BlockMeta.Parent;
import dev.sightline.tsdb.block.BlockMeta.Stats;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `meta.json` of a block, as Prometheus writes it. What it says and we do not know is passed over.
final class MetaFile {
  private static final int VERSION = 1;
  private static final JsonMapper JSON = new JsonMapper();

  private MetaFile() {}

  static byte[] write(BlockMeta meta) {
    ObjectNode root = JSON.createObjectNode();
    root.put("ulid", meta.ulid()).put("minTime", meta.minMs()).put("maxTime", meta.maxMs());
    root.putObject("stats")
        .put("numSamples", meta.stats().samples())
        .put("numSeries", meta.stats().series())
        .put("numChunks", meta.stats().chunks())
        .put("numTombstones", meta.stats().tombstones());
    ObjectNode compaction = root.putObject("compaction").put("level", meta.level());
    meta.descent().sources().forEach(compaction.putArray("sources")::add);
    if (!meta.descent().parents().isEmpty()) {
      ArrayNode parents = compaction.putArray("parents");
      for (Parent parent : meta.descent().parents()) {
        parents
            .addObject()
            .put("ulid", parent.ulid())
            .put("minTime", parent.minMs())
            .put("maxTime", parent.maxMs());
      }
    }
    root.put("version", VERSION);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
  }

  /// @throws BadBytesException if it is not such a file
  static BlockMeta read(byte[] json) {
    try {
      JsonNode root = JSON.readTree(json);
      if (root.path("version").asInt(0) != VERSION) {
        throw new BadBytesException("meta.json of version " + root.path("version"));
      }
      JsonNode stats = root.path("stats");
      JsonNode compaction = root.path("compaction");
      List<String> sources = new ArrayList<>();
      compaction.path("sources").forEach(source -> sources.add(source.asString()));
      List<Parent> parents = new ArrayList<>();
      compaction.path("parents").forEach(parent -> parents.add(parent(parent)));
      return new BlockMeta(
          root.required("ulid").asString(),
          root.required("minTime").asLong(),
          root.required("maxTime").asLong(),
          new Stats(
              stats.path("numSamples").asLong(0),
              stats.path("numSeries").asLong(0),
              stats.path("numChunks").asLong(0),
              stats.path("numTombstones").asLong(0)),
          new Descent(compaction.path("level").asInt(1), sources, parents));
    } catch (JacksonException | IllegalArgumentException bad) {
      throw new BadBytesException("meta.json cannot be read: " + bad.getMessage());
    }
  }

  private static Parent parent(JsonNode node) {
    return new Parent(
        node.path("ulid").asString(""),
        node.path("minTime").asLong(0),
        node.path("maxTime").asLong(0));
  }
}
