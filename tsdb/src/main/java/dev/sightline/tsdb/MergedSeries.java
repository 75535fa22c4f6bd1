package dev.sightline.tsdb;

import dev.sightline.model.label.Labels;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.SeriesSource.SelectedSeries;
import dev.sightline.tsdb.chunk.JoinedCursor;
import dev.sightline.tsdb.chunk.MergedCursor;
import dev.sightline.tsdb.chunk.SampleCursor;
import dev.sightline.tsdb.chunk.StoredSeries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// One series of a selection, made of what lies in the head and in blocks.
///
/// @param parts at least one
record MergedSeries(Labels labels, List<StoredSeries> parts, long startMs, long endMs)
    implements SelectedSeries {
  MergedSeries {
    parts = List.copyOf(parts);
  }

  @Override
  public void read(SampleColumns into) {
    SampleCursor cursor = cursor();
    while (cursor.next()) {
      long timestampMs = cursor.timestampMs();
      if (timestampMs > endMs) {
        return;
      }
      if (timestampMs >= startMs) {
        into.add(timestampMs, cursor.value());
      }
    }
  }

  private SampleCursor cursor() {
    if (parts.size() == 1) {
      return parts.getFirst().cursor(startMs, endMs);
    }
    List<StoredSeries> sorted = new ArrayList<>(parts);
    sorted.sort(Comparator.comparingLong(StoredSeries::minMs));
    List<SampleCursor> groups = new ArrayList<>();
    List<SampleCursor> group = new ArrayList<>();
    long groupMaxMs = Long.MIN_VALUE;
    for (StoredSeries part : sorted) {
      if (!group.isEmpty() && part.minMs() > groupMaxMs) {
        groups.add(merged(group));
        group = new ArrayList<>();
      }
      group.add(part.cursor(startMs, endMs));
      groupMaxMs = Math.max(groupMaxMs, part.maxMs());
    }
    groups.add(merged(group));
    return new JoinedCursor(groups.iterator());
  }

  private static SampleCursor merged(List<SampleCursor> overlapping) {
    return overlapping.size() == 1 ? overlapping.getFirst() : new MergedCursor(overlapping);
  }
}
