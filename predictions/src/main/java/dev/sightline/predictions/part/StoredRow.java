package dev.sightline.predictions.part;

import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.predictions.record.TruthHistory;
import org.jspecify.annotations.Nullable;

/// One prediction as it stands in a row file, or is about to.
///
/// @param record as in the log; nobody changes it
/// @param truths null as long as there is none
@SuppressWarnings("ArrayRecordComponent") // never compared: it is a row on its way
public record StoredRow(Place place, byte[] record, @Nullable TruthHistory truths) {
  public String id() {
    return RecordCodec.key(record).id();
  }

  /// This row with what was said later.
  public StoredRow with(@Nullable TruthHistory later) {
    if (later == null) {
      return this;
    }
    return new StoredRow(place, record, truths == null ? later : truths.then(later));
  }
}
