package dev.sightline.model.series;

/// A value at a time.
///
/// @param timestampMs Unix milliseconds
public record Sample(long timestampMs, double value) {}
