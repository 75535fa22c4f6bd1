package dev.sightline.predictions;

import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.Page;
import dev.sightline.model.prediction.PredictionSource.Query;
import dev.sightline.predictions.head.Heads;
import dev.sightline.predictions.head.ModelHead;
import dev.sightline.predictions.part.MergedRows;
import dev.sightline.predictions.part.Part;
import dev.sightline.predictions.part.PartWalk;
import dev.sightline.predictions.part.Place;
import dev.sightline.predictions.part.StoredRow;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.predictions.record.TruthHistory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Goes through the predictions of one model in order of time, wherever they lie.
final class Listing {
  private final View view;
  private final String model;

  Listing(View view, String model) {
    this.view = view;
    this.model = model;
  }

  /// @param oldestMs what is older is not shown, though it may not be deleted yet
  Page page(Query query, long oldestMs) {
    if (query.order() != PredictionSource.Order.TIME) {
      return new RankedPage(query).of(rows(query.startMs(), query.endMs(), oldestMs));
    }
    Place after = query.cursor() == null ? null : Cursor.parse(query.cursor());
    long startMs = Math.max(query.startMs(), oldestMs);
    long endMs = query.endMs();
    if (after != null && query.falling()) {
      endMs = Math.min(endMs, after.timeMs() + 1);
    } else if (after != null) {
      startMs = Math.max(startMs, after.timeMs());
    }
    Iterator<StoredRow> rows = rows(startMs, endMs, query.falling());
    List<Labelled> page = new ArrayList<>();
    Place last = null;
    int looked = 0;
    while (rows.hasNext()) {
      StoredRow row = rows.next();
      if (isBehind(row.place(), after, query.falling()) || !isOf(row, query.version())) {
        continue;
      }
      if ((page.size() == query.limit() || looked == query.mostLooked()) && last != null) {
        return new Page(page, Cursor.text(last), looked, last.timeMs());
      }
      Labelled labelled = labelled(row);
      if (query.filter().test(labelled)) {
        page.add(labelled);
      }
      looked++;
      last = row.place();
    }
    return new Page(page, null, looked, last == null ? null : (Long) last.timeMs());
  }

  private Iterator<StoredRow> rows(long startMs, long endMs, long oldestMs) {
    return rows(Math.max(startMs, oldestMs), endMs, false);
  }

  /// The rows with all their truths.
  ///
  /// @param startMs included
  /// @param endMs excluded
  Iterator<StoredRow> rows(long startMs, long endMs, boolean newestFirst) {
    return new MergedRows(sources(startMs, endMs, newestFirst), newestFirst);
  }

  /// The rows of each layer and part with all their truths, each in order.
  ///
  /// @param startMs included
  /// @param endMs excluded
  List<Iterator<StoredRow>> sources(long startMs, long endMs, boolean newestFirst) {
    if (startMs >= endMs) {
      return List.of();
    }
    List<Iterator<StoredRow>> sources = inMemory(startMs, endMs, newestFirst);
    for (Part part : parts(startMs, endMs)) {
      sources.add(rows(part, startMs, endMs, newestFirst));
    }
    return sources;
  }

  /// The rows of layers that are in memory, as [#sources].
  List<Iterator<StoredRow>> inMemory(long startMs, long endMs, boolean newestFirst) {
    List<Iterator<StoredRow>> sources = new ArrayList<>();
    addRows(view.active(), startMs, endMs, newestFirst, row -> row, sources);
    addRows(view.frozen(), startMs, endMs, newestFirst, this::withYounger, sources);
    return sources;
  }

  /// Those that may have a row in the range.
  List<Part> parts(long startMs, long endMs) {
    return view.shelf().parts(model).stream()
        .filter(part -> part.facts().newestMs() >= startMs && part.facts().oldestMs() < endMs)
        .toList();
  }

  /// The rows of a part with all their truths, in order.
  Iterator<StoredRow> rows(Part part, long startMs, long endMs, boolean newestFirst) {
    Iterator<StoredRow> rows =
        view.erased().shown(model, new PartWalk(part, startMs, endMs, newestFirst));
    return view.hasLoose(model) ? new Mapped(rows, this::withLoose) : rows;
  }

  /// A row of a part with the truths that lie loose.
  StoredRow withLoose(StoredRow row) {
    return view.withLoose(row, new RowKey(model, row.id()));
  }

  private void addRows(
      @Nullable Heads heads,
      long startMs,
      long endMs,
      boolean newestFirst,
      UnaryOperator<StoredRow> change,
      List<Iterator<StoredRow>> into) {
    ModelHead head = heads == null ? null : heads.find(model);
    if (head != null) {
      into.add(
          new Mapped(view.erased().shown(model, head.rows(startMs, endMs, newestFirst)), change));
    }
  }

  private StoredRow withYounger(StoredRow row) {
    ModelHead young = view.active().find(model);
    var loose = young == null ? null : young.loose(row.id());
    return row.with(loose == null ? null : loose.history());
  }

  private static boolean isBehind(Place place, @Nullable Place after, boolean newestFirst) {
    if (after == null) {
      return false;
    }
    return newestFirst ? place.compareTo(after) >= 0 : place.compareTo(after) <= 0;
  }

  static boolean isOf(StoredRow row, @Nullable String version) {
    return version == null || RecordCodec.key(row.record()).version().equals(version);
  }

  static Labelled labelled(StoredRow row) {
    TruthHistory truths = row.truths();
    return new Labelled(
        RecordCodec.decodePrediction(row.record()), truths == null ? null : truths.newest());
  }

  private record Mapped(Iterator<StoredRow> rows, UnaryOperator<StoredRow> change)
      implements Iterator<StoredRow> {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public StoredRow next() {
      return change.apply(rows.next());
    }
  }
}
