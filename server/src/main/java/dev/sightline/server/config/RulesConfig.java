package dev.sightline.server.config;

import java.nio.file.Path;
import java.util.List;

/// Which rules are in force.
///
/// @param files paths whose last part may hold `*`
/// @param shipped whether the rules that come with this program are among them
public record RulesConfig(List<Path> files, boolean shipped) {
  public RulesConfig {
    files = List.copyOf(files);
  }
}
