package dev.sightline.predictions;

import dev.sightline.model.prediction.Datum;
import dev.sightline.predictions.keyed.KeySearch;
import dev.sightline.predictions.part.StoredRow;
import dev.sightline.predictions.record.DatumText;
import dev.sightline.predictions.record.FieldReader;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows some features of rows as texts, or tags where a row has no such feature. Used by one
/// thread.
final class KeyWalk implements FieldReader.Visitor {
  private final FieldReader reader;
  private final List<@Nullable String> values = new ArrayList<>();

  KeyWalk(List<String> names) {
    this.reader = new FieldReader(names, List.of(), names);
    names.forEach(_ -> values.add(null));
  }

  /// @return whether to go on
  boolean visit(StoredRow row, KeySearch.Visitor visitor) {
    values.replaceAll(_ -> null);
    reader.read(row.record(), this);
    return visitor.row(() -> RecordCodec.key(row.record()).id(), row.place().timeMs(), values);
  }

  @Override
  public void feature(int index, ByteSource datum) {
    Datum value = RecordCodec.decodeDatum(datum);
    values.set(index, DatumText.of(value));
  }

  /// Comes behind all features.
  @Override
  public void tag(int index, ByteSource text) {
    if (values.get(index) == null) {
      values.set(index, text.text());
    }
  }
}
