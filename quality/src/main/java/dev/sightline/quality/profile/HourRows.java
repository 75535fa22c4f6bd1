package dev.sightline.quality.profile;

import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.Page;
import dev.sightline.model.prediction.PredictionSource.Query;
import dev.sightline.quality.rows.SegmentBy;
import dev.sightline.stats.sketch.NumberSketch;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Makes the profile of an hour of the rows that are stored.
///
/// @param segments as configured now, by model
record HourRows(PredictionSource source, Supplier<Map<String, List<SegmentBy>>> segments) {
  private static final int PAGE = 1_000;

  List<SegmentBy> segments(String model) {
    return segments.get().getOrDefault(model, List.of());
  }

  Profile profile(HourKey hour) {
    Profile profile = new Profile(NumberSketch.HOUR);
    List<SegmentBy> by = segments(hour.model());
    String cursor = null;
    do {
      Page page =
          source.list(
              new Query(hour.model(), hour.startMs(), hour.endMs(), null, false, PAGE, cursor));
      for (Labelled row : page.predictions()) {
        profile.add(row.prediction(), RowSegments.of(row.prediction(), by));
      }
      cursor = page.cursor();
    } while (cursor != null);
    return profile;
  }
}
