package dev.sightline.tsdb.chunk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// One series that lies in several places, head and blocks, read as one.
public final class SeriesParts {
  private SeriesParts() {}

  /// The samples of all parts in order of time; of those at one time, one is shown. Only parts that
  /// overlap are merged.
  ///
  /// @param parts at least one
  public static SampleCursor cursor(List<StoredSeries> parts, long startMs, long endMs) {
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
