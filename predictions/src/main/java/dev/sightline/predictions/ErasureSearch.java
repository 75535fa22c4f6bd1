package dev.sightline.predictions;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.PredictionDeletions.Selection;
import dev.sightline.predictions.erase.IdHashes;
import dev.sightline.predictions.part.IdHash;
import dev.sightline.predictions.part.StoredRow;
import dev.sightline.predictions.record.DatumText;
import dev.sightline.predictions.record.FieldReader;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.storage.codec.ByteSource;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Finds the predictions that are to be deleted: also those past the retention that are on the disk
/// still.
///
/// @param view as it was when the search began
record ErasureSearch(View view, String model) {
  /// How many may be deleted at a time.
  private static final int MAX_AT_ONCE = 1_000_000;

  /// @throws IllegalArgumentException if there are too many
  IdHashes find(Selection selection) {
    return switch (selection) {
      case Selection.OfSubject(String field, String value) -> {
        FieldTest test = new FieldTest(field, value);
        yield walk(Long.MIN_VALUE, Long.MAX_VALUE, row -> test.of(row.record()));
      }
      case Selection.OfIds ids ->
          IdHashes.of(
              ids.ids().stream()
                  .filter(id -> view.isThere(new RowKey(model, id)))
                  .mapToLong(IdHash::of));
      case Selection.OfRange range ->
          walk(range.startMs(), range.endMs(), row -> range.filter().test(Listing.labelled(row)));
    };
  }

  private IdHashes walk(long startMs, long endMs, Predicate<StoredRow> wanted) {
    LongStream.Builder hashes = LongStream.builder();
    long count = 0;
    for (Iterator<StoredRow> rows : new Listing(view, model).sources(startMs, endMs, false)) {
      while (rows.hasNext()) {
        StoredRow row = rows.next();
        if (wanted.test(row)) {
          hashes.add(IdHash.of(row.id()));
          if (++count > MAX_AT_ONCE) {
            throw new IllegalArgumentException(
                "more than " + MAX_AT_ONCE + " predictions at once; delete them in parts");
          }
        }
      }
    }
    return IdHashes.of(hashes.build());
  }

  /// Whether a feature or tag of a row has a value. With dots it may be a field in fields.
  private static final class FieldTest implements FieldReader.Visitor {
    private final String value;
    private final List<String> path;
    private final FieldReader reader;
    private boolean found;

    FieldTest(String field, String value) {
      this.value = value;
      this.path = List.of(field.split("\\.", -1));
      this.reader = new FieldReader(List.of(field, path.getFirst()), List.of(), List.of(field));
    }

    boolean of(byte[] record) {
      found = false;
      reader.read(record, this);
      return found;
    }

    @Override
    public void feature(int index, ByteSource datum) {
      Datum whole = RecordCodec.decodeDatum(datum);
      @Nullable Datum meant = index == 0 ? whole : below(whole);
      found |= meant != null && value.equals(DatumText.of(meant));
    }

    private @Nullable Datum below(Datum whole) {
      Datum at = whole;
      for (String name : path.subList(1, path.size())) {
        Datum next = at instanceof Datum.Fields(var fields) ? fields.get(name) : null;
        if (next == null) {
          return null;
        }
        at = next;
      }
      return at;
    }

    @Override
    public void tag(int index, ByteSource text) {
      found |= value.equals(text.text());
    }
  }
}
