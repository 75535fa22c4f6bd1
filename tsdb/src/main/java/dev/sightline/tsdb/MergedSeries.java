package dev.sightline.tsdb;

import dev.sightline.model.label.Labels;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.SeriesSource.SelectedSeries;
import dev.sightline.tsdb.chunk.SampleCursor;
import dev.sightline.tsdb.chunk.SeriesParts;
import dev.sightline.tsdb.chunk.StoredSeries;
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
    SampleCursor cursor = SeriesParts.cursor(parts, startMs, endMs);
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
}
