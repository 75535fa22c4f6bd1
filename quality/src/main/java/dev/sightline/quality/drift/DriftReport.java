package dev.sightline.quality.drift;

import dev.sightline.quality.window.Window;
import dev.sightline.stats.drift.DatasetDrift;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What has moved between two windows.
///
/// @param reference its name, or what it is in words
/// @param referenceWindow null for one that came from a file
/// @param nReference rows
/// @param inputs whether the whole has drifted, by the share of inputs that have
/// @param features furthest first
/// @param influence how much each input moves answers, by name; empty where that is not known
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
    Map<String, Double> influence,
    List<String> notes) {
  public DriftReport {
    features = List.copyOf(features);
    influence = Map.copyOf(influence);
    notes = List.copyOf(notes);
  }

  /// The same ranked by what is known of inputs.
  DriftReport with(Map<String, Double> shares, List<FeatureDrift> ranked, List<String> said) {
    return new DriftReport(
        model,
        reference,
        referenceWindow,
        window,
        nReference,
        nCurrent,
        inputs,
        ranked,
        shares,
        said);
  }

  /// How much the drift of a feature can move answers: the share of rows that are elsewhere times
  /// its influence; of what is no input, or where nothing is known, as if it had the mean
  /// influence.
  public double impact(FeatureDrift feature) {
    double moved = Math.max(0, feature.effect());
    double usual = influence.isEmpty() ? 1 : 1.0 / influence.size();
    return moved * influence.getOrDefault(feature.source(), usual);
  }
}
