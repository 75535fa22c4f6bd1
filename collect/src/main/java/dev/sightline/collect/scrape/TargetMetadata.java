package dev.sightline.collect.scrape;

/// What one target says about the metrics of one name.
public record TargetMetadata(Target target, String metric, FamilyMetadata metadata) {}
