package dev.sightline.predictions.head;

import dev.sightline.predictions.record.TruthHistory;

/// Truths that do not lie beside their prediction: it has not arrived, or is older than this layer
/// of the store.
public record Loose(TruthHistory history, Kind kind) {
  /// What a loose truth adds to what lies in older layers.
  public enum Kind {
    /// The prediction has not arrived.
    WAITING,
    /// Nor has it, and an older layer has a truth that waits for it too.
    WAITING_ON,
    /// The prediction is in an older layer, without a truth.
    FIRST,
    /// The prediction is in an older layer, and so is a truth.
    MORE;

    public boolean waits() {
      return this == WAITING || this == WAITING_ON;
    }
  }

  /// This and what a younger layer adds.
  public Loose then(Loose younger) {
    return new Loose(history.then(younger.history), kind);
  }
}
