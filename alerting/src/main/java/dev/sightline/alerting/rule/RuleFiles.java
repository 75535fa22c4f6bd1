package dev.sightline.alerting.rule;

import dev.sightline.wire.yaml.YamlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// The rule files that patterns name.
public final class RuleFiles {
  private RuleFiles() {}

  /// @param patterns paths whose last part may hold `*`
  /// @return each file once, in the order of names; a path without `*` even if there is no such
  ///   file
  public static List<Path> find(Collection<Path> patterns) {
    TreeSet<Path> found = new TreeSet<>();
    for (Path pattern : patterns) {
      Path directory = pattern.getParent();
      String last = String.valueOf(pattern.getFileName());
      if (last.indexOf('*') < 0 || directory == null) {
        found.add(pattern);
      } else if (Files.isDirectory(directory)) {
        try (DirectoryStream<Path> matching = Files.newDirectoryStream(directory, last)) {
          matching.forEach(found::add);
        } catch (IOException failure) {
          throw new UncheckedIOException(failure);
        }
      }
    }
    return List.copyOf(found);
  }

  /// @throws dev.sightline.wire.yaml.ConfigException for the first fault of a file, with its place
  public static List<RuleGroup> read(Collection<Path> patterns, RuleFileReader reader) {
    List<RuleGroup> groups = new ArrayList<>();
    for (Path file : find(patterns)) {
      groups.addAll(reader.read(file.toString(), YamlFile.read(file)));
    }
    return groups;
  }
}
