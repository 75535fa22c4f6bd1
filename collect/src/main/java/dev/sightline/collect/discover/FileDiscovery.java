package dev.sightline.collect.discover;

import dev.sightline.model.label.Labels;
import dev.sightline.wire.yaml.ConfigException;
import dev.sightline.wire.yaml.YamlFile;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Targets listed in files that other programs write, in YAML or JSON (`file_sd_configs`).
///
/// @param patterns paths whose last part may hold `*`
/// @param refresh how often the files are read again
public record FileDiscovery(List<Path> patterns, Duration refresh) {
  public FileDiscovery {
    patterns = List.copyOf(patterns);
  }

  /// Reads all files that there are now.
  ///
  /// @throws ConfigException if one of them is malformed
  public List<TargetGroup> read() {
    List<TargetGroup> groups = new ArrayList<>();
    for (Path file : files()) {
      for (YamlNode group : YamlFile.read(file).asList()) {
        groups.add(group(group, file));
      }
    }
    return List.copyOf(groups);
  }

  private List<Path> files() {
    List<Path> found = new ArrayList<>();
    for (Path pattern : patterns) {
      Path folder = pattern.toAbsolutePath().getParent();
      if (folder == null || !Files.isDirectory(folder)) {
        continue;
      }
      String glob = String.valueOf(pattern.getFileName());
      try (DirectoryStream<Path> listed = Files.newDirectoryStream(folder, glob)) {
        listed.forEach(found::add);
      } catch (IOException failure) {
        throw new UncheckedIOException("cannot list " + folder, failure);
      }
    }
    return found.stream().distinct().sorted().toList();
  }

  private static TargetGroup group(YamlNode node, Path file) {
    try (YamlMap map = node.asMap()) {
      TargetGroup read = read(map);
      Labels.Builder labels = read.labels().toBuilder();
      labels.set("__meta_filepath", file.toString());
      return new TargetGroup(read.addresses(), labels.build());
    }
  }

  /// A group as it stands in `static_configs` and in files: `targets` and `labels`.
  public static TargetGroup read(YamlMap map) {
    List<String> addresses = new ArrayList<>();
    for (YamlNode target : map.list("targets")) {
      String wrong = TargetGroup.whatIsWrongWith(target.asText());
      if (wrong != null) {
        throw target.error(wrong);
      }
      addresses.add(target.asText());
    }
    YamlMap given = map.map("labels");
    Labels.Builder labels = new Labels.Builder();
    for (String name : given.keys()) {
      YamlNode value = given.need(name);
      if (!TargetGroup.isLabelName(name)) {
        throw value.error("is no name for a label");
      }
      labels.set(name, value.asText());
    }
    return new TargetGroup(addresses, labels.build());
  }
}
