package dev.sightline.quality.profile;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of profiles is asked for.
///
/// @param version null for all
/// @param segment empty for all rows
/// @param features empty for all
public record Wanted(@Nullable String version, String segment, Set<String> features) {
  public Wanted {
    features = Set.copyOf(features);
  }

  boolean slice(Slice slice) {
    return slice.is(version, segment);
  }

  boolean feature(String name) {
    return features.isEmpty() || features.contains(name);
  }
}
