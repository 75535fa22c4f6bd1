package dev.sightline.predictions;

import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.Page;
import dev.sightline.model.prediction.PredictionSource.Query;
import dev.sightline.model.query.QueryException;
import dev.sightline.predictions.part.Place;
import dev.sightline.predictions.part.StoredRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// One page of rows by a number of theirs: all rows of the range are looked at, and as many as the
/// page has are kept.
///
/// Used by one thread.
final class RankedPage {
  private final Query query;
  private final Comparator<Ranked> order;
  private int looked;
  private @Nullable Long lastMs;

  /// A place among rows by a number, equal ones by time and arrival.
  record Rank(double value, Place place) implements Comparable<Rank> {
    @Override
    public int compareTo(Rank other) {
      int byValue = Double.compare(value, other.value);
      return byValue != 0 ? byValue : place.compareTo(other.place);
    }
  }

  private record Ranked(Rank rank, Labelled row) {}

  RankedPage(Query query) {
    this.query = query;
    Comparator<Ranked> rising = Comparator.comparing(Ranked::rank);
    this.order = query.falling() ? rising.reversed() : rising;
  }

  /// @throws QueryException.LimitExceeded if there are more rows than may be looked at
  Page of(Iterator<StoredRow> rows) {
    Rank after = query.cursor() == null ? null : Cursor.parseRank(query.cursor());
    PriorityQueue<Ranked> kept = new PriorityQueue<>(order.reversed());
    boolean more = false;
    while (rows.hasNext()) {
      Ranked ranked = ranked(rows.next(), after);
      if (ranked != null) {
        kept.add(ranked);
        if (kept.size() > query.limit()) {
          kept.poll();
          more = true;
        }
      }
    }
    List<Ranked> page = new ArrayList<>(kept);
    page.sort(order);
    String cursor = more ? Cursor.text(page.getLast().rank()) : null;
    return new Page(page.stream().map(Ranked::row).toList(), cursor, looked, lastMs);
  }

  /// @return null where the row is not on this page or a later one
  private @Nullable Ranked ranked(StoredRow row, @Nullable Rank after) {
    if (!Listing.isOf(row, query.version())) {
      return null;
    }
    if (++looked > query.mostLooked()) {
      throw new QueryException.LimitExceeded(
          "more than "
              + query.mostLooked()
              + " predictions would be looked at to order them; ask for a shorter range");
    }
    lastMs = row.place().timeMs();
    Labelled labelled = Listing.labelled(row);
    Double value = value(labelled.prediction());
    if (value == null) {
      return null;
    }
    Rank rank = new Rank(value, row.place());
    if (after != null
        && (query.falling() ? rank.compareTo(after) >= 0 : rank.compareTo(after) <= 0)) {
      return null;
    }
    return query.filter().test(labelled) ? new Ranked(rank, labelled) : null;
  }

  private @Nullable Double value(Prediction prediction) {
    return switch (query.order()) {
      case CONFIDENCE -> prediction.confidence();
      case LATENCY -> prediction.latencyMs();
      case TIME -> (Double) (double) prediction.timeMs();
    };
  }
}
