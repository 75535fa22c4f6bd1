package dev.sightline.model.log;

import dev.sightline.model.store.StoreUnavailableException;
import java.util.List;

/// Writes log lines: the port through which pushes, tails and this process's own lines reach the
/// store of logs.
///
/// Safe for any number of threads.
public interface LogSink {
  /// Stores what can be stored of a batch. A line that cannot be stored is refused on its own and
  /// harms no other. Times may come in any order; equal times keep the order of arrival.
  ///
  /// Returns once what was stored would survive a power cut and is in every later answer.
  ///
  /// @throws StoreUnavailableException if nothing of the batch can be kept now
  Outcome append(LogBatch batch);

  /// @param stored how many lines of the batch are in the store now, exact repetitions included
  /// @param refused the others, at most [#MAX_REFUSALS] of them
  /// @param refusedCount how many were refused in all
  record Outcome(int stored, List<Refusal> refused, int refusedCount) {
    /// How many refusals an outcome spells out.
    public static final int MAX_REFUSALS = 100;

    public Outcome {
      refused = List.copyOf(refused);
    }
  }

  /// @param index of the line in its batch
  /// @param message in the user's words, with the stream and the limit
  record Refusal(int index, String message) {}
}
