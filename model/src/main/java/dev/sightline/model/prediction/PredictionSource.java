package dev.sightline.model.prediction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads predictions with the truths that have been joined to them. Safe for any number of threads.
public interface PredictionSource {
  /// Every model that has a prediction, by name.
  List<ModelSummary> models();

  /// @return null where there is none
  @Nullable Labelled find(String model, String id);

  /// What was said to be true of a prediction, oldest first: the last holds, the others were
  /// corrected. Of many corrections only the newest may be kept.
  List<GroundTruth> truths(String model, String id);

  /// The predictions of one model in a range of time; an unknown model has none.
  Page list(Query query);

  /// @param truth null as long as none has arrived
  record Labelled(Prediction prediction, @Nullable GroundTruth truth) {}

  /// @param startMs included
  /// @param endMs excluded
  /// @param version null for all
  /// @param newestFirst otherwise oldest first; equal times keep the order of arrival
  /// @param limit at least 1
  /// @param cursor of the page before, or null for the first
  record Query(
      String model,
      long startMs,
      long endMs,
      @Nullable String version,
      boolean newestFirst,
      int limit,
      @Nullable String cursor) {}

  /// @param cursor to ask for the next page with; null where this is the last
  record Page(List<Labelled> predictions, @Nullable String cursor) {
    public Page {
      predictions = List.copyOf(predictions);
    }
  }

  /// What can be read of one model.
  ///
  /// @param versions sorted
  /// @param lastPredictionMs time of the newest prediction, Unix milliseconds
  /// @param labelled how many of the predictions have a truth
  record ModelSummary(
      String name, List<String> versions, long lastPredictionMs, long predictions, long labelled) {
    public ModelSummary {
      versions = List.copyOf(versions);
    }
  }
}
