package dev.sightline.model.series;

import dev.sightline.model.label.Labels;
import dev.sightline.model.store.StoreUnavailableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes samples: the port through which everything that measures reaches the store of metrics.
///
/// Safe for any number of threads.
public interface SeriesSink {
  /// Stores what can be stored of a batch. A sample that cannot be stored is refused on its own and
  /// harms no other.
  ///
  /// An exact repetition of a stored sample counts as stored.
  ///
  /// @throws StoreUnavailableException if nothing of the batch can be kept now (a full or failing
  ///   disk)
  Outcome append(SampleBatch batch, Durability durability);

  /// The labels of a series as the store itself holds them, or null where it has no such series
  /// now. Whoever keeps labels from one batch to the next keeps these: the series is found again at
  /// the least cost.
  default @Nullable Labels kept(Labels labels) {
    return labels;
  }

  /// When a call to [#append] may return.
  enum Durability {
    /// Once the samples would survive a power cut. For what a client pushed and was told is stored.
    ON_DISK,
    /// At once; they survive a power cut a second later. For what is fetched again anyway.
    WITHIN_A_SECOND
  }

  /// @param stored how many samples of the batch are in the store now
  /// @param refused the others, at most [#MAX_REFUSALS] of them
  /// @param refusedCount how many were refused in all
  record Outcome(int stored, List<Refusal> refused, int refusedCount) {
    /// How many refusals an outcome spells out.
    public static final int MAX_REFUSALS = 100;

    public Outcome {
      refused = List.copyOf(refused);
    }
  }

  /// @param index of the sample in its batch
  /// @param message in the user's words, with the series and the limit
  record Refusal(int index, Reason reason, String message) {}

  /// Why a sample was refused.
  enum Reason {
    OUT_OF_ORDER,
    DUPLICATE_TIMESTAMP,
    TOO_OLD,
    TOO_FAR_IN_FUTURE,
    BAD_LABELS,
    TOO_MANY_SERIES
  }
}
