package dev.sightline.wire.whylogs;

import dev.sightline.wire.whylogs.WhylogsProfile.Component;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Writes a profile in version 1, as whylogs clients read it.
public final class ProfileWriter {
  /*
   * The four letters; the header of segments, which is empty; the header of the profile (properties 1, where
   * columns lie 2, length of all columns 4, paths by number 5); then for each column the header of its
   * chunk (kind 1, length 3) and the chunk: components by the number of their path.
   */
  private static final int COLUMN = 2;

  private ProfileWriter() {}

  /// @param createdMs when the profile was made, Unix milliseconds
  public static byte[] write(WhylogsProfile profile, long createdMs) {
    TreeSet<String> sorted = new TreeSet<>();
    profile.columns().values().forEach(column -> sorted.addAll(column.keySet()));
    List<String> paths = List.copyOf(sorted);
    ProtoOutput columns = new ProtoOutput();
    ProtoOutput header = new ProtoOutput().message(1, properties(profile, createdMs));
    for (String name : new TreeSet<>(profile.columns().keySet())) {
      ProtoOutput place = new ProtoOutput().integerAlways(1, columns.size());
      header.message(2, new ProtoOutput().text(1, name).message(2, place));
      byte[] chunk = chunk(profile.columns().getOrDefault(name, Map.of()), paths);
      byte[] ofChunk = new ProtoOutput().integer(1, COLUMN).integer(3, chunk.length).toBytes();
      columns.delimited(ofChunk).raw(chunk);
    }
    header.integer(4, columns.size());
    for (int path = 0; path < paths.size(); path++) {
      header.message(5, new ProtoOutput().integer(1, path).text(2, paths.get(path)));
    }
    return new ProtoOutput()
        .raw("WHY1".getBytes(StandardCharsets.US_ASCII))
        .delimited(new byte[0])
        .delimited(header.toBytes())
        .raw(columns.toBytes())
        .toBytes();
  }

  private static ProtoOutput properties(WhylogsProfile profile, long createdMs) {
    ProtoOutput properties = new ProtoOutput().integer(1, 1).integer(2, 2);
    properties.integer(4, createdMs).integer(5, profile.datasetMs());
    profile.tags().forEach((key, value) -> properties.entry(6, key, value));
    profile.metadata().forEach((key, value) -> properties.entry(7, key, value));
    return properties;
  }

  private static byte[] chunk(Map<String, Component> column, List<String> paths) {
    ProtoOutput chunk = new ProtoOutput();
    List<String> sorted = new ArrayList<>(new TreeSet<>(column.keySet()));
    for (String path : sorted) {
      Component component = column.get(path);
      if (component != null) {
        ProtoOutput entry = new ProtoOutput().integer(1, paths.indexOf(path));
        chunk.message(1, entry.message(2, message(path, component)));
      }
    }
    return chunk.toBytes();
  }

  private static ProtoOutput message(String path, Component component) {
    ProtoOutput message = new ProtoOutput().integer(1, kind(path));
    return switch (component) {
      case Component.Whole(long value) -> message.integerAlways(2, value);
      case Component.Real(double value) -> message.numberAlways(3, value);
      case Component.Frequent(byte[] sketch) -> message.message(4, sketch(sketch));
      case Component.Distinct(byte[] sketch) -> message.message(5, sketch(sketch));
      case Component.Quantiles(byte[] sketch) ->
          message.message(6, sketch(KllBytes.written(sketch)));
      case Component.Other(byte[] bytes) -> message.bytes(10, bytes);
    };
  }

  /// How values are merged: 0 added, 1 the least, 2 the greatest.
  private static int kind(String path) {
    return path.endsWith("/min") ? 1 : path.endsWith("/max") ? 2 : 0;
  }

  private static ProtoOutput sketch(byte[] sketch) {
    return new ProtoOutput().bytes(1, sketch);
  }
}
