package dev.sightline.model.prediction;

import java.util.List;
import java.util.function.Predicate;
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

  /// What the rows of a page are ordered by.
  enum Order {
    /// Equal times keep the order of arrival.
    TIME,
    /// Rows without one are left out; equal ones are ordered by time.
    CONFIDENCE,
    /// As confidences.
    LATENCY
  }

  /// @param startMs included
  /// @param endMs excluded
  /// @param version null for all
  /// @param falling the newest or greatest first, otherwise the oldest or least
  /// @param limit at least 1
  /// @param cursor of the page before, or null for the first
  /// @param filter which rows are wanted
  /// @param mostLooked how many rows may be looked at for one page, at least 1
  record Query(
      String model,
      long startMs,
      long endMs,
      @Nullable String version,
      Order order,
      boolean falling,
      int limit,
      @Nullable String cursor,
      Predicate<Labelled> filter,
      int mostLooked) {
    /// All rows by time.
    public Query(
        String model,
        long startMs,
        long endMs,
        @Nullable String version,
        boolean newestFirst,
        int limit,
        @Nullable String cursor) {
      this(
          model,
          startMs,
          endMs,
          version,
          Order.TIME,
          newestFirst,
          limit,
          cursor,
          _ -> true,
          Integer.MAX_VALUE);
    }
  }

  /// @param predictions fewer than the limit, or none, also where the most were looked at before
  /// @param cursor to ask for the next page with; null where this is the last
  /// @param looked how many rows were looked at
  /// @param lastMs time of the last of these, Unix milliseconds; null where there was none
  record Page(
      List<Labelled> predictions, @Nullable String cursor, int looked, @Nullable Long lastMs) {
    public Page {
      predictions = List.copyOf(predictions);
    }

    /// All that were looked at.
    public Page(List<Labelled> predictions, @Nullable String cursor) {
      this(
          predictions,
          cursor,
          predictions.size(),
          predictions.isEmpty() ? null : (Long) predictions.getLast().prediction().timeMs());
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
