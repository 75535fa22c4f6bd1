package dev.sightline.predictions;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.predictions.part.Part;
import dev.sightline.predictions.part.StoredRow;
import dev.sightline.predictions.record.TruthHistory;
import dev.sightline.predictions.shelf.Shelf;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the files say of one prediction, read before the store's lock is taken.
///
/// @param row null where it did not have to be read
/// @param truth that lies beside it, if any
/// @param timeMs when it was made, or one stored close to it, Unix milliseconds
record Shelved(@Nullable StoredRow row, @Nullable GroundTruth truth, long timeMs) {
  /// Of those ids that are on a shelf, their rows.
  static Map<RowKey, Shelved> rows(View view, Collection<RowKey> keys) {
    Map<RowKey, Shelved> found = new HashMap<>();
    for (RowKey key : keys) {
      if (view.inMemory(key) == null) {
        StoredRow row = view.shelf().find(key.model(), key.id());
        if (row != null) {
          found.put(key, of(row));
        }
      }
    }
    return found;
  }

  /// Of those ids that are on a shelf, their truths; rows without one are not read.
  static Map<RowKey, Shelved> truths(View view, Collection<RowKey> keys) {
    Map<RowKey, Shelved> found = new HashMap<>();
    for (RowKey key : keys) {
      if (view.inMemory(key) == null) {
        Shelved one = truth(view.shelf(), key);
        if (one != null) {
          found.put(key, one);
        }
      }
    }
    return found;
  }

  private static @Nullable Shelved truth(Shelf shelf, RowKey key) {
    Part.Known known = shelf.known(key.model(), key.id());
    if (known == null || !known.labelled()) {
      return known == null ? null : new Shelved(null, null, known.timeMs());
    }
    StoredRow row = shelf.find(key.model(), key.id());
    return row == null ? null : of(row);
  }

  private static Shelved of(StoredRow row) {
    TruthHistory truths = row.truths();
    return new Shelved(row, truths == null ? null : truths.newest(), row.place().timeMs());
  }
}
