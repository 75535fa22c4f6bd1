package dev.sightline.server.config;

import java.nio.file.Path;
import java.util.List;

/// Which rules are in force.
///
/// @param files paths whose last part may hold `*`
/// @param logFiles paths of the same kind, of rules whose expressions are LogQL
/// @param shipped whether the rules that come with this program are among them
public record RulesConfig(List<Path> files, List<Path> logFiles, boolean shipped) {
  public RulesConfig {
    files = List.copyOf(files);
    logFiles = List.copyOf(logFiles);
  }
}
