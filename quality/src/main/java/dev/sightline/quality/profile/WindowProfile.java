package dev.sightline.quality.profile;

/// What is kept of a model's rows in one window.
///
/// @param startMs included, on the hour
/// @param endMs excluded, on the hour
public record WindowProfile(long startMs, long endMs, SliceProfile profile) {}
