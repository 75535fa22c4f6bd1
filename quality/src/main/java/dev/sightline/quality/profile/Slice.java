package dev.sightline.quality.profile;

import org.jspecify.annotations.Nullable;

/// Which rows of a model a profile is of.
///
/// @param version of the model; empty where it is unknown
/// @param segment as users ask for it: `country="ES"`; empty for all rows
public record Slice(String version, String segment) {
  /// @param wanted null for every version
  boolean is(@Nullable String wanted, String wantedSegment) {
    return segment.equals(wantedSegment) && (wanted == null || wanted.equals(version));
  }
}
