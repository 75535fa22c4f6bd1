package dev.sightline.predictions;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.predictions.erase.Erased;
import dev.sightline.predictions.head.Heads;
import dev.sightline.predictions.head.Loose;
import dev.sightline.predictions.head.Loose.Kind;
import dev.sightline.predictions.head.ModelHead;
import dev.sightline.predictions.head.Row;
import dev.sightline.predictions.part.StoredRow;
import dev.sightline.predictions.record.TruthHistory;
import dev.sightline.predictions.shelf.Shelf;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// The layers of the store at one moment, youngest first: each prediction lies in one of them, and
/// its truths beside it or loose in a younger one.
///
/// @param active what is written into
/// @param frozen what is on its way into files, if anything is
/// @param erased what was deleted, and may still lie in the layers
record View(Heads active, @Nullable Heads frozen, Shelf shelf, Erased erased) {
  boolean knows(String model) {
    Heads older = frozen;
    return active.find(model) != null
        || older != null && older.find(model) != null
        || shelf.knows(model);
  }

  /// All that have a prediction or a truth.
  SortedSet<String> models() {
    SortedSet<String> models = shelf.models();
    models.addAll(active.models());
    if (frozen != null) {
      models.addAll(frozen.models());
    }
    return models;
  }

  @Nullable Row inMemory(RowKey key) {
    Row row = row(active, key);
    return row == null ? row(frozen, key) : row;
  }

  /// Whether there is a prediction that is shown, or a truth that waits for it.
  boolean isThere(RowKey key) {
    return !erased.refuses(key.model(), key.id())
        && (find(key) != null || early(key) != null || loose(active, key) != null);
  }

  /// A prediction with all its truths; null if there is none, or it was deleted.
  @Nullable StoredRow find(RowKey key) {
    if (erased.hides(key.model(), key.id())) {
      return null;
    }
    Row young = row(active, key);
    if (young != null) {
      return young.stored();
    }
    Row old = row(frozen, key);
    if (old != null) {
      return old.stored().with(history(loose(active, key)));
    }
    StoredRow stored = shelf.find(key.model(), key.id());
    return stored == null ? null : withLoose(stored, key);
  }

  /// A row of the shelf with the truths that lie loose.
  StoredRow withLoose(StoredRow row, RowKey key) {
    return row.with(history(shelf.loose(key.model(), key.id())))
        .with(history(loose(frozen, key)))
        .with(history(loose(active, key)));
  }

  /// The truths of older layers for a prediction that arrives now; null if there is none.
  @Nullable TruthHistory early(RowKey key) {
    TruthHistory oldest = history(shelf.loose(key.model(), key.id()));
    TruthHistory old = history(loose(frozen, key));
    return oldest == null || old == null ? (oldest == null ? old : oldest) : oldest.then(old);
  }

  /// What is known of a prediction when a truth for it comes.
  ///
  /// @param truth that holds now
  /// @param arrived whether the prediction is here
  /// @param kind of a truth that comes now, should it lie loose
  /// @param predictedMs when the prediction was made, about; said only where no truth is known yet
  record Standing(
      @Nullable GroundTruth truth, boolean arrived, Kind kind, @Nullable Long predictedMs) {}

  /// @param shelved what the shelf has of the prediction; null if it is in no part
  Standing standing(RowKey key, @Nullable Shelved shelved) {
    Row young = row(active, key);
    if (young != null) {
      return arrived(newest(young.truths()), young.stored().place().timeMs());
    }
    Loose loose = loose(active, key);
    if (loose != null) {
      return new Standing(loose.history().newest(), !loose.kind().waits(), loose.kind(), null);
    }
    Row old = row(frozen, key);
    if (old != null) {
      return arrived(newest(old.truths()), old.stored().place().timeMs());
    }
    Loose older = loose(frozen, key);
    if (older == null) {
      older = shelf.loose(key.model(), key.id());
    }
    if (older != null) {
      return older.kind().waits()
          ? new Standing(older.history().newest(), false, Kind.WAITING_ON, null)
          : arrived(older.history().newest(), null);
    }
    return shelved == null
        ? new Standing(null, false, Kind.WAITING, null)
        : arrived(shelved.truth(), shelved.timeMs());
  }

  private static Standing arrived(@Nullable GroundTruth truth, @Nullable Long predictedMs) {
    return new Standing(truth, true, truth == null ? Kind.FIRST : Kind.MORE, predictedMs);
  }

  /// Whether any truth of a model lies loose.
  boolean hasLoose(String model) {
    return hasLoose(active, model) || hasLoose(frozen, model) || shelf.hasLoose(model);
  }

  private static boolean hasLoose(@Nullable Heads heads, String model) {
    ModelHead head = heads == null ? null : heads.find(model);
    return head != null && !head.loose().isEmpty();
  }

  /// How many truths wait for predictions.
  long waiting() {
    return active.waiting() + (frozen == null ? 0 : frozen.waiting()) + shelf.waiting();
  }

  /// Memory that predictions take.
  long rowBytes() {
    return active.rowBytes() + (frozen == null ? 0 : frozen.rowBytes());
  }

  /// Memory that loose truths take.
  long looseBytes() {
    return active.looseBytes() + (frozen == null ? 0 : frozen.looseBytes()) + shelf.looseBytes();
  }

  /// The part of [#looseBytes] whose predictions have not arrived.
  long waitingBytes() {
    return active.waitingBytes()
        + (frozen == null ? 0 : frozen.waitingBytes())
        + shelf.waitingBytes();
  }

  private static @Nullable Row row(@Nullable Heads heads, RowKey key) {
    ModelHead head = heads == null ? null : heads.find(key.model());
    return head == null ? null : head.row(key.id());
  }

  private static @Nullable Loose loose(@Nullable Heads heads, RowKey key) {
    ModelHead head = heads == null ? null : heads.find(key.model());
    return head == null ? null : head.loose(key.id());
  }

  private static @Nullable TruthHistory history(@Nullable Loose loose) {
    return loose == null ? null : loose.history();
  }

  private static @Nullable GroundTruth newest(@Nullable TruthHistory history) {
    return history == null ? null : history.newest();
  }
}
