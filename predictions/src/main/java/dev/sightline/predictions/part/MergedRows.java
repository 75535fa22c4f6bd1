package dev.sightline.predictions.part;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/// The rows of several sources in one order; each source is in that order already.
public final class MergedRows implements Iterator<StoredRow> {
  private final PriorityQueue<Source> sources;

  private static final class Source {
    private StoredRow row;
    private final Iterator<StoredRow> rest;

    Source(Iterator<StoredRow> rows) {
      this.row = rows.next();
      this.rest = rows;
    }
  }

  public MergedRows(List<Iterator<StoredRow>> sources, boolean backwards) {
    Comparator<Source> rising = Comparator.comparing(source -> source.row.place());
    this.sources = new PriorityQueue<>(backwards ? rising.reversed() : rising);
    for (Iterator<StoredRow> source : sources) {
      if (source.hasNext()) {
        this.sources.add(new Source(source));
      }
    }
  }

  @Override
  public boolean hasNext() {
    return !sources.isEmpty();
  }

  @Override
  public StoredRow next() {
    Source least = sources.poll();
    if (least == null) {
      throw new NoSuchElementException();
    }
    StoredRow row = least.row;
    if (least.rest.hasNext()) {
      least.row = least.rest.next();
      sources.add(least);
    }
    return row;
  }
}
