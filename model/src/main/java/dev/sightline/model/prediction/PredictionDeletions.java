package dev.sightline.model.prediction;

import dev.sightline.model.prediction.PredictionSource.Labelled;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Deletes predictions for good, with all truths about them: those of a person who asked for it, or
/// others that somebody chose.
///
/// Safe for any number of threads.
public interface PredictionDeletions {
  /// Returns when no read that begins later shows them, and no crash brings them back. They are
  /// gone from the disk later: see [Deletion#goneMs]. Said again, it changes nothing.
  ///
  /// @param by who asked, for those who look later
  /// @throws IllegalArgumentException if what is chosen cannot be told from other predictions, in
  ///   the user's words
  /// @throws dev.sightline.model.store.StoreUnavailableException if nothing can be kept now
  Deletion delete(String model, Selection selection, String by);

  /// Those of one model, newest first.
  List<Deletion> deletions(String model);

  /// What is to be deleted.
  sealed interface Selection {
    /// All predictions with the value in a field, and the truths by key that wait with it.
    ///
    /// @param field name of a feature or tag
    /// @param value as text
    record OfSubject(String field, String value) implements Selection {}

    record OfIds(Set<String> ids) implements Selection {
      public OfIds {
        ids = Set.copyOf(ids);
      }
    }

    /// @param startMs included
    /// @param endMs excluded
    /// @param text of the filter
    record OfRange(long startMs, long endMs, String text, Predicate<Labelled> filter)
        implements Selection {}
  }

  /// One deletion, without the clear text of what was asked for.
  ///
  /// @param kind `subject`, `ids` or `range`
  /// @param field of the subject; empty for the other kinds
  /// @param fingerprint a keyed hash of what was asked for: the same for the same
  /// @param by who asked
  /// @param truthsByKey how many that waited are deleted
  /// @param goneMs since when nothing of them is on the disk, Unix milliseconds; null as long as
  ///   they are only hidden
  /// @param problem why they are not gone yet, though it was tried; empty where it was not
  record Deletion(
      long number,
      String model,
      String kind,
      String field,
      String fingerprint,
      String by,
      long requestedMs,
      long predictions,
      long truthsByKey,
      @Nullable Long goneMs,
      String problem) {}
}
