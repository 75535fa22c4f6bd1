package dev.sightline.quality.offline;

import dev.sightline.quality.inputs.Together;
import dev.sightline.stats.drift.DatasetDrift;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What changed between two files.
///
/// @param features those that both have, the furthest drifted first
/// @param together all numbers together; null where that was not asked for, or there is too little
/// @param skipped columns that are neither numbers nor texts, with why
public record DriftReport(
    String reference,
    String current,
    long rowsReference,
    long rowsCurrent,
    List<FeatureDrift> features,
    List<String> onlyReference,
    List<String> onlyCurrent,
    Map<String, String> skipped,
    DatasetDrift dataset,
    @Nullable Together together) {
  public DriftReport {
    features = List.copyOf(features);
    onlyReference = List.copyOf(onlyReference);
    onlyCurrent = List.copyOf(onlyCurrent);
    skipped = Map.copyOf(skipped);
  }
}
