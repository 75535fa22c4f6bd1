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
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
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
  Found find(Selection selection) {
    return switch (selection) {
      case Selection.OfSubject(String field, String value) -> {
        FieldTest test = new FieldTest(field, value);
        yield walk(Long.MIN_VALUE, Long.MAX_VALUE, row -> test.of(row.record()));
      }
      case Selection.OfIds ids -> byId(ids.ids());
      case Selection.OfRange range ->
          walk(range.startMs(), range.endMs(), row -> range.filter().test(Listing.labelled(row)));
    };
  }

  /// What is to be deleted.
  ///
  /// @param hoursMs starts of the hours in which predictions of them lie, Unix milliseconds
  record Found(IdHashes ids, SortedSet<Long> hoursMs) {
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private static long hourOf(StoredRow row) {
      return Math.floorDiv(row.place().timeMs(), HOUR_MS) * HOUR_MS;
    }
  }

  private Found byId(Set<String> ids) {
    LongStream.Builder hashes = LongStream.builder();
    SortedSet<Long> hours = new TreeSet<>();
    for (String id : ids) {
      RowKey key = new RowKey(model, id);
      if (view.isThere(key)) {
        hashes.add(IdHash.of(id));
        StoredRow row = view.find(key);
        if (row != null) {
          hours.add(Found.hourOf(row));
        }
      }
    }
    return new Found(IdHashes.of(hashes.build()), hours);
  }

  private Found walk(long startMs, long endMs, Predicate<StoredRow> wanted) {
    LongStream.Builder hashes = LongStream.builder();
    SortedSet<Long> hours = new TreeSet<>();
    long count = 0;
    for (Iterator<StoredRow> rows : new Listing(view, model).sources(startMs, endMs, false)) {
      while (rows.hasNext()) {
        StoredRow row = rows.next();
        if (wanted.test(row)) {
          hashes.add(IdHash.of(row.id()));
          hours.add(Found.hourOf(row));
          if (++count > MAX_AT_ONCE) {
            throw new IllegalArgumentException(
                "more than " + MAX_AT_ONCE + " predictions at once; delete them in parts");
          }
        }
      }
    }
    return new Found(IdHashes.of(hashes.build()), hours);
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
