package dev.sightline.quality.drift;

import dev.sightline.quality.window.Window;
import dev.sightline.stats.drift.DatasetDrift;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has moved between two windows.
///
/// @param reference its name, or what it is in words
/// @param referenceWindow null for one that came from a file
/// @param nReference rows
/// @param inputs whether the whole has drifted, by the share of inputs that have
/// @param features furthest first
/// @param notes what a reader should know about these numbers
public record DriftReport(
    String model,
    String reference,
    @Nullable Window referenceWindow,
    Window window,
    long nReference,
    long nCurrent,
    DatasetDrift inputs,
    List<FeatureDrift> features,
    List<String> notes) {
  public DriftReport {
    features = List.copyOf(features);
    notes = List.copyOf(notes);
  }
}
