package dev.sightline.server.config;

import dev.sightline.quality.rows.SegmentBy;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What profiles are kept of.
///
/// @param retention how long
/// @param segments that have profiles of their own, by model
public record ProfilesConfig(Duration retention, Map<String, List<SegmentBy>> segments) {
  public ProfilesConfig {
    segments = Map.copyOf(segments);
  }
}
