package dev.sightline.quality.performance;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.query.QueryException;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.quality.rows.SegmentBy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Counts the rows of configured segments in the walk that counts the whole.
///
/// Segments that are too many to count are dropped, and the whole is counted all the same.
final class SegmentPasses implements RowScan.Visitor {
  /// Of one model; those with the most predictions have series.
  static final int MOST_SEGMENTS = 50;

  private final RowScan.Visitor whole;
  private final List<Part> parts = new ArrayList<>();
  private @Nullable String trouble;

  private record Part(VersionSegments segments, GroupPass pass) {}

  /// One segment, of all versions.
  private record Segment(Part part, List<String> values) {}

  /// @param pass makes the pass of a grouping, given how many groups share room for rows
  SegmentPasses(
      RowScan scan,
      VersionGrouping versions,
      List<SegmentBy> by,
      GroupPass whole,
      BiFunction<Grouping, Integer, GroupPass> pass) {
    this.whole = whole;
    for (SegmentBy each : by) {
      VersionSegments segments = new VersionSegments(scan, versions, each);
      parts.add(new Part(segments, pass.apply(segments, by.size() * VersionSegments.MOST)));
    }
  }

  @Override
  public void begin(Batch batch) {
    whole.begin(batch);
    try {
      parts.forEach(part -> part.pass().begin(batch));
    } catch (QueryException.LimitExceeded tooMany) {
      parts.clear();
      trouble = "none of the segments has series: " + tooMany.getMessage();
    }
  }

  @Override
  public void row(int window, int row) {
    whole.row(window, row);
    for (Part part : parts) {
      part.pass().row(window, row);
    }
  }

  /// Of the most frequent segments, each by version.
  ///
  /// @param writer of series for a version and the text of a segment
  List<Score> scores(BiFunction<Integer, String, ScoreLabels> writer) {
    Set<Segment> kept = mostFrequent();
    List<Score> scores = new ArrayList<>();
    for (Part part : parts) {
      List<VersionSegments.Key> keys = part.segments().keys();
      for (int group = 0; group < keys.size(); group++) {
        List<String> values = keys.get(group).values();
        if (kept.contains(new Segment(part, values))) {
          String text = part.segments().text(values);
          scores.addAll(part.pass().scores(group, writer.apply(keys.get(group).version(), text)));
        }
      }
    }
    return scores;
  }

  private Set<Segment> mostFrequent() {
    Map<Segment, Long> predictions = new HashMap<>();
    for (Part part : parts) {
      List<VersionSegments.Key> keys = part.segments().keys();
      for (int group = 0; group < keys.size(); group++) {
        predictions.merge(
            new Segment(part, keys.get(group).values()), part.pass().predictions(group), Long::sum);
      }
    }
    boolean full = parts.stream().anyMatch(part -> part.segments().isFull());
    if (full || predictions.size() > MOST_SEGMENTS) {
      trouble =
          (full ? "more than " + VersionSegments.MOST : Integer.toString(predictions.size()))
              + " segments: only the "
              + MOST_SEGMENTS
              + " most frequent have series";
    }
    // Ties by name, so that the same ones are chosen each time.
    return predictions.entrySet().stream()
        .sorted(
            Map.Entry.<Segment, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(entry -> text(entry.getKey())))
        .limit(MOST_SEGMENTS)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static String text(Segment segment) {
    return segment.part().segments().text(segment.values());
  }

  /// What a reader of the log should know, once [#scores] was asked; null where there is nothing.
  @Nullable String trouble() {
    return trouble;
  }
}
