package dev.sightline.api.models;

import dev.sightline.api.json.JsonWriter;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.store.StoreUnavailableException;
import java.util.List;

/// Takes the rows of one call to where they are kept, batch by batch, and counts what became of
/// them.
interface Intake<T> {
  /// @throws JsonFields.RowException if it is none, in the user's words
  T read(Datum row);

  /// @param indexes of the rows among all that were sent
  /// @param refusals gets what is not taken
  /// @throws StoreUnavailableException if nothing can be kept now
  void take(List<T> rows, List<Integer> indexes, Refusals refusals);

  /// Writes the counts as fields of an answer.
  ///
  /// @param sent how many rows there were
  /// @param refused how many of them were not taken
  void writeTo(JsonWriter json, int sent, int refused);
}
