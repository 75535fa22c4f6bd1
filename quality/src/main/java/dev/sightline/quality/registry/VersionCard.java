package dev.sightline.quality.registry;

import dev.sightline.model.registry.VersionFacts;
import org.jspecify.annotations.Nullable;

/// What is known of one version of a model.
///
/// @param firstCallMs when its first prediction was made, Unix milliseconds; 0 where none has come
/// @param said by people; null where they said nothing
/// @param polled from another registry; null where that has none
public record VersionCard(
    String version, long firstCallMs, @Nullable VersionFacts said, @Nullable VersionFacts polled) {
  static VersionCard of(String version) {
    return new VersionCard(version, 0, null, null);
  }

  /// What holds: what people say, else what the other registry says.
  public VersionFacts facts() {
    VersionFacts own = said;
    VersionFacts other = polled;
    return own != null ? own : other != null ? other : VersionFacts.NONE;
  }

  VersionCard seen(long timeMs) {
    return new VersionCard(version, timeMs, said, polled);
  }

  VersionCard said(VersionFacts facts) {
    return new VersionCard(version, firstCallMs, facts, polled);
  }

  VersionCard polled(@Nullable VersionFacts facts) {
    return new VersionCard(version, firstCallMs, said, facts);
  }

  boolean isEmpty() {
    return firstCallMs == 0 && said == null && polled == null;
  }
}
