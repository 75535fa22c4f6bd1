package dev.sightline.quality.baseline;

/// Two windows, ready to be compared.
///
/// @param name of the reference, or what it is in words
public record Sides(String name, Baseline reference, Baseline current) {}
