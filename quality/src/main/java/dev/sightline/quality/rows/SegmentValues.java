package dev.sightline.quality.rows;

import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.quality.rows.Condition.Is;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which segments the rows of a selection are in, by the words of some features or tags.
public final class SegmentValues implements RowScan.Visitor {
  /// More combinations are names of rows rather than segments.
  private static final int MOST = 2_000;

  private final SegmentBy by;
  private final List<NamedWords> words = new ArrayList<>();
  private final Map<List<String>, Long> rows = new HashMap<>();

  private SegmentValues(SegmentBy by, RowScan scan) {
    this.by = by;
    by.names().forEach(name -> words.add(new NamedWords(scan, name)));
  }

  /// A segment with its conditions.
  ///
  /// @param text as users ask for it
  public record One(List<Condition> conditions, String text, long n) {
    public One {
      conditions = List.copyOf(conditions);
    }
  }

  /// The most frequent ones.
  public static List<One> of(
      PredictionColumns columns, Selection selection, SegmentBy by, int limit, Deadline deadline) {
    RowScan scan = new RowScan(selection, deadline);
    SegmentValues values = new SegmentValues(by, scan);
    scan.run(columns, values);
    return values.rows.entrySet().stream()
        .filter(entry -> !entry.getKey().contains(NamedWords.OTHER))
        .sorted(
            Map.Entry.<List<String>, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(entry -> String.join("\0", entry.getKey())))
        .limit(limit)
        .map(entry -> values.one(entry.getKey(), entry.getValue()))
        .toList();
  }

  private One one(List<String> key, long n) {
    List<Condition> conditions = new ArrayList<>();
    for (int each = 0; each < by.names().size(); each++) {
      conditions.add(new Is(by.names().get(each), key.get(each)));
    }
    return new One(conditions, by.text(key), n);
  }

  @Override
  public void begin(Batch batch) {
    words.forEach(word -> word.begin(batch));
  }

  @Override
  public void row(int window, int row) {
    List<String> key = words.stream().map(word -> word.at(row)).toList();
    if (rows.size() < MOST || rows.containsKey(key)) {
      rows.merge(key, 1L, Long::sum);
    }
  }
}
